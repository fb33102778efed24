import type { ForcingState } from '../../state/forcing.ts';
import type { LaneState } from '../../state/lane-store.ts';

type ProbedLane = Pick<LaneState, 'probe' | 'view'>;

/** The network's answer that is shown: of the forcing asked for last, or of the one before while it is being computed. */
export function answerOf({ probe }: Pick<LaneState, 'probe'>): Float32Array | undefined {
  return probe?.functions?.answer;
}

/** Whether the exact solution and the network's answer are of the same forcing, the one that is shown. */
function belongTogether({ probe, view }: ProbedLane, { exact, g, exactOf }: ForcingState): boolean {
  const answer = probe?.functions?.answer;
  if (!exact || !answer || exact.length !== answer.length || exactOf !== g) return false;
  const [row] = view.probe;
  return row === undefined || (probe.requestedRow?.every((value, i) => value === row[i]) ?? false);
}

const errors = new WeakMap<Float32Array, { readonly exact: Float64Array; readonly values: Float32Array }>();

/** Network minus exact solution at every point; undefined while one of them is of another forcing. */
export function errorOf(lane: ProbedLane, forcing: ForcingState): Float32Array | undefined {
  const answer = answerOf(lane);
  const { exact } = forcing;
  if (!exact || !answer || !belongTogether(lane, forcing)) return undefined;
  let cached = errors.get(answer);
  if (cached?.exact !== exact) {
    cached = { exact, values: answer.map((y, i) => y - exact[i]) };
    errors.set(answer, cached);
  }
  return cached.values;
}

/** Relative L2 error of the function shown, as text; “–” where there is nothing to compare. */
export function relativeErrorOf(lane: ProbedLane, forcing: ForcingState): string {
  const error = errorOf(lane, forcing);
  const { exact } = forcing;
  if (!error || !exact) return '–';
  const size = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
    return Math.sqrt(sum);
  };
  const norm = size(exact);
  if (norm === 0) return size(error) === 0 ? '0 (both are zero)' : '– (the solution is zero)';
  return (size(error) / norm).toPrecision(3);
}
