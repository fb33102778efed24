import type { Config } from '../training/config.ts';
import type { LaneRun } from './lane-run.ts';
import type { ChangeLog, LaneId, Metric } from './protocol.ts';

/** A run and what has been told of it. */
export interface Lane {
  readonly run: LaneRun;
  readonly opening?: number;
  /** Its data are still to be told. */
  newData: boolean;
  /** It stands where it has not come by training since its state was told: that is told next, whatever is evaluated. */
  moved: boolean;
  /** First step whose loss has not been sent. */
  firstUnsent: number;
  metrics: Metric[];
  keepMetricsTo: number;
  /** Changes and configuration that were sent last. */
  lastSent?: { readonly log: ChangeLog; readonly planned: ChangeLog };
  lastConfig?: Config;
  /** It rests while the others train. */
  held: boolean;
  /** What a step costs beside those of other lanes. */
  cost: number;
  /** Step whose loss, gradient or update was not finite, known also while the lane is sought back from it. */
  divergedAt?: number;
}

/** Whether the lane stands where it diverged. */
export const hasDiverged = ({ divergedAt, run }: Lane): boolean => divergedAt === run.state.step;
/** Whether it stays where it is while others train. */
export const rests = (lane: Lane): boolean => lane.held || hasDiverged(lane);

export type Lanes = ReadonlyMap<LaneId, Lane>;

/** The open lane of that name. @throws Error naming those that are open */
export function laneOf(lanes: Lanes, id: LaneId): Lane {
  const lane = lanes.get(id);
  if (!lane) throw new Error(`lane “${id}” is not open; open: ${[...lanes.keys()].join(', ') || 'none'}`);
  return lane;
}

/** Lanes that train; all of them when every one rests. */
export function movingLanes(lanes: Lanes): Lane[] {
  const all = [...lanes.values()];
  const active = all.filter((lane) => !rests(lane));
  return active.length > 0 ? active : all;
}

/** The step that all lanes that train have reached. */
export function stepOf(lanes: Lanes): number {
  return Math.min(...movingLanes(lanes).map((lane) => lane.run.state.step), Number.MAX_SAFE_INTEGER);
}

/** A lane of which nothing has been told yet. */
export function newLane(run: LaneRun, opening?: number): Lane {
  const { step } = run.state;
  return {
    run,
    opening,
    newData: true,
    moved: true,
    firstUnsent: step,
    metrics: [],
    keepMetricsTo: step,
    held: false,
    cost: 1,
  };
}

/** The series shown are cut back to `step`. */
export function rewind(lane: Lane, step: number): void {
  lane.divergedAt = undefined;
  lane.moved = true;
  lane.firstUnsent = Math.min(lane.firstUnsent, step);
  lane.keepMetricsTo = Math.min(lane.keepMetricsTo, step - 1);
  lane.metrics = lane.metrics.filter((metric) => metric.step < step);
}
