import { useCallback } from 'react';
import { inheritedBy, MAIN } from '../../state/comparison.ts';
import type { Pinned } from '../../training/config.ts';
import { usePlayground } from '../context.ts';
import { type MethodChoice, type SetAside, withMethod } from './method-change.ts';

/** By what a run is written as: the page's store for the main lane, the difference for one beside it. */
const setAside = new WeakMap<object, SetAside>();

interface ChangedLane {
  readonly id: string;
  readonly letter: string;
}

/** Changes the method of the run or of a lane, and says what of the settings that were set goes with it, or comes back. */
export function useMethodChange(): (choice: MethodChoice, lane?: ChangedLane) => Promise<void> {
  const { actions, app } = usePlayground();
  return useCallback(
    async (choice, lane) => {
      const { pinned, notice: before, lanes, comparison } = app.getState();
      const specOf = () => app.getState().comparison.lanes.find(({ id }) => id === lane?.id);
      const spec = specOf();
      const config = lanes.find((store) => store.getState().id === (spec?.id ?? MAIN))?.getState().config;
      const { change, aside, words } = withMethod(choice, {
        config: spec && config ? config : app.getState().config,
        own: spec?.difference ?? pinned,
        ...(spec && { shared: inheritedBy(pinned, spec.difference) }),
        aside: setAside.get(spec ?? app),
      });
      if (spec) {
        const merged = Object.entries({ ...spec.difference, ...change });
        const difference = Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as Pinned;
        await actions.changeLane(spec.id, difference);
      } else await actions.set(change);
      const { notice, comparison: now } = app.getState();
      // It was refused.
      if (notice?.kind === 'error' && notice !== before) return;
      if (spec && now === comparison) return;
      setAside.set(specOf() ?? app, aside);
      if (!words) return;
      const fresh = notice === before ? undefined : notice;
      const said = spec && lane ? `Lane ${lane.letter}: ${words}` : words;
      actions.notify(fresh?.kind ?? 'info', [fresh?.text, said].filter(Boolean).join('\n'));
    },
    [actions, app],
  );
}
