import { useCallback } from 'react';
import { usePlayground } from '../context.ts';
import { type Change, leftBehind } from './method-change.ts';

/** Changes the method of the run, and says what of the settings that were set goes with it. */
export function useMethodChange(): (change: Change) => Promise<void> {
  const { actions, app } = usePlayground();
  return useCallback(
    async (change) => {
      const { pinned, config } = app.getState();
      await actions.set(change);
      const words = leftBehind(change, pinned, config);
      const { notice } = app.getState();
      if (words && notice?.kind !== 'error')
        actions.notify(notice?.kind ?? 'info', [notice?.text, words].filter(Boolean).join('\n'));
    },
    [actions, app],
  );
}
