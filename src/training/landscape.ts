import { drawDirections } from '../snn/directions.ts';
import { forward } from '../snn/forward-mode.ts';
import type { Engine } from './engine.ts';
import { type Microscope, microscopeSeed } from './microscope.ts';

/**
 * The true loss of the next batch around the weights of a run, with spikes as they are, on the plane of BP's gradient and one
 * drawn direction δθ, and along that direction. u: unit vector along -BP's gradient; v: along the part of δθ orthogonal to it.
 */
export interface Landscape {
  readonly step: number;
  /** Loss at the weights themselves. */
  readonly loss: number;
  /** |∇L| and |δθ|. */
  readonly gradientNorm: number;
  readonly directionNorm: number;
  /** Cosine between δθ and u. */
  readonly cosine: number;
  /** Minus one estimate of one direction, of unit length, in the plane: its parts along u and v. */
  readonly estimate: readonly [number, number];
  /** ∇L · δθ: what the surrogate says of the slope along δθ. */
  readonly slope: number;
  /** (L(θ + εδθ) - L(θ - εδθ)) / 2ε: what weight perturbation sees. */
  readonly secant: number;
  readonly epsilon: number;
}

/** Losses are asked for in pieces: `LandscapeProbe` holds what they share. */
export class LandscapeProbe {
  private constructor(
    private readonly microscope: Microscope,
    private readonly direction: Float64Array,
    private readonly u: Float64Array,
    private readonly v: Float64Array,
    readonly landscape: Landscape,
  ) {}

  static async open(engine: Engine, microscope: Microscope): Promise<LandscapeProbe> {
    const { task, state, exact } = microscope;
    const { layout, directions: spec, method } = task.specs;
    // A plane in parameter space needs one direction for all rows, whatever the method's own are like.
    const plain =
      spec.perturbation === 'activity' ? ({ ...spec, layerwise: false, law: 'rademacher' } as const) : spec;
    const draws = new Float32Array(spec.count * layout.size);
    drawDirections({ ...plain, perturbation: 'parameters' }, layout, microscopeSeed(state), 0, draws);
    const direction = Float64Array.from(draws.subarray(0, layout.size));
    const u = unit(exact.map((g) => -g));
    const along = dot(direction, u);
    const v = unit(direction.map((d, j) => d - along * u[j]));
    const estimate = unit(Float64Array.from(await microscope.estimate(engine, 0, 1), (g) => -g));
    const at = (amount: number) => lossAt(engine, microscope, displace(state.theta, direction, amount));
    const { epsilon } = method;
    const directionNorm = Math.hypot(...direction);
    return new LandscapeProbe(microscope, direction, u, v, {
      step: state.step,
      loss: await at(0),
      gradientNorm: Math.hypot(...exact),
      directionNorm,
      cosine: directionNorm > 0 ? along / directionNorm : 0,
      estimate: [dot(estimate, u), dot(estimate, v)],
      slope: dot(exact, direction),
      secant: ((await at(epsilon)) - (await at(-epsilon))) / (2 * epsilon),
      epsilon,
    });
  }

  /** Loss at θ + a u + b v. */
  onPlane(engine: Engine, a: number, b: number): Promise<number> {
    const { state } = this.microscope;
    const theta = state.theta.map((value, j) => value + a * this.u[j] + b * this.v[j]);
    return lossAt(engine, this.microscope, theta);
  }

  /** Loss at θ + x δθ. */
  alongDirection(engine: Engine, x: number): Promise<number> {
    const { state } = this.microscope;
    return lossAt(engine, this.microscope, displace(state.theta, this.direction, x));
  }
}

/** Mean squared error, with the local losses where the task has them. */
async function lossAt(engine: Engine, { task, data }: Microscope, theta: Float64Array): Promise<number> {
  const { network, layout } = task.specs;
  if (layout.heads.length > 1) return forward(network, theta, data).loss;
  const output = await engine.outputs(network, theta, data);
  let sum = 0;
  for (let n = 0; n < data.target.length; n++) sum += (output[n] - data.target[n]) ** 2;
  return sum / data.target.length;
}

const displace = (theta: Float64Array, direction: Float64Array, amount: number) =>
  theta.map((value, j) => value + amount * direction[j]);

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, j) => sum + value * b[j], 0);

function unit(vector: Float64Array): Float64Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}
