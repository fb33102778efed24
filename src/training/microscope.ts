import { gather } from '../snn/batch.ts';
import { drawDirections, type Scope } from '../snn/directions.ts';
import type { Dataset, Layout } from '../snn/network.ts';
import { perturbationOf } from '../snn/row-directions.ts';
import type { Engine, GradientRequest, RunState, Task } from './engine.ts';
import { cosine } from './explain.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';

/** How good gradient estimates are at the weights of a run: cosines with BP's gradient of the same batch. */
export interface MicroscopeReport {
  readonly step: number;
  /** Names of the layers, in θ's order. */
  readonly layers: readonly string[];
  /** Cosine of each draw with BP over all parameters, and by layer: [draw][layer]. */
  readonly cosines: Float64Array;
  readonly layerCosines: Float64Array;
  /** Cosine of the mean of the first 1, 2, 3 … estimates with BP. */
  readonly accumulated: Float64Array;
  /** |g_l| of BP by layer. */
  readonly norms: readonly number[];
  /** Undefined where every row is perturbed in its own way (A, flipout): it would take the gradient of every row. */
  readonly theory: CosineTheory | undefined;
}

/** What theory says of the cosine of one estimate of K averaged ±1 directions. */
export interface CosineTheory {
  /** Mean under G, for a gradient spread over all coordinates; undefined under L, where no closed form is known. */
  readonly mean?: number;
  /** Root mean square. */
  readonly rms: number;
}

const NOTHING_DRAWN = 'the microscope compares estimates with BP: choose RFG or WP';

/** Layer that a figure is drawn for, and the numbers of parameters. */
const sizes = (layout: Layout) => layout.layers.map((layer) => layer.end - layer.weights);

/**
 * G: mean √2 Γ((K+1)/2)/Γ(K/2) / √(P+K-1), root mean square √(K/(P+K-1)).
 * L: root mean square √(Σ|g_l|² / Σ|g_l|² (P_l+K-1)/K).
 */
export function cosineTheory(
  scope: Scope,
  K: number,
  parameters: readonly number[],
  norms: readonly number[],
): CosineTheory {
  if (scope === 'G') {
    const P = parameters.reduce((sum, n) => sum + n, 0);
    return { mean: (Math.SQRT2 * gammaRatio(K)) / Math.sqrt(P + K - 1), rms: Math.sqrt(K / (P + K - 1)) };
  }
  let signal = 0;
  let total = 0;
  norms.forEach((norm, l) => {
    signal += norm * norm;
    total += (norm * norm * (parameters[l] + K - 1)) / K;
  });
  return { rms: total > 0 ? Math.sqrt(signal / total) : 0 };
}

/** Γ((K+1)/2) / Γ(K/2), by the recurrence in steps of two from K = 1 and K = 2. */
function gammaRatio(K: number): number {
  let ratio = K % 2 === 1 ? 1 / Math.sqrt(Math.PI) : Math.sqrt(Math.PI) / 2;
  for (let k = K % 2 === 1 ? 1 : 2; k < K; k += 2) ratio *= (k + 1) / k;
  return ratio;
}

/**
 * Draws `draws` estimates at `state` by the run's own method on the batch of its next step and compares them with BP. The
 * run does not move. Only RFG and WP draw anything.
 * @throws Error under BP.
 */
export async function microscope(
  engine: Engine,
  task: Task,
  state: RunState,
  draws: number,
  report: (done: number) => void = () => {},
): Promise<MicroscopeReport> {
  const { layout, method, directions: spec } = task.specs;
  if (method.gradient === 'BP') throw new Error(NOTHING_DRAWN);
  const { data, exact } = await batchAndGradient(engine, task, state);
  const sum = new Float64Array(layout.size);
  const cosines = new Float64Array(draws);
  const accumulated = new Float64Array(draws);
  const layerCosines = new Float64Array(draws * layout.layers.length);
  const drawn = new Float32Array(directionLength(task));

  for (let n = 0; n < draws; n++) {
    drawDirections(spec, layout, (state.seed ^ MICROSCOPE_SEED) >>> 0, n, drawn);
    const { gradient } = await engine.gradient({
      ...request(task, state, data),
      directions: directionVectors(task, drawn),
    });
    for (let j = 0; j < sum.length; j++) sum[j] += gradient[j];
    cosines[n] = cosine(gradient, exact);
    accumulated[n] = cosine(sum, exact);
    for (const layer of layout.layers) {
      const part = (g: ArrayLike<number>) =>
        Array.prototype.slice.call(g, layer.weights, layer.end) as number[];
      layerCosines[n * layout.layers.length + layer.index] = cosine(part(gradient), part(exact));
    }
    report(n + 1);
  }
  const norms = layout.layers.map((layer) => Math.hypot(...exact.subarray(layer.weights, layer.end)));
  return {
    step: state.step,
    layers: layout.layers.map((layer) => layer.name),
    cosines,
    layerCosines,
    accumulated,
    norms,
    theory:
      perturbationOf(spec) === 'parameters'
        ? cosineTheory(method.scope, spec.count, sizes(layout), norms)
        : undefined,
  };
}

/** Keeps the microscope's draws apart from the training's. */
const MICROSCOPE_SEED = 0x5eed;

/** The loss around the weights of a run, on the plane of the BP gradient and one drawn direction. */
export interface LossPlane {
  /** Nodes along each side; coordinates run from -radius to radius along both unit vectors. */
  readonly nodes: number;
  readonly radius: number;
  /** Loss [along the direction, rows][along -gradient, columns]. */
  readonly loss: Float64Array;
  /** Unit estimate in the plane's coordinates (its part in the plane), and the cosine between direction and gradient. */
  readonly cosine: number;
}

/**
 * Loss of the next batch at θ + a u + b v: u along minus BP's gradient, v along the part of the drawn direction that is
 * orthogonal to it, both of unit length.
 */
export async function lossPlane(
  engine: Engine,
  task: Task,
  state: RunState,
  radius: number,
  nodes: number,
): Promise<LossPlane> {
  const { network, layout, directions: spec } = task.specs;
  const { data, exact } = await batchAndGradient(engine, task, state);
  // A plane in parameter space needs one direction for all rows, whatever the method's own are like.
  const plain = spec.scope === 'A' ? ({ ...spec, scope: 'G', law: 'rademacher' } as const) : spec;
  const drawn = new Float32Array(spec.count * layout.size);
  drawDirections({ ...plain, flipout: false }, layout, (state.seed ^ MICROSCOPE_SEED) >>> 0, 0, drawn);
  const direction = Float64Array.from(drawn.subarray(0, layout.size));
  const u = unit(exact.map((g) => -g));
  const along = direction.reduce((sum, d, j) => sum + d * u[j], 0);
  const v = unit(direction.map((d, j) => d - along * u[j]));
  const loss = new Float64Array(nodes * nodes);
  const at = (i: number) => radius * ((2 * i) / (nodes - 1) - 1);
  for (let row = 0; row < nodes; row++) {
    for (let column = 0; column < nodes; column++) {
      const theta = state.theta.map((value, j) => value + at(column) * u[j] + at(row) * v[j]);
      const output = await engine.outputs(network, layout, theta, data);
      let sum = 0;
      for (let n = 0; n < data.target.length; n++) sum += (output[n] - data.target[n]) ** 2;
      loss[row * nodes + column] = sum / data.target.length;
    }
  }
  return { nodes, radius, loss, cosine: cosine(direction, u) };
}

function unit(vector: Float64Array): Float64Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}

function request(task: Task, state: RunState, data: Dataset): Omit<GradientRequest, 'directions'> {
  const { network, layout, method } = task.specs;
  return {
    network,
    layout,
    theta: state.theta,
    data,
    method,
    samples: { kind: 'drawn', seed: state.seed, step: state.step },
  };
}

/** The batch of the next step and BP's gradient of its loss. */
async function batchAndGradient(
  engine: Engine,
  task: Task,
  state: RunState,
): Promise<{ data: Dataset; exact: Float64Array }> {
  const { method } = task.specs;
  const { rows } = planStep(task, state, 0, new Float32Array(directionLength(task)));
  const data = gather(task.data, rows);
  const exact = await engine.gradient({
    ...request(task, state, data),
    method: { ...method, gradient: 'BP' },
    directions: [],
  });
  return { data, exact: Float64Array.from(exact.gradient) };
}
