import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { lanesMoment } from '../state/lanes-moment.ts';
import { useApp } from '../views/context.ts';

/** Step shown and last step that can be sought, of all lanes together. */
export function useMoment() {
  const lanes = useApp((state) => state.lanes);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = lanes.map((lane) => lane.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [lanes],
  );
  const snapshot = useMemo(() => {
    let last = lanesMoment(lanes.map((lane) => lane.getState()));
    return () => {
      const next = lanesMoment(lanes.map((lane) => lane.getState()));
      if (next.step !== last.step || next.end !== last.end) last = next;
      return last;
    };
  }, [lanes]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}
