import { gather } from '../snn/batch.ts';
import { forward } from '../snn/forward-mode.ts';
import { gradientOf } from '../snn/gradient.ts';
import type { Dataset, Layout } from '../snn/network.ts';
import { update } from '../snn/optimiser.ts';
import { simulate } from '../snn/simulate.ts';
import { drawnSamples, explicitSamples, type WsgSamples } from '../snn/surrogate.ts';
import type { AdvanceRequest, Chunk, Engine, GradientRequest } from './engine.ts';
import { directionLength, planStep } from './plan.ts';

/** Plain TypeScript in float64: defines what every other engine has to compute. */
export const referenceEngine: Engine = {
  name: 'reference',
  advance: async (requests, steps) => requests.map((request) => advanceRun(request, steps)),
  async gradient(request) {
    const { network, layout, theta, data, method, directions } = request;
    const result = gradientOf(network, layout, theta, data, method, directions, samplesOf(request));
    return {
      loss: result.loss,
      output: result.heads[0].output,
      gradient: result.gradient,
      derivatives: result.derivatives,
    };
  },
  outputs: async (network, layout, theta, data) =>
    forward(network, layout, theta, { ...data, target: new Float64Array(0) }).heads[0].output,
  async trace(network, layout, theta, factor, data) {
    const { rates, history } = simulate({
      network,
      layout,
      theta,
      factor,
      data: data.factors[factor],
      keepHistory: true,
    });
    return { rates, spikes: history?.spikes ?? [], membranes: history?.membranes ?? [] };
  },
  dispose() {},
};

function advanceRun({ task, state }: AdvanceRequest, steps: number): Chunk {
  const { network, layout, method, optimiser } = task.specs;
  const length = directionLength(task);
  const drawn = new Float32Array(length);
  const losses = new Float64Array(steps);
  const theta = state.theta.slice();
  const m = state.m.slice();
  const v = state.v.slice();
  const result = (done: number) => ({
    state: { theta, m, v, step: state.step + done, momentSteps: state.momentSteps + done, seed: state.seed },
    losses: losses.subarray(0, done),
  });

  for (let done = 0; done < steps; done++) {
    const plan = planStep(task, state, done, drawn);
    const batch = gather(task.data, plan.rows);
    const directions: Float64Array[] = [];
    for (let at = 0; at < length; at += layout.size)
      directions.push(Float64Array.from(drawn.subarray(at, at + layout.size)));
    const samples = drawnSamples(
      state.seed,
      state.step + done,
      rowsOfLayers(layout, batch),
      method.surrogate.samples,
    );
    const { loss, gradient } = gradientOf(network, layout, theta, batch, method, directions, samples);
    if (!Number.isFinite(loss) || !gradient.every(Number.isFinite))
      return { ...result(done), divergedAt: state.step + done };
    losses[done] = loss;
    update(optimiser, layout, plan.scalars, gradient, theta, m, v);
  }
  return result(steps);
}

/** Rows that each layer is computed for: those of its factor. */
export function rowsOfLayers(layout: Layout, data: Dataset): number[] {
  return layout.layers.map((layer) => data.factors[layer.factor].rows);
}

function samplesOf({ network, layout, data, method, samples }: GradientRequest): WsgSamples {
  const rows = rowsOfLayers(layout, data);
  return samples.kind === 'drawn'
    ? drawnSamples(samples.seed, samples.step, rows, method.surrogate.samples)
    : explicitSamples(samples.values, network.T, rows);
}
