import { drawDirections } from '../../snn/directions.ts';
import { shiftsCurrents, usesSurrogate } from '../../snn/method.ts';
import { type Dataset, type FactorData, rowWidth } from '../../snn/network.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import { drawnSamples } from '../../snn/surrogate.ts';
import type { GradientRequest, RunState, Task } from '../../training/engine.ts';
import { directionLength, directionVectors } from '../../training/plan.ts';
import { resolveConfig } from '../../training/presets.ts';
import { type Specs, specsOf } from '../../training/specs.ts';
import type { Entry, OverTime } from './catalogue.ts';
import { factorMargin, MARGIN, requestMargin, shiftedMargin, type Weak } from './margin.ts';

/** A configuration with parameters and data at which no membrane lies near the threshold. */
export interface Case {
  readonly name: string;
  readonly specs: Specs;
  readonly request: GradientRequest;
}

/** Tries for one row, and for a whole case, before another seed is taken. */
const ROW_TRIES = 400;
const CASE_TRIES = 60;

/**
 * A random network of the configuration's shape that spikes, and a batch whose every row keeps the margin;
 * all numbers are float32. Seeds are searched from `seed` on.
 * @throws Error when none is found: take a smaller network.
 */
export function makeCase({ name, pins, seed, time }: Entry): Case {
  const specs = overTime(specsOf(resolveConfig(pins)), time);
  for (let trialSeed = seed; trialSeed < seed + CASE_TRIES; trialSeed++) {
    const request = randomRequest(specs, trialSeed, time?.readAt);
    if (request && requestMargin(request) >= MARGIN) return { name, specs, request };
  }
  throw new Error(`${name}: no input keeps all membranes off the threshold`);
}

/** The same for a network with it. */
export function overTime(specs: Specs, { sequences = [], only, readAt, ...own }: OverTime = {}): Specs {
  const factors = specs.network.factors.map((factor, m) => ({
    ...factor,
    sequence: sequences[m] === true,
    ...((only ?? m) === m && own),
  }));
  return { ...specs, network: { ...specs.network, factors } };
}

function randomRequest(specs: Specs, seed: number, readAt = false): GradientRequest | undefined {
  const { network, layout, method, batch } = specs;
  const random = new RandomSequence(seed, Stream.weights, 0, 1000);
  const theta = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    for (let j = layer.weights; j < layer.biases; j++)
      theta[j] = Math.fround(random.normal() / Math.sqrt(layer.inputs));
    const level = layer.role === 'hidden' ? 0.4 * network.threshold : 0;
    for (let j = layer.biases; j < layer.end; j++) theta[j] = Math.fround(level + 0.3 * random.normal());
  }
  const step = random.below(100000);
  const surrogate = method.surrogate;
  const weak: Weak | undefined =
    surrogate.kind === 'WSG' && usesSurrogate(method)
      ? {
          surrogate,
          samples: drawnSamples(
            seed,
            step,
            layout.layers.map((layer) => batch.rows[layer.factor]),
            surrogate.samples,
          ),
        }
      : undefined;

  const directions = drawnDirections({ specs }, seed, step);
  const factors: FactorData[] = [];
  for (let m = 0; m < network.factors.length; m++) {
    const width = rowWidth(network, m);
    const inputs = new Float32Array(batch.rows[m] * width);
    for (let row = 0; row < batch.rows[m]; row++) {
      const one = inputs.subarray(row * width, (row + 1) * width);
      let margin = 0;
      for (let tries = 0; tries < ROW_TRIES && margin < MARGIN; tries++) {
        for (let i = 0; i < width; i++) one[i] = random.symmetric(1.5);
        const alone = { rows: 1, width, inputs: one, scale: ONE };
        margin = factorMargin(network, theta, m, alone, weak, row);
        if (margin >= MARGIN && shiftsCurrents(method)) {
          const request = { network, theta, method, directions };
          margin = shiftedMargin(request, m, alone, batch.rows, row);
        }
      }
      if (margin < MARGIN) return undefined;
    }
    const scaled = network.factors.length > 1;
    const scale = Float32Array.from({ length: batch.rows[m] }, () =>
      scaled ? 0.5 + 1.5 * random.uniform() : 1,
    );
    factors.push({
      rows: batch.rows[m],
      width,
      inputs,
      scale,
      ...(readAt && anySteps(network.T, batch.rows[m], random)),
    });
  }
  const target = Float32Array.from({ length: batch.rows.reduce((n, rows) => n * rows, 1) }, () =>
    random.normal(),
  );
  const data: Dataset = { factors, target };
  return { network, theta, data, method, directions, samples: { kind: 'drawn', seed, step } };
}

const ONE = Float32Array.of(1);

/** A time step at which each row is read. */
const anySteps = (T: number, rows: number, random: RandomSequence) => ({
  readAt: Uint16Array.from({ length: rows }, () => random.below(T)),
});

/** The directions of a training step as injected ones. */
function drawnDirections(task: Pick<Task, 'specs'>, seed: number, step: number): Float64Array[] {
  const draws = new Float32Array(directionLength(task));
  if (draws.length > 0) drawDirections(task.specs.directions, task.specs.layout, seed, step, draws);
  return directionVectors(task, draws);
}

/** A run in the middle of its training on the case's data: moments that are not zero, all numbers float32. */
export function midRun({ specs, request }: Case, seed: number): { task: Task; state: RunState } {
  const random = new RandomSequence(seed, Stream.weights, 0, 2000);
  const m = request.theta.map(() => Math.fround(0.05 * random.normal()));
  const v = request.theta.map(() => Math.fround((0.05 + 0.1 * random.uniform()) ** 2));
  const step = random.below(2000);
  const state = { theta: request.theta, m, v, step, momentSteps: 1 + random.below(50), seed };
  return { task: { specs, data: request.data }, state };
}
