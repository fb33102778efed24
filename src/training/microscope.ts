import { gather } from '../snn/batch.ts';
import { drawDirections } from '../snn/directions.ts';
import { drawsDirections, reverseMode } from '../snn/method.ts';
import type { Dataset } from '../snn/network.ts';
import { type CosineMeans, cosineMeans } from './cosine-theory.ts';
import type { Engine, GradientRequest, RunState, Task } from './engine.ts';
import { cosine } from './explain.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';

const NOTHING_DRAWN = 'the microscope compares estimates with BP: choose RFG or WP';

/** What one more draw showed. */
interface Draw {
  readonly cosine: number;
  /** Cosine of the mean of all estimates so far. */
  readonly accumulated: number;
  readonly layerCosines: readonly number[];
}

/** Estimates drawn one after another at fixed weights, each compared with BP on the same batch. */
export class Microscope {
  readonly norms: readonly number[];
  private readonly sum: Float64Array;
  private readonly numbers: Float32Array;
  /** Estimates drawn so far. */
  draws = 0;

  private constructor(
    readonly task: Task,
    readonly state: RunState,
    readonly data: Dataset,
    readonly exact: Float64Array,
  ) {
    const { layout } = task.specs;
    this.norms = layout.layers.map((layer) => Math.hypot(...exact.subarray(layer.weights, layer.end)));
    this.sum = new Float64Array(layout.size);
    this.numbers = new Float32Array(directionLength(task));
  }

  /**
   * Estimates by the task's own method at `state`, on the batch of its next step. The run does not move.
   * @throws Error when the method draws nothing.
   */
  static async open(engine: Engine, task: Task, state: RunState): Promise<Microscope> {
    if (!drawsDirections(task.specs.method)) throw new Error(NOTHING_DRAWN);
    const { data, exact } = await batchAndGradient(engine, task, state);
    return new Microscope(task, state, data, exact);
  }

  /**
   * Mean cosines, by theory, of one estimate or of the average of several; undefined for weight perturbation, whose loss is a
   * staircase, and where every row is perturbed in its own way (A, flipout), which would take the gradient of every row.
   */
  theory(estimates = 1): CosineMeans | undefined {
    const { layout, method, directions } = this.task.specs;
    const { perturbation, layerwise, law, count, scales } = directions;
    if (perturbation !== 'parameters' || method.derivation !== 'forward') return undefined;
    const parts = layout.layers.map(({ weights, end, index }) => ({
      square: this.norms[index] ** 2,
      parameters: end - weights,
      scale: scales[index],
    }));
    return cosineMeans(layerwise ? 'L' : 'G', parts, law, estimates * count);
  }

  async draw(engine: Engine): Promise<Draw> {
    const { layout } = this.task.specs;
    const gradient = await this.estimate(engine, this.draws++);
    for (let j = 0; j < gradient.length; j++) this.sum[j] += gradient[j];
    const part = (g: ArrayLike<number>, from: number, to: number) =>
      Array.prototype.slice.call(g, from, to) as number[];
    return {
      cosine: cosine(gradient, this.exact),
      accumulated: cosine(this.sum, this.exact),
      layerCosines: layout.layers.map(({ weights, end }) =>
        cosine(part(gradient, weights, end), part(this.exact, weights, end)),
      ),
    };
  }

  /** The estimate of draw `n`, of all its directions or of the first few. */
  async estimate(engine: Engine, n: number, directions?: number): Promise<ArrayLike<number>> {
    const { task, state, data } = this;
    drawDirections(task.specs.directions, task.specs.layout, microscopeSeed(state), n, this.numbers);
    const { gradient } = await engine.gradient({
      ...request(task, state, data),
      directions: directionVectors(task, this.numbers).slice(0, directions),
    });
    return gradient;
  }
}

/** Noise of WSG's gradient: of its deviation from SG's gradient of the same width, over several draws of δ. */
export interface SurrogateNoise {
  readonly sigma: number;
  readonly samples: number;
  /** Root mean square of |g_WSG - g_SG| / |g_SG|. */
  readonly deviation: number;
  /** Mean cosine between the two. */
  readonly cosine: number;
}

/** BP's gradient under WSG against that under SG, both of width σ, on the batch of the run's next step. */
export async function surrogateNoise(
  engine: Engine,
  task: Task,
  state: RunState,
  sigma: number,
  samples: number,
  draws: number,
): Promise<SurrogateNoise> {
  const { data } = await batchAndGradient(engine, task, state);
  const gradient = async (kind: 'SG' | 'WSG', step: number) => {
    const base = request(task, state, data);
    const surrogate = { kind, sigma, samples };
    const report = await engine.gradient({
      ...base,
      method: { ...reverseMode(base.method), surrogate },
      samples: { kind: 'drawn', seed: microscopeSeed(state), step },
      directions: [],
    });
    return Float64Array.from(report.gradient);
  };
  const exact = await gradient('SG', 0);
  const norm = Math.hypot(...exact);
  let squares = 0;
  let cosines = 0;
  for (let n = 0; n < draws; n++) {
    const estimate = await gradient('WSG', n);
    squares += estimate.reduce((sum, g, j) => sum + (g - exact[j]) ** 2, 0) / draws;
    cosines += cosine(estimate, exact) / draws;
  }
  return { sigma, samples, deviation: norm > 0 ? Math.sqrt(squares) / norm : 0, cosine: cosines };
}

/** Keeps the microscope's draws apart from the training's. */
export const microscopeSeed = ({ seed }: RunState): number => (seed ^ 0x5eed) >>> 0;

/** A gradient request on `data` at `state`, but for its directions. */
function request(task: Task, state: RunState, data: Dataset): Omit<GradientRequest, 'directions'> {
  const { network, method } = task.specs;
  return {
    network,
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
    method: reverseMode(method),
    directions: [],
  });
  return { data, exact: Float64Array.from(exact.gradient) };
}
