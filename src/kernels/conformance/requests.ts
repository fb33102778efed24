import { tangentOf } from '../../snn/forward-mode.ts';
import { gradientOf } from '../../snn/gradient.ts';
import { groupsOf, reverseMode, shiftsCurrents } from '../../snn/method.ts';
import type { Engine, GradientReport, GradientRequest } from '../../training/engine.ts';
import { referenceEngine } from '../../training/reference-engine.ts';
import { arrayError, type Check, check, difference, LOSS_ERROR, largest, TOLERANCE } from './check.ts';
import { weakOf } from './margin.ts';

/** `gradient` of the engine against the reference: loss, output, gradient and directional derivatives. */
export async function checkGradient(
  name: string,
  engine: Engine,
  request: GradientRequest,
): Promise<Check[]> {
  const expected = await referenceEngine.gradient(request);
  return compareGradients(name, request, await engine.gradient(request), expected);
}

/** The same against results that are known otherwise. */
export function compareGradients(
  name: string,
  request: GradientRequest,
  actual: GradientReport,
  expected: GradientReport,
): Check[] {
  const checks = [
    check(`${name}: loss`, arrayError([actual.loss], [expected.loss])),
    check(`${name}: output`, arrayError(actual.output, expected.output)),
  ];
  const { network, method, directions } = request;
  // Under node perturbation the difference of two losses is taken before anything is summed up.
  if (method.derivation !== 'differences' || shiftsCurrents(method)) {
    checks.push(check(`${name}: gradient`, arrayError(actual.gradient, expected.gradient)));
    if (shiftsCurrents(method))
      checks.push(check(`${name}: derivatives`, arrayError(actual.derivatives, expected.derivatives)));
    if (method.derivation === 'forward') {
      checks.push(
        check(`${name}: derivatives`, derivativeError(request, actual.derivatives, expected.derivatives)),
      );
    }
    return checks;
  }
  // (L₊ - L₋)/2ε inherits the losses' rounding, twice over 2ε; the estimate carries it on by |δ|/s².
  const rounding = (LOSS_ERROR * Math.max(1, expected.loss)) / method.epsilon;
  const spread = Math.max(
    ...network.layout.layers.map((layer) =>
      Math.max(
        ...directions.map(
          (d) => largest(d.subarray(layer.weights, layer.end)) / method.scales[layer.index] ** 2,
        ),
      ),
    ),
  );
  const allowed = (values: ArrayLike<number>, factor: number) =>
    TOLERANCE * Math.max(1, largest(values)) + factor * rounding;
  checks.push(
    check(
      `${name}: WP differences`,
      difference(actual.derivatives, expected.derivatives),
      allowed(expected.derivatives, 1),
    ),
    check(
      `${name}: WP estimate`,
      difference(actual.gradient, expected.gradient),
      allowed(expected.gradient, spread),
    ),
  );
  return checks;
}

/**
 * Largest error of the directional derivatives relative to Σ_j |g_j d_j|, g by BP and d the part of the
 * group.
 */
function derivativeError(
  request: GradientRequest,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): number {
  const { network, theta, data, method, directions } = request;
  const { layout } = network;
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const { gradient } = gradientOf(network, theta, data, reverseMode(method), [], weakOf(request)?.samples);
  // Rows that are perturbed each in its own way have no common direction: relative to the largest of their sums.
  if (method.perturbation !== 'parameters') return difference(actual, expected) / largest(expected);
  const groups = groupsOf(layout, method);
  let worst = 0;
  directions.forEach((direction, k) => {
    groups.forEach((only, group) => {
      const d = tangentOf(layout, direction, only).direction;
      const size = gradient.reduce((sum, g, j) => sum + Math.abs(g * d[j]), 0);
      const at = k * groups.length + group;
      const error = Math.abs(actual[at] - expected[at]);
      worst = Math.max(
        worst,
        error === 0 ? 0 : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / size,
      );
    });
  });
  return worst;
}

/** `trace` and `outputs` of the engine against the reference. */
export async function checkForward(name: string, engine: Engine, request: GradientRequest): Promise<Check[]> {
  const { network, theta, data } = request;
  const expected = await referenceEngine.outputs(network, theta, data);
  const checks = [
    check(`${name}: outputs`, arrayError(await engine.outputs(network, theta, data), expected)),
  ];
  let spikes = 0;
  let membranes = 0;
  let rates = 0;
  for (let m = 0; m < data.factors.length; m++) {
    const expected = await referenceEngine.trace(network, theta, m, data);
    const actual = await engine.trace(network, theta, m, data);
    expected.spikes.forEach((_, depth) => {
      spikes += spikesApart(actual.spikes[depth] ?? [], expected.spikes[depth]);
      membranes = Math.max(membranes, arrayError(actual.membranes[depth] ?? [], expected.membranes[depth]));
      rates = Math.max(rates, arrayError(actual.rates[depth] ?? [], expected.rates[depth]));
    });
  }
  checks.push(
    check(`${name}: spikes`, spikes, 0),
    check(`${name}: membranes`, membranes),
    check(`${name}: rates`, rates),
  );
  return checks;
}

/** Number of spikes that differ; infinite when lengths do. */
export function spikesApart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let j = 0; j < expected.length; j++) if (actual[j] !== expected[j]) count++;
  return count;
}
