import type { Dataset, Network } from '../../snn/network.ts';
import type { GradientReport, GradientRequest, Trace } from '../../training/engine.ts';
import type { Arrangement } from './arrangement.ts';
import { evaluationPlan } from './chunk.ts';
import { TooLargeError } from './limits.ts';
import type { Recorder } from './recorder.ts';
import type { TensorRuntime } from './runtime.ts';
import { gradientWork, outputWork, traceWork, type Work } from './work.ts';

/** What is computed once, without an update; the arrays named by `wanted` are read back. */
interface Evaluation {
  readonly work: Work;
  readonly theta: Float64Array;
  readonly data: Dataset;
  readonly method?: GradientRequest['method'];
  readonly directions?: readonly Float64Array[];
  readonly samples?: GradientRequest['samples'];
  extracts(a: Arrangement): readonly Extract[];
}

/** `count` numbers of the scratch buffers from number `at` on. */
interface Extract {
  readonly from: 'work' | 'history';
  readonly at: number;
  readonly count: number;
}

const NONE = new Float32Array(1);

async function evaluate(
  runtime: TensorRuntime,
  recorder: Recorder,
  evaluation: Evaluation,
): Promise<Float32Array[]> {
  const { work, theta, data, method, samples } = evaluation;
  const program = await recorder.compiler.compile(work, data);
  const { arrangement } = program;
  const plan = evaluationPlan(
    program,
    work.network,
    method,
    samples?.kind === 'drawn' ? samples : { seed: 0, step: 0 },
  );
  const directions = new Float32Array(Math.max(1, arrangement.directionNumbers));
  evaluation.directions?.forEach((direction, k) => {
    if (arrangement.directionNumbers > 0) directions.set(direction, k * arrangement.directionLength);
  });
  const explicit = samples?.kind === 'explicit' && work.explicitSamples;
  const explicitSamples = explicit
    ? concatenate(arrangement.hiddenLayers.map(({ index }) => samples.values[index]))
    : undefined;

  const extracts = evaluation.extracts(arrangement);
  const total = extracts.reduce((n, { count }) => n + count, 0);
  const largest = recorder.limits.maxBufferSize;
  if (4 * total > largest) throw new TooLargeError('what is read back', 4 * total, largest);
  const inputs = { theta: { values: Float32Array.from(theta), shape: [1, work.network.layout.size] } };
  const values = await runtime.call('SpikingEvaluate', inputs, {
    outputShape: [Math.max(1, total)],
    run([state], output) {
      const encoder = recorder.device.createCommandEncoder();
      const bindings = {
        state,
        data: recorder.buffers.dataset(data),
        plan,
        directions,
        samples: explicitSamples,
        runs: 1,
      };
      recorder.record(encoder, program, bindings, 1);
      const scratch = recorder.scratch(program, 1);
      let at = 0;
      for (const extract of extracts) {
        encoder.copyBufferToBuffer(scratch[extract.from], 4 * extract.at, output, 4 * at, 4 * extract.count);
        at += extract.count;
      }
      recorder.submit(encoder);
    },
  });
  recorder.counters.readbacks++;
  let at = 0;
  return extracts.map(({ count }) => {
    at += count;
    return values.slice(at - count, at);
  });
}

function concatenate(arrays: readonly Float64Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(arrays.reduce((n, array) => n + array.length, 0) || NONE.length);
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

export async function gradient(
  runtime: TensorRuntime,
  recorder: Recorder,
  request: GradientRequest,
): Promise<GradientReport> {
  const [values, derivatives, [loss], output] = await evaluate(runtime, recorder, {
    ...request,
    work: gradientWork(request),
    extracts: ({ scratch, derivatives, points, work }) => [
      { from: 'work', at: scratch.gradient, count: work.network.layout.size },
      { from: 'work', at: scratch.derivatives, count: derivatives },
      { from: 'work', at: scratch.loss, count: 1 },
      { from: 'work', at: scratch.output, count: points },
    ],
  });
  return { gradient: values, derivatives, loss, output };
}

export async function outputs(
  runtime: TensorRuntime,
  recorder: Recorder,
  network: Network,
  theta: Float64Array,
  data: Dataset,
): Promise<Float32Array> {
  const [values] = await evaluate(runtime, recorder, {
    work: outputWork(network, data),
    theta,
    data,
    extracts: ({ scratch, points }) => [{ from: 'work', at: scratch.output, count: points }],
  });
  return values;
}

export async function trace(
  runtime: TensorRuntime,
  recorder: Recorder,
  network: Network,
  theta: Float64Array,
  factor: number,
  data: Dataset,
): Promise<Trace> {
  const { layout } = network;
  const { T } = network;
  const work = traceWork(network, factor, data);
  const rows = work.rows[factor];
  let neurons = 0;
  let words = 0;
  const [rates, masks, membranes] = await evaluate(runtime, recorder, {
    work,
    theta,
    data,
    extracts({ factors, maskWords }) {
      const place = factors[factor];
      neurons = place.neurons;
      words = maskWords;
      return [
        { from: 'work', at: place.rates, count: rows * neurons },
        { from: 'history', at: place.masks, count: rows * neurons * words },
        { from: 'history', at: place.values, count: rows * neurons * T },
      ];
    },
  });
  const bits = new Uint32Array(masks.buffer, masks.byteOffset, masks.length);
  let first = 0;
  const layers = layout.hidden[factor].map(({ outputs: width }) => {
    const layer = {
      spikes: new Uint8Array(T * rows * width),
      membranes: new Float32Array(T * rows * width),
      rates: new Float32Array(rows * width),
    };
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < width; j++) {
        const neuron = first + j;
        layer.rates[row * width + j] = rates[row * neurons + neuron];
        for (let t = 0; t < T; t++) {
          const at = (t * rows + row) * width + j;
          layer.membranes[at] = membranes[(row * T + t) * neurons + neuron];
          layer.spikes[at] = (bits[(row * neurons + neuron) * words + (t >>> 5)] >>> (t & 31)) & 1;
        }
      }
    }
    first += width;
    return layer;
  });
  return {
    spikes: layers.map((layer) => layer.spikes),
    membranes: layers.map((layer) => layer.membranes),
    rates: layers.map((layer) => layer.rates),
  };
}
