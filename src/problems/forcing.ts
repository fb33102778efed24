import type { FactorData } from '../snn/network.ts';
import type { ForcingConstants, ProblemParams } from './problem.ts';

/** `count` equispaced points on [from, to], both ends included; the middle if there is one only. */
export function equispaced(count: number, from: number, to: number): Float64Array {
  if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`cannot place ${count} points`);
  if (count === 1) return Float64Array.of((from + to) / 2);
  return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/**
 * √(mean of squares); 0 for a function that is zero everywhere. Does not overflow or underflow on the way.
 */
export function rms(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (!(largest > 0)) return largest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] / largest) ** 2;
  return largest * Math.sqrt(sum / values.length);
}

/** Standard deviation about the mean, all values alike. */
export function standardDeviation(values: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) ** 2;
  return Math.sqrt(sum / values.length);
}

/**
 * A forcing as the branch sees it: inputs of one row and the scale by which that row's output is multiplied.
 */
interface EncodedForcing {
  readonly inputs: Float32Array;
  readonly scale: number;
}

/** Number of branch inputs: the sensors, and one for the amplitude where the equation is not linear in g. */
export function branchInputs(
  params: Pick<ProblemParams, 'sensors' | 'perFunctionScale'>,
  amplitudeInput: boolean,
): number {
  return params.sensors + (amplitudeInput && params.perFunctionScale ? 1 : 0);
}

/**
 * Branch row of a forcing given at the equispaced nodes of `constants`:
 *
 *     inputs = g(sensors) / (rms(g) · sensorStd)  [, rms(g) - 1] ,   scale = rms(g) ,
 *
 * or inputs = g(sensors) / sensorStd and scale = 1 without the per-function scale. rms is taken over the
 * nodes; between nodes g is interpolated linearly. g ≡ 0 gives sensor inputs 0 and, with the per-function
 * scale, scale 0. `params` must be those with which the constants were made. Throws RangeError unless g has
 * one finite value per node.
 */
export function encodeForcing(
  g: ArrayLike<number>,
  params: Pick<ProblemParams, 'perFunctionScale'>,
  constants: ForcingConstants,
): EncodedForcing {
  if (g.length !== constants.nodes)
    throw new RangeError(`forcing has ${g.length} values, not ${constants.nodes}`);
  const amplitude = rms(g);
  if (!Number.isFinite(amplitude)) throw new RangeError('forcing has values that are not finite');
  const amplitudeInput = constants.amplitudeInput && params.perFunctionScale;
  const inputs = new Float32Array(constants.sensors.length + (amplitudeInput ? 1 : 0));
  const divisor = (params.perFunctionScale ? amplitude || 1 : 1) * constants.sensorStd;
  const values = atSensors(g, constants);
  for (let i = 0; i < values.length; i++) inputs[i] = values[i] / divisor;
  if (amplitudeInput) inputs[values.length] = amplitude - 1;
  return { inputs, scale: params.perFunctionScale ? amplitude : 1 };
}

/** Values of g at the sensors, by linear interpolation between nodes. */
function atSensors(
  g: ArrayLike<number>,
  constants: Pick<ForcingConstants, 'interval' | 'sensors'>,
): Float64Array {
  const [from, to] = constants.interval;
  const last = g.length - 1;
  return constants.sensors.map((x) => {
    const at = ((x - from) / (to - from)) * last;
    const i = Math.min(Math.floor(at), last - 1);
    return g[i] + (at - i) * (g[i + 1] - g[i]);
  });
}

/**
 * The constants of a set of training functions, each with `nodes` values. A set whose sensor values do not
 * vary gets sensorStd = 1.
 */
export function measureForcings(
  training: readonly Float32Array[],
  params: Pick<ProblemParams, 'sensors' | 'perFunctionScale'>,
  shape: Pick<ForcingConstants, 'interval' | 'nodes' | 'amplitudeInput'>,
): ForcingConstants {
  const sensors = equispaced(params.sensors, ...shape.interval);
  const values: number[] = [];
  for (const g of training) {
    const divisor = params.perFunctionScale ? rms(g) || 1 : 1;
    for (const value of atSensors(g, { interval: shape.interval, sensors })) values.push(value / divisor);
  }
  const { interval, nodes, amplitudeInput } = shape;
  return { interval, nodes, amplitudeInput, sensors, sensorStd: standardDeviation(values) || 1 };
}

/** Branch rows of many forcings. */
export function encodeForcings(
  forcings: readonly Float32Array[],
  params: Pick<ProblemParams, 'sensors' | 'perFunctionScale'>,
  constants: ForcingConstants,
): FactorData {
  const width = branchInputs(params, constants.amplitudeInput);
  const inputs = new Float32Array(forcings.length * width);
  const scale = new Float32Array(forcings.length);
  forcings.forEach((g, i) => {
    const row = encodeForcing(g, params, constants);
    inputs.set(row.inputs, i * width);
    scale[i] = row.scale;
  });
  return { rows: forcings.length, width, inputs, scale };
}
