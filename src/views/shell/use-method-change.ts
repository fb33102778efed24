import { useCallback } from 'react';
import { inheritedBy } from '../../state/comparison.ts';
import type { Playground } from '../../state/playground.ts';
import type { Config, Pinned } from '../../training/config.ts';
import { usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import type { Change, MethodChoice, SetAside } from './method-change.ts';
import { conflicts } from './method-conflicts.ts';

/** By what a run is written as: the page's store for the main lane, the difference for one beside it. */
const setAside = new WeakMap<object, SetAside>();

interface ChangedLane {
  readonly id: string;
  readonly letter: string;
  readonly config: Config;
}

/** Changes the method of the run or of a lane, and says what of the settings that were set goes with it, or comes back. */
export function useMethodChange(): (choice: MethodChoice, lane?: ChangedLane) => Promise<void> {
  const playground = usePlayground();
  return useCallback((choice, lane) => changeMethod(playground, choice, lane), [playground]);
}

async function changeMethod(
  { actions, app }: Playground,
  choice: MethodChoice,
  lane?: ChangedLane,
): Promise<void> {
  const { pinned, notice: before, config: main } = app.getState();
  const specOf = () => app.getState().comparison.lanes.find(({ id }) => id === lane?.id);
  const spec = specOf();
  const set = async (change: Change) => {
    if (!spec) {
      await actions.set(change);
      return;
    }
    const merged = Object.entries({ ...spec.difference, ...change });
    await actions.changeLane(
      spec.id,
      Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as Pinned,
    );
  };
  const config = (spec && lane?.config) || main;
  const earlier = setAside.get(spec ?? app);
  if (!earlier && conflicts({ ...config, ...choice }).size === 0) return set(choice);
  const { withMethod } = await loadPart(() => import('./method-change.ts'));
  const { change, aside, words } = withMethod(choice, {
    config,
    own: spec?.difference ?? pinned,
    ...(spec && { shared: inheritedBy(pinned, spec.difference) }),
    aside: earlier,
  });
  await set(change);
  const { notice } = app.getState();
  const fresh = notice === before ? undefined : notice;
  // It was refused.
  if (fresh?.kind === 'error') return;
  const changed = spec ? specOf() : app;
  if (changed) setAside.set(changed, aside);
  if (words)
    actions.notify(
      fresh?.kind ?? 'info',
      [fresh?.text, spec ? `Lane ${lane?.letter}: ${words}` : words].filter(Boolean).join('\n'),
    );
}
