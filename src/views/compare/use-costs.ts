import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LaneCost } from '../../worker/lane-cost.ts';
import { useApp, usePlayground } from '../context.ts';
import type { ShownLane } from './lane-names.ts';
import { type ComparedCost, inPassesOf } from './passes.ts';

export type Costs = ReadonlyMap<string, ComparedCost>;

/** What a step of each lane costs: counted when the lanes or their settings change and whenever training rests. */
export function useCosts(lanes: readonly ShownLane[]): Costs {
  const { actions } = usePlayground();
  const [counted, setCounted] = useState<ReadonlyMap<string, LaneCost>>(new Map());
  const { status, config } = useApp((state) => ({ status: state.status, config: state.config }));
  const resting = status !== 'starting' && status !== 'playing';
  const count = useCallback(
    async (isCurrent: () => boolean) => {
      for (const { id } of lanes) {
        try {
          const cost = await actions.cost(id);
          if (!isCurrent()) return;
          setCounted((costs) => new Map(costs).set(id, cost));
        } catch {
          // A lane that is being closed or changed is counted at the next occasion.
        }
      }
    },
    [actions, lanes],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another configuration costs otherwise
  useEffect(() => {
    let current = true;
    setCounted((costs) => new Map([...costs].filter(([id]) => lanes.some((lane) => lane.id === id))));
    void count(() => current);
    return () => {
      current = false;
    };
  }, [count, lanes, config, resting]);
  const first = lanes[0]?.id;
  return useMemo(() => inPassesOf(first, counted), [first, counted]);
}
