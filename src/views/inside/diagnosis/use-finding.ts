import { useEffect, useState } from 'react';
import type { Playground } from '../../../state/playground.ts';
import { diagnose, type Finding } from '../../../training/diagnosis.ts';
import { usePlayground } from '../../context.ts';

/** Least time in ms between two looks at the run. */
const REST_MS = 1000;

/** What is worst about the run as it stands, if anything is. */
export function findingNow({ app, lane }: Playground): Finding | undefined {
  const { config, losses, activity, metrics } = lane.getState();
  const diverged = app.getState().status === 'diverged';
  const error = metrics.at(-1)?.value;
  return diagnose({ config, losses: losses.values, activity: activity ?? [], error, diverged })[0];
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
export async function remedyNow({ actions }: Playground, { kind, remedy }: Finding): Promise<void> {
  if (remedy.seekTo !== undefined) await actions.seek(remedy.seekTo);
  await actions.set(remedy.pins);
  if (kind === 'diverged') await actions.play();
}
