import type { LaneState } from '../../state/lane-store.ts';
import { comparableFigure } from '../../training/paper.ts';
import type { Metric } from '../../worker/protocol.ts';

/** Relative L2 errors up to which training is counted, beside the paper's figure. */
export const REACHED_ERRORS = [0.1, 0.05] as const;

/** An error to be reached: one of these, or what the paper reports for the lane's method. */
export type ReachTarget = (typeof REACHED_ERRORS)[number] | 'paper';
export const REACH_TARGETS: readonly ReachTarget[] = [...REACHED_ERRORS, 'paper'];

/** The target as a number for one lane; undefined where the paper has no figure that may stand beside it. */
export function errorFor(target: ReachTarget, run: Pick<LaneState, 'log'>): number | undefined {
  return target === 'paper' ? comparableFigure(run.log) : target;
}

/** What a training step costs: forward passes in the unit of all lanes, energy in pJ. */
interface StepPrice {
  readonly passes: number | undefined;
  readonly pJ: number;
}

/** What a lane spent until its error was first measured at or below a target. */
export interface Reach {
  readonly step: number;
  /** Measured time of training until then. */
  readonly ms: number | undefined;
  /** Steps times what a step costs; undefined where that is not known of all of them. */
  readonly passes: number | undefined;
  readonly pJ: number | undefined;
  /** Settings were changed on the way: a step did not cost the same all along. */
  readonly mixed: boolean;
}

type ErrorHistory = Pick<LaneState, 'metrics' | 'log'>;

/** First live error (coarse grid, as the curves have it) at or below `error`. */
export function firstAt(metrics: readonly Metric[], error: number): Metric | undefined {
  return metrics.find(({ grid, value }) => grid === 'coarse' && value <= error);
}

/** What a run spent until `error`; undefined where it has not been measured there. */
export function reachOf(run: ErrorHistory, error: number, price: StepPrice | undefined): Reach | undefined {
  const first = firstAt(run.metrics, error);
  if (!first) return undefined;
  const { step, ms } = first;
  const mixed = run.log.slice(1).some((change) => change.step < step);
  const counted = mixed ? undefined : price;
  return {
    step,
    ms,
    passes: counted?.passes === undefined ? undefined : step * counted.passes,
    pJ: counted && step * counted.pJ,
    mixed,
  };
}

/** Why a lane has no entry, in words that stand beside the dash. */
export function notReached(
  run: Pick<LaneState, 'metrics' | 'step' | 'end' | 'divergedAt'>,
  error: number | undefined,
): string {
  if (error === undefined) return 'the paper has no figure for these settings';
  if (run.divergedAt !== undefined) return 'diverged before';
  const live = run.metrics.filter(({ grid }) => grid === 'coarse');
  const last = live[live.length - 1];
  if (!last || last.step === 0) return 'not trained yet';
  return `not by step ${last.step.toLocaleString('en-US')}`;
}
