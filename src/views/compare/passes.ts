import { operations } from '../../training/operations.ts';
import type { LaneCost } from '../../worker/lane-cost.ts';

export interface ComparedCost extends LaneCost {
  /** Operations of the step in forward passes of the first lane's network, one unit for all lanes; none until that one is counted. */
  readonly passes: number | undefined;
}

/** What has been counted of lanes, in forward passes of the first one. */
export function inPassesOf(
  first: string | undefined,
  counted: ReadonlyMap<string, LaneCost>,
): ReadonlyMap<string, ComparedCost> {
  const unit = first === undefined ? undefined : counted.get(first)?.cost.forward;
  return new Map(
    [...counted].map(([id, lane]) => [
      id,
      { ...lane, passes: unit && operations(lane.cost) / operations(unit) },
    ]),
  );
}
