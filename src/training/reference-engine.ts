import { gather } from '../snn/batch.ts';
import { forward } from '../snn/forward-mode.ts';
import { gradientOf } from '../snn/gradient.ts';
import type { Dataset, Layout } from '../snn/network.ts';
import { update } from '../snn/optimiser.ts';
import { simulate } from '../snn/simulate.ts';
import { drawnSamples, explicitSamples, type WsgSamples } from '../snn/surrogate.ts';
import type { AdvanceRequest, Chunk, Engine, GradientRequest, Task } from './engine.ts';
import { directionLength, directionVectors, planStep } from './plan.ts';

/** Plain TypeScript in float64: defines what every other engine has to compute. */
export const referenceEngine: Engine = {
  name: 'reference',
  advance: async (requests, steps) => requests.map((request) => advanceRun(request, steps)),
  async gradient(request) {
    const { network, theta, data, method, directions } = request;
    const result = gradientOf(network, theta, data, method, directions, samplesOf(request));
    return {
      loss: result.loss,
      output: result.heads[0].output,
      gradient: result.gradient,
      derivatives: result.derivatives,
    };
  },
  outputs: async (network, theta, data) =>
    forward(network, theta, { ...data, target: new Float64Array(0) }).heads[0].output,
  async trace(network, theta, factor, data) {
    const { rates, history } = simulate({
      network,
      theta,
      factor,
      data: data.factors[factor],
      keepHistory: true,
    });
    return { rates, spikes: history?.spikes ?? [], membranes: history?.membranes ?? [] };
  },
  dispose() {},
};

/** Loss and gradient of a task on a batch. */
export type GradientAt = (
  task: Task,
  theta: Float64Array,
  batch: Dataset,
  directions: readonly Float64Array[],
  samples: WsgSamples,
) => { readonly loss: number; readonly gradient: Float64Array };

const surrogateGradient: GradientAt = ({ specs }, theta, batch, directions, samples) =>
  gradientOf(specs.network, theta, batch, specs.method, directions, samples);

/** Training steps of one run in float64, with the gradient that is asked for. */
export function advanceRun(
  { task, state: start }: AdvanceRequest,
  steps: number,
  gradientAt: GradientAt = surrogateGradient,
): Chunk {
  const { layout, method, optimiser } = task.specs;
  if (start.theta.length !== layout.size)
    throw new RangeError(`the state has ${start.theta.length} parameters, its network ${layout.size}`);
  const draws = new Float32Array(directionLength(task));
  const losses = new Float64Array(steps);
  let state = start;

  for (let i = 0; i < steps; i++) {
    const plan = planStep(task, state, 0, draws);
    const batch = gather(task.data, plan.rows);
    const directions = directionVectors(task, draws);
    const rows = rowsOfLayers(layout, batch);
    const samples = drawnSamples(state.seed, state.step, rows, method.surrogate.samples);
    const { loss, gradient } = gradientAt(task, state.theta, batch, directions, samples);

    const [theta, m, v] = [state.theta.slice(), state.m.slice(), state.v.slice()];
    update(optimiser, layout, plan.scalars, gradient, theta, m, v);
    if (!Number.isFinite(loss) || ![gradient, theta, m, v].every((array) => array.every(Number.isFinite)))
      return { state, losses: losses.subarray(0, i), divergedAt: state.step };
    losses[i] = loss;
    state = { theta, m, v, step: state.step + 1, momentSteps: state.momentSteps + 1, seed: state.seed };
  }
  return { state, losses };
}

/** Rows that each layer is computed for: those of its factor. */
export function rowsOfLayers(layout: Layout, data: Dataset): number[] {
  return layout.layers.map((layer) => data.factors[layer.factor].rows);
}

function samplesOf({ network, data, method, samples }: GradientRequest): WsgSamples {
  const { layout } = network;
  const rows = rowsOfLayers(layout, data);
  return samples.kind === 'drawn'
    ? drawnSamples(samples.seed, samples.step, rows, method.surrogate.samples)
    : explicitSamples(samples.values, network.T, rows);
}
