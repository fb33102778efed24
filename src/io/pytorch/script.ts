import { gather } from '../../snn/batch.ts';
import { drawDirections } from '../../snn/directions.ts';
import { forward } from '../../snn/forward-mode.ts';
import { gradientOf } from '../../snn/gradient.ts';
import type { MethodSpec } from '../../snn/method.ts';
import { type Dataset, isTimeless, OVER_TIME } from '../../snn/network.ts';
import { learningRate } from '../../snn/schedule.ts';
import { drawnSamples } from '../../snn/surrogate.ts';
import { toBase64 } from '../../training/base64.ts';
import type { Config } from '../../training/config.ts';
import { rowsOfLayers } from '../../training/reference-engine.ts';
import { encodeFloats } from '../../training/run-file.ts';
import { specsOf } from '../../training/specs.ts';
import template from './template.py?raw';

interface ScriptContent {
  readonly config: Config;
  readonly theta: Float64Array;
  readonly step: number;
  /** Rows to compute outputs and gradients of: test data of the page. */
  readonly data: Dataset;
  readonly unit: number;
  /** Of a table: the value of an output of 0. */
  readonly offset?: number;
  /** Lines for people. */
  readonly about: readonly string[];
  /** Name that it is saved under. */
  readonly file: string;
}

/** Rows of each factor whose outputs are bundled: ten outputs. */
const EXAMPLES = [[10], [2, 5], [2, 5, 1]];
/** Rows of each factor of the bundled batch, and what its gradients may take on the page, in multiplications. */
const BATCH = [[64], [8, 16], [6, 8, 6]];
const MOST_WORK = 3e7;
/** Directions, numbers of theirs, and entries of each gradient that are bundled at most. */
const MOST_K = 8;
const MOST_NUMBERS = 1 << 20;
const MOST_ENTRIES = 20000;

/**
 * A Python script that rebuilds the network in PyTorch, with its weights, ten outputs, a batch, directions and the gradients that the
 * reference engine finds for them: template.py with its data.
 */
export function pytorchScript({
  config,
  theta,
  step,
  data,
  unit,
  offset,
  about,
  file,
}: ScriptContent): string {
  const { network, layout, method, directions, schedule } = specsOf(config);
  if (!isTimeless(network)) throw new Error(`The script knows held inputs only: ${OVER_TIME}`);
  const size = layout.size;
  const examples = part(data, EXAMPLES[network.factors.length - 1]);
  const count = Math.max(1, Math.min(directions.count, MOST_K, Math.floor(MOST_NUMBERS / size)));
  const passes = 2 + count * (1 + layout.layers.length);
  const batch = part(data, batchRows(network.factors.length, network.T * size * passes));
  const spec = { ...directions, perturbation: 'parameters', count } as const;
  const drawn = new Float32Array(count * size);
  drawDirections(spec, layout, config.seed, step, drawn);
  const vectors = Array.from({ length: count }, (_, k) =>
    Float64Array.from(drawn.subarray(k * size, (k + 1) * size)),
  );

  const samples = drawnSamples(config.seed, step, rowsOfLayers(layout, batch), method.surrogate.samples);
  const by = (changes: Partial<MethodSpec>) =>
    gradientOf(network, theta, batch, { ...method, perturbation: 'parameters', ...changes }, vectors, samples)
      .gradient;
  const stride = Math.ceil(size / MOST_ENTRIES);
  const entries = Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride);
  const entriesOf = (gradient: Float64Array) => encodeFloats(Float64Array.from(entries, (i) => gradient[i]));
  const gradients = {
    BP: by({ derivation: 'reverse' }),
    'RFG-G': by({ derivation: 'forward', layerwise: false }),
    'RFG-L': by({ derivation: 'forward', layerwise: true }),
    ...(method.derivation === 'differences' && {
      'WP-G': by({ derivation: 'differences', layerwise: false }),
      'WP-L': by({ derivation: 'differences', layerwise: true }),
    }),
  };

  const content = {
    ...{ T: network.T, leak: network.leak, threshold: network.threshold, reset: network.reset },
    ...{ centre: network.centre, unit, offset, seed: config.seed, step, epsilon: method.epsilon },
    rate: learningRate(schedule, step),
    surrogate: method.surrogate,
    factors: network.factors.map(({ name, inputs }, m) => ({
      ...{ name, inputs },
      hidden: layout.hidden[m].map(({ index }) => index),
    })),
    heads: layout.heads.map(({ layers, weight }) => ({ layers, weight })),
    layers: layout.layers.map(({ name, inputs, outputs, depth, index }) => ({
      ...{ name, inputs, outputs, depth },
      scale: method.scales[index],
    })),
    theta: encodeFloats(theta),
    examples: {
      ...bundled(examples),
      outputs: encodeFloats(forward(network, theta, examples).heads[0].output),
    },
    batch: { ...bundled(batch), loss: forward(network, theta, batch).loss },
    directions:
      spec.law === 'gaussian'
        ? { count, values: encodeFloats(Float64Array.from(drawn)) }
        : { count, signs: signsOf(drawn) },
    gradients: {
      entries,
      values: Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [name, entriesOf(gradient)]),
      ),
    },
  };
  const { threshold, leak, reset } = network;
  const words: Record<string, string> = {
    ABOUT: about.join('\n').replaceAll('\\', '/').replaceAll('"""', "'''"),
    FILE: file,
    THRESHOLD: String(threshold),
    LEAK: String(leak),
    RESET: reset,
    SJ_RESET: reset === 'zero' ? '0.0' : 'None',
    DATA: JSON.stringify(content, null, 1).replace(/\n\s+(?=-?\d|\])/g, ' '),
  };
  return template.replace(/@([A-Z_]+)@/g, (mark, name: string) => words[name] ?? mark);
}

/** Rows of `data` spread evenly over each factor's, `counts` of them. */
function part(data: Dataset, counts: readonly number[]): Dataset {
  const rows = data.factors.map((factor, m) => {
    const count = Math.min(factor.rows, counts[m]);
    return Uint32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * factor.rows) / count));
  });
  return gather(data, rows);
}

/** Fewer rows for a large network; `work` is what a row takes. */
function batchRows(factors: number, work: number): readonly number[] {
  const rows = BATCH[factors - 1];
  const share = Math.min(1, MOST_WORK / (work * Math.max(...rows)));
  return rows.map((count) => Math.max(1, Math.floor(share * count)));
}

const bundled = ({ factors, target }: Dataset) => ({
  inputs: factors.map(({ inputs }) => encodeFloats(Float64Array.from(inputs))),
  scale: factors.map(({ scale }) => encodeFloats(Float64Array.from(scale))),
  target: encodeFloats(Float64Array.from(target)),
});

/** Bit i is whether entry i is positive. */
function signsOf(values: Float32Array): string {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, i) => {
    if (value > 0) bytes[i >> 3] |= 1 << (i & 7);
  });
  return toBase64(bytes);
}
