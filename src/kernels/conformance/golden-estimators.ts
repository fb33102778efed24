import { flat, networkOf } from '../../../tests/support/snn.ts';
import { METHODS } from '../../methods/index.ts';
import { methodId } from '../../methods/method.ts';
import { type Dataset, type FactorSpec, type Layout, type Network, networkFrom } from '../../snn/network.ts';
import { directionSize, type RowPlace, rowPlaces } from '../../snn/row-directions.ts';
import { kernelsOf, sequenceWeights } from '../../snn/synapse.ts';
import type { GradientRequest } from '../../training/engine.ts';
import { arrayError } from './check.ts';
import type { GoldenProblem } from './golden-problem.ts';

interface Affine {
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** A factor fed a sequence, with a synapse or with a filtered read-out, and what follows from its constants. */
interface OverTime extends Pick<FactorSpec, 'sequence' | 'synapse' | 'readDecay'> {
  /** Time step at which each row is read; the last one where it is missing. */
  readonly readAt?: readonly number[];
  /** [depth]: constants of each neuron. */
  readonly kernels?: readonly Readonly<Record<(typeof CONSTANTS)[number], readonly number[]>>[];
  /** [t][neuron] of the first layer. */
  readonly sequenceWeights?: readonly (readonly number[])[];
}

const CONSTANTS = ['delay', 'decay', 'height', 'leak'] as const;

/** A network and estimates of its gradient, as estimators.json and temporal.json have them; the conventions are written in those files. */
export interface EstimatorsCase {
  readonly name: string;
  readonly T: number;
  readonly leak: number;
  readonly threshold: number;
  readonly centre: number;
  readonly rank: number;
  readonly sigma: number;
  readonly epsilon: number;
  /** By subtraction where it is missing. */
  readonly reset?: 'subtract' | 'zero';
  /** Without it inputs are held and currents charge membranes as they are. */
  readonly factors?: readonly OverTime[];
  /** Widths, [factor][depth]. */
  readonly hidden: readonly (readonly number[])[];
  readonly weights: readonly Affine[];
  /** [factor][row][input], of a sequence [factor][row][t][input]; and [factor][row]. */
  readonly inputs: readonly (readonly (readonly number[] | readonly (readonly number[])[])[])[];
  readonly scale: readonly (readonly number[])[];
  readonly target: readonly number[];
  /** [factor][row][depth][t][neuron]. */
  readonly spikes: readonly (readonly number[][][])[][];
  readonly membranes: readonly (readonly number[][][])[][];
  readonly output: readonly number[];
  readonly loss: number;
  readonly estimates: readonly {
    readonly method: string;
    /** The last hidden layers take the mean over all signs. */
    readonly mean?: boolean;
    /** [k][layer]: signs of every row, or a change of the weights with signs of the rows. */
    readonly directions: readonly (readonly unknown[])[];
    readonly gradient: readonly Affine[];
    /** [k][group]. */
    readonly derivatives: readonly (readonly number[])[];
  }[];
}

/** What to ask an engine for, and what it should answer. @throws Error naming what does not fit together */
export function estimatorsProblem(golden: EstimatorsCase): GoldenProblem {
  const { name } = golden;
  const network = networkIn(golden);
  const { layout } = network;
  const theta = pack(name, layout, golden.weights);
  const data: Dataset = {
    factors: golden.inputs.map((rows, m) => {
      const readAt = golden.factors?.[m]?.readAt;
      return {
        rows: rows.length,
        width: flat(rows[0]).length,
        inputs: Float64Array.from(flat(rows)),
        scale: Float64Array.from(golden.scale[m]),
        ...(readAt && { readAt: Uint16Array.from(readAt) }),
      };
    }),
    target: Float64Array.from(golden.target),
  };
  const gradients = golden.estimates.map((estimate) => ({
    method: estimate.method + (estimate.mean ? ', mean over signs' : ''),
    request: requestOf(golden, estimate, { network, theta, data }),
    expected: {
      loss: golden.loss,
      output: golden.output,
      gradient: pack(name, layout, estimate.gradient),
      derivatives: flat(estimate.derivatives),
    },
  }));
  const byTime = (histories: EstimatorsCase['spikes']) =>
    histories.map((rows, m) =>
      golden.hidden[m].map((_, depth) =>
        Array.from({ length: network.T }, (_, t) => rows.flatMap((ofRow) => ofRow[depth][t])).flat(),
      ),
    );
  return { name, gradients, spikes: byTime(golden.spikes), membranes: byTime(golden.membranes) };
}

/** @throws Error where its neurons have other constants, or its inputs other weights over time, than the file says */
function networkIn(golden: EstimatorsCase): Network {
  const { name, T, threshold, leak, centre, rank, reset = 'subtract', factors = [] } = golden;
  const shapes = golden.hidden.map((widths, m) => {
    const [row] = golden.inputs[m] ?? [];
    return [(factors[m]?.sequence ? flat(row).length / T : row?.length) ?? 0, ...widths];
  });
  const held = networkOf(shapes, { T, threshold, leak, reset, centre, rank });
  const network = networkFrom({
    ...held,
    factors: held.factors.map((factor, m) => {
      const { sequence, synapse, readDecay } = factors[m] ?? {};
      return { ...factor, sequence, synapse, readDecay };
    }),
  });
  factors.forEach(({ kernels, sequenceWeights: weights }, m) => {
    const layers = network.layout.hidden[m];
    for (const layer of layers) {
      const drawn = kernelsOf(network, layer);
      for (const constant of CONSTANTS) {
        const error = arrayError(drawn?.[constant] ?? [], kernels?.[layer.depth]?.[constant] ?? []);
        if (error > 0) throw new Error(`${name}: ${layer.name} has other constants “${constant}” than these`);
      }
    }
    if (weights && arrayError(sequenceWeights(network, layers[0]), flat(weights)) > 1e-12)
      throw new Error(`${name}: ${layers[0].name} has other weights of its inputs over time than these`);
  });
  return network;
}

function requestOf(
  { name, sigma, epsilon }: EstimatorsCase,
  { method: id, mean, directions }: EstimatorsCase['estimates'][number],
  { network, theta, data }: { network: Network; theta: Float64Array; data: Dataset },
): GradientRequest {
  const found = METHODS.find((one) => methodId(one) === id.replace(/^SG-/, ''));
  if (!found) throw new Error(`${name}: there is no method “${id}”`);
  const { derivation, perturbation, layerwise } = found;
  const { layout } = network;
  const rows = data.factors.map((factor) => factor.rows);
  const places = rowPlaces(layout, perturbation, rows);
  return {
    network,
    theta,
    data,
    method: {
      ...{ derivation, perturbation, layerwise, epsilon },
      surrogate: { kind: 'SG', sigma, samples: 1 },
      ...(mean && { averaged: true }),
      scales: layout.layers.map(() => 1),
    },
    directions: directions.map((layers) => {
      const vector = new Float64Array(directionSize(layout, perturbation, rows));
      if (perturbation !== 'activity') vector.set(pack(name, layout, layers as readonly Affine[]));
      if (perturbation !== 'parameters') layers.forEach((layer, l) => setRows(vector, places[l], layer));
      return vector;
    }),
    samples: { kind: 'drawn', seed: 0, step: 0 },
  };
}

/** Signs of the rows of one layer: of its neurons, or r of its outputs and s of its inputs. */
function setRows(vector: Float64Array, { at, each }: RowPlace, layer: unknown): void {
  const rows = (Array.isArray(layer) ? layer : (layer as { rows: { r: number[]; s: number[] }[] }).rows).map(
    (row: number[] | { r: number[]; s: number[] }) => (Array.isArray(row) ? row : [...row.r, ...row.s]),
  );
  rows.forEach((signs: number[], n: number) => {
    vector.set(signs, at + n * each);
  });
}

/** W and b of every layer in the order of θ. */
function pack(name: string, layout: Layout, maps: readonly Affine[]): Float64Array {
  const packed = new Float64Array(layout.size);
  for (const { index, weights, biases, outputs, inputs } of layout.layers) {
    const { W, b } = maps[index] ?? { W: [], b: [] };
    if (flat(W).length !== outputs * inputs || b.length !== outputs)
      throw new Error(`${name}: layer ${index} is not ${outputs} × ${inputs} with ${outputs} biases`);
    packed.set(flat(W), weights);
    packed.set(b, biases);
  }
  return packed;
}
