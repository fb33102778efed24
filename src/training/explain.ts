import { gather } from '../snn/batch.ts';
import { tangentOf } from '../snn/forward-mode.ts';
import { groupsOf, reverseMode, shiftsCurrents } from '../snn/method.ts';
import { rowDirection, rowPlaces } from '../snn/row-directions.ts';
import type { Engine, GradientRequest, RunState, Task } from './engine.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';

/** One training step taken apart: what is drawn, measured, scaled and subtracted. */
export interface ExplainedStep {
  readonly step: number;
  /** Samples of the batch (rows of each factor). */
  readonly rows: readonly number[];
  readonly loss: number;
  /**
   * Direction δθ of k = 0 as it is simulated (scaled by s_l), length P; empty for BP. Where every row is perturbed in its own way
   * (A, flipout) it is that of the first row of each factor: under A its ξ stand as changes of the biases.
   */
  readonly direction: Float32Array;
  /** Directional derivatives for k = 0, over all rows: one number under G, one a layer under L and A; empty for BP. */
  readonly derivatives: Float64Array;
  /**
   * WP: losses at θ + ε δθ and θ - ε δθ along the same direction, group by group; empty otherwise. Node perturbation has two for
   * every row and layer, which are not told.
   */
  readonly perturbed: Float64Array;
  /** Gradient (ANN: the rate network's), or estimate averaged over all K directions, length P. */
  readonly estimate: Float64Array;
  /** BP's gradient of the same loss on the same batch, and the cosine between it and the estimate. */
  readonly backprop: Float64Array;
  readonly cosine: number;
  /** θ after the step minus θ before it, length P. */
  readonly update: Float64Array;
  readonly learningRate: number;
}

/** Takes the step after `state` apart. The run does not move. */
export async function explainStep(engine: Engine, task: Task, state: RunState): Promise<ExplainedStep> {
  const { network, layout, method } = task.specs;
  const draws = new Float32Array(directionLength(task));
  const plan = planStep(task, state, 0, draws);
  const data = gather(task.data, plan.rows);
  const directions = directionVectors(task, draws);
  const request: GradientRequest = {
    network,
    theta: state.theta,
    data,
    method,
    directions,
    samples: { kind: 'drawn', seed: state.seed, step: state.step },
  };
  const own = await engine.gradient(request);
  const exact =
    method.derivation === 'reverse'
      ? own
      : await engine.gradient({ ...request, method: reverseMode(method), directions: [] });
  const [next] = await engine.advance([{ task, state }], 1);
  const estimate = Float64Array.from(own.gradient);
  const backprop = Float64Array.from(exact.gradient);
  return {
    step: state.step,
    rows: plan.rows.map((rows) => rows.length),
    loss: own.loss,
    direction: shownDirection(task, directions),
    derivatives: Float64Array.from(own.derivatives).slice(0, groupsOf(layout, method).length),
    perturbed: await perturbedLosses(engine, request),
    estimate,
    backprop,
    cosine: cosine(estimate, backprop),
    update: next.state.theta.map((value, j) => value - state.theta[j]),
    learningRate: plan.scalars.learningRate,
  };
}

function shownDirection({ specs }: Task, [first]: readonly Float64Array[]): Float32Array {
  if (!first) return new Float32Array(0);
  const { layout, directions } = specs;
  const kind = directions.perturbation;
  if (kind === 'parameters') return Float32Array.from(first);
  const places = rowPlaces(layout, kind, directions.rows ?? []);
  const sum = new Float32Array(layout.size);
  layout.hidden.forEach((_, factor) => {
    rowDirection(layout, kind, places, first, factor, 0).forEach((value, j) => {
      sum[j] += value;
    });
  });
  return sum;
}

/** L(θ + ε δθ) and L(θ - ε δθ) of every group, one pair after the other; nothing unless the method takes differences along δθ. */
async function perturbedLosses(engine: Engine, request: GradientRequest): Promise<Float64Array> {
  const { network, theta, method, directions } = request;
  const { layout } = network;
  if (method.derivation !== 'differences' || shiftsCurrents(method)) return new Float64Array(0);
  const losses: number[] = [];
  for (const group of groupsOf(layout, method)) {
    const { direction } = tangentOf(layout, directions[0], group);
    for (const amount of [method.epsilon, -method.epsilon]) {
      const report = await engine.gradient({
        ...request,
        theta: theta.map((value, j) => value + amount * direction[j]),
        method: reverseMode(method),
        directions: [],
      });
      losses.push(report.loss);
    }
  }
  return Float64Array.from(losses);
}

/** Cosine of the angle between two vectors; 0 when one of them is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let j = 0; j < a.length; j++) {
    dot += a[j] * b[j];
    aa += a[j] * a[j];
    bb += b[j] * b[j];
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
