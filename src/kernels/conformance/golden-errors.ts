import { tangentOf } from '../../snn/forward-mode.ts';
import { groupsOf, shiftsCurrents } from '../../snn/method.ts';
import type { Engine } from '../../training/engine.ts';
import { arrayError } from './check.ts';
import type { GoldenProblem } from './golden-problem.ts';
import { spikesApart } from './requests.ts';

/** Largest errors of an engine in one golden case; of arrays relative to max(1, ‖expected‖∞). */
export interface GoldenErrors {
  readonly name: string;
  /** Number of spikes that differ. */
  readonly spikes: number;
  readonly membranes: number;
  readonly outputs: number;
  readonly loss: number;
  /** By BP, and the estimates of RFG. */
  readonly gradients: number;
  /** Of the directional derivatives, relative to Σ |g·d|. */
  readonly derivatives: number;
}

/** Columns whose errors a tolerance is for; spikes have to be equal. */
export const ERROR_COLUMNS = ['membranes', 'outputs', 'loss', 'gradients', 'derivatives'] as const;

/** Asks an engine everything that a golden case knows. */
export async function goldenErrors(engine: Engine, problem: GoldenProblem): Promise<GoldenErrors> {
  let spikes = 0;
  const worst = { membranes: 0, outputs: 0, loss: 0, gradients: 0, derivatives: 0 };
  const note = (column: keyof typeof worst, error: number) => {
    worst[column] = Math.max(worst[column], error);
  };
  for (const { request, expected } of problem.gradients) {
    const actual = await engine.gradient(request);
    note('loss', arrayError([actual.loss], [expected.loss]));
    note('outputs', arrayError(actual.output, expected.output));
    // The difference of two losses carries their rounding over ε: held against the loss, as that is.
    const { method } = request;
    const by = method.derivation === 'differences' && !shiftsCurrents(method) ? method.epsilon : 1;
    note('gradients', by * arrayError(actual.gradient, expected.gradient));
    note('derivatives', by * derivativeError(problem, request, actual.derivatives, expected.derivatives));
  }
  const { network, theta, data } = problem.gradients[0].request;
  const outputs = await engine.outputs(network, theta, data);
  note('outputs', arrayError(outputs, problem.gradients[0].expected.output));
  for (let m = 0; m < data.factors.length; m++) {
    const trace = await engine.trace(network, theta, m, data);
    problem.spikes[m].forEach((expected, depth) => {
      spikes += spikesApart(trace.spikes[depth] ?? [], expected);
      note('membranes', arrayError(trace.membranes[depth] ?? [], problem.membranes[m][depth]));
    });
  }
  return { name: problem.name, spikes, ...worst };
}

/** Whether spikes are equal and no error is above the tolerance. */
export function withinTolerance(errors: GoldenErrors, tolerance: number): boolean {
  return errors.spikes === 0 && ERROR_COLUMNS.every((column) => errors[column] <= tolerance);
}

/**
 * The measure of size is Σ |g·d| with the golden gradient g of the same surrogate; where rows are perturbed each in its own way, the
 * largest of their sums.
 */
function derivativeError(
  problem: GoldenProblem,
  { network, method, directions }: GoldenProblem['gradients'][number]['request'],
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  if (method.perturbation !== 'parameters') return arrayError(actual, expected);
  const gradient = problem.gradients.find(({ method: name }) => name === `${method.surrogate.kind}-BP`)
    ?.expected.gradient;
  if (!gradient) throw new Error(`${problem.name}: no gradient by BP to measure derivatives with`);
  const groups = groupsOf(network.layout, method);
  let worst = 0;
  directions.forEach((direction, k) => {
    groups.forEach((only, group) => {
      const d = tangentOf(network.layout, direction, only).direction;
      const at = k * groups.length + group;
      const error = Math.abs(actual[at] - expected[at]);
      const size = d.reduce((sum, value, j) => sum + Math.abs(value * gradient[j]), 0);
      worst = Math.max(
        worst,
        error === 0 ? 0 : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / size,
      );
    });
  });
  return worst;
}
