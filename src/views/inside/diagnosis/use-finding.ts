import { useEffect, useState } from 'react';
import type { Playground } from '../../../state/playground.ts';
import type { Config } from '../../../training/config.ts';
import { diagnose, type Finding, type Remedy } from '../../../training/diagnosis.ts';
import { usePlayground } from '../../context.ts';

/** Least time in ms between two looks at the run. */
const REST_MS = 1000;

/** What is worst about the run as it stands, if anything is. */
export function findingNow({ app, lane }: Playground): Finding | undefined {
  const { config, step, losses, activity = [], sound, metrics } = lane.getState();
  // Of one measure: the first and the last error are compared.
  const past = metrics.filter((metric) => metric.step <= step && metric.grid === 'coarse');
  return diagnose({
    config,
    // Sought back, a run still has the losses that came after.
    losses: losses.values.subarray(0, step),
    activity,
    sound,
    error: past.at(-1)?.value,
    firstError: past[0]?.value,
    diverged: app.getState().status === 'diverged',
  })[0];
}

/** `findingNow`, looked at once a second at most while the run goes on; the same finding stays the same object. */
export function useFinding(): Finding | undefined {
  const playground = usePlayground();
  const [finding, setFinding] = useState<Finding>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      const next = findingNow(playground);
      setFinding((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    const plan = () => {
      timer ??= setTimeout(look, REST_MS);
    };
    plan();
    const stops = [playground.app.subscribe(plan), playground.lane.subscribe(plan)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [playground]);
  return finding;
}

/** Carries a remedy out: back to where the run was sound if it says so, then on under the changed settings. */
export async function remedyNow({ app, actions }: Playground, { pins, seekTo }: Remedy): Promise<void> {
  if (seekTo !== undefined) await actions.seek(seekTo);
  await actions.set(pins);
  const { config } = app.getState();
  const accepted = Object.entries(pins).every(([name, value]) => config[name as keyof Config] === value);
  // What refused it has been told, and stays to be read.
  if (accepted) await actions.play();
}
