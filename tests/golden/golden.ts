/**
 * The golden vectors in the terms of this folder. They were made in float64 by an implementation that shares no code
 * with this one; the conventions are written inside each file.
 */

import type { FactorData, Layout } from '../../src/snn/network.ts';
import type { SurrogateSpec } from '../../src/snn/surrogate.ts';
import { type Case, flat, networkOf } from '../support/snn.ts';
import mlpFixture from './mlp.json';
import operatorsFixture from './operators.json';
import resetZeroFixture from './reset-zero.json';

/** What a golden case says of one surrogate. */
export interface GoldenSurrogate {
  readonly surrogate: SurrogateSpec;
  /** δ/σ for explicitSamples; empty for SG. */
  readonly samples: readonly Float64Array[];
  /** f(U - ϑ): [factor][depth] of [t][row][neuron]; only where the golden file lists them. */
  readonly values?: readonly (readonly number[])[][];
  readonly gradient: readonly number[];
  readonly directions: readonly {
    readonly direction: Float64Array;
    readonly global: number;
    /** By layer index. */
    readonly layerwise: readonly number[];
    readonly output?: readonly number[];
    readonly estimateG?: readonly number[];
    readonly estimateL?: readonly number[];
  }[];
}

/** A golden case with every expected array in the order that this project uses. */
export interface GoldenCase extends Case {
  readonly name: string;
  /** [factor][depth] of [t][row][neuron]. */
  readonly spikes: readonly (readonly number[])[][];
  /** Before the reset. */
  readonly membranes: readonly (readonly number[])[][];
  readonly afterReset?: readonly (readonly number[])[][];
  /** [factor] of [row][neuron] of the last hidden layer. */
  readonly rates: readonly (readonly number[])[];
  /** [factor] of [row][i]; only where the golden file lists them. */
  readonly projections?: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly loss: number;
  readonly surrogates: readonly GoldenSurrogate[];
}

/** What is read of a file in the format of mlp.json, and of operators.json. */
type MlpFixture = Omit<
  typeof mlpFixture,
  'conventions' | 'batch' | 'seed' | 'min_gap_to_threshold' | 'min_gap_wsg' | 'SG' | 'WSG'
> & {
  readonly [Kind in 'SG' | 'WSG']: Omit<(typeof mlpFixture)[Kind], 'max_abs_bp_minus_basis_jvp'>;
} & { readonly reset?: 'subtract' | 'zero' };
interface OperatorMethod {
  readonly gradients: Affine[][];
  readonly jvp_global: number;
  readonly jvp_layerwise: number[][];
}
interface OperatorsFixture {
  readonly cases: readonly {
    readonly name: string;
    readonly T: number;
    readonly threshold: number;
    readonly sigma: number;
    readonly weights: Affine[][];
    readonly inputs: number[][][];
    readonly targets: unknown;
    readonly spikes: number[][][][][];
    readonly membrane_pre_reset: number[][][][][];
    readonly rates_last_hidden: number[][][];
    readonly net_outputs: number[][][];
    readonly outputs: unknown;
    readonly loss_mse: number;
    readonly directions: Affine[][];
    readonly wsg_deltas_shared: number[];
    readonly sg: OperatorMethod;
    readonly wsg: OperatorMethod;
  }[];
}

/** The golden spiking MLP 2-5-4-1 of mlp.json, or that of another file. */
export function goldenMlp(g: MlpFixture = mlpFixture): GoldenCase {
  const [inputs, ...widths] = g.sizes;
  const network = networkOf([[inputs, ...widths.slice(0, -1)]], {
    T: g.T,
    threshold: g.threshold,
    leak: g.leak_lambda,
    reset: g.reset ?? 'subtract',
  });
  const { layout } = network;
  const directions = g.direction_vectors.map((d) => pack(layout, d.dW, d.db));
  // deltas[layer][k][t][sample][neuron] is the order of explicitSamples, times σ.
  const deltas = g.WSG.deltas.map((layer) => Float64Array.from(flat(layer), (delta) => delta / g.sigma));
  const surrogates = (['SG', 'WSG'] as const).map((kind) => ({
    surrogate: { kind, sigma: g.sigma, samples: g.K },
    samples: kind === 'WSG' ? deltas : [],
    values: [g[kind].surrogate_values.map(flat)],
    gradient: Array.from(pack(layout, g[kind].bp_grad_W, g[kind].bp_grad_b)),
    directions: g[kind].directions.map((d, k) => ({
      direction: directions[k],
      global: d.jvp_loss_global,
      layerwise: d.jvp_loss_per_layer,
      output: flat(d.jvp_output_global),
      estimateG: Array.from(pack(layout, d.rfg_g_grad_W, d.rfg_g_grad_b)),
      estimateL: Array.from(pack(layout, d.rfg_l_grad_W, d.rfg_l_grad_b)),
    })),
  }));
  return {
    name: g.reset === 'zero' ? 'mlp, reset to zero' : 'mlp',
    network,
    layout,
    theta: pack(layout, g.W, g.b),
    data: { factors: [rowsOf(g.x)], target: Float64Array.from(flat(g.target)) },
    spikes: [g.spikes.map(flat)],
    membranes: [g.U_pre.map(flat)],
    afterReset: [g.U_post.map(flat)],
    rates: [flat(g.mean_rate_last_hidden)],
    output: flat(g.output),
    loss: g.mse,
    surrogates,
  };
}

interface Affine {
  readonly W: number[][];
  readonly b: number[];
}

/** The golden DeepONets and SepONet of operators.json, or those of another file. */
export function goldenOperators(file = operatorsFixture as OperatorsFixture): GoldenCase[] {
  return file.cases.map((g) => {
    const nets = g.weights;
    const network = networkOf(
      nets.map((net) => [net[0].W[0].length, ...net.slice(0, -1).map((layer) => layer.b.length)]),
      { T: g.T, threshold: g.threshold, rank: nets[0][nets[0].length - 1].b.length },
    );
    const { layout } = network;
    const packed = (layers: readonly Affine[][]) => {
      const list = layers.flat();
      return pack(
        layout,
        list.map((layer) => layer.W),
        list.map((layer) => layer.b),
      );
    };
    const factors = g.inputs.map(rowsOf);
    const shared = Float64Array.from(g.wsg_deltas_shared, (delta) => delta / g.sigma);
    const samples = layout.layers.map((layer) =>
      layer.role === 'hidden'
        ? repeated(shared, g.T * factors[layer.factor].rows * layer.outputs)
        : new Float64Array(0),
    );
    const direction = packed(g.directions);
    const surrogates = (['SG', 'WSG'] as const).map((kind) => {
      const expected = kind === 'SG' ? g.sg : g.wsg;
      return {
        surrogate: { kind, sigma: g.sigma, samples: shared.length },
        samples: kind === 'WSG' ? samples : [],
        gradient: Array.from(packed(expected.gradients)),
        directions: [{ direction, global: expected.jvp_global, layerwise: flat(expected.jvp_layerwise) }],
      };
    });
    return {
      name: g.name,
      network,
      layout,
      theta: packed(g.weights),
      data: { factors, target: Float64Array.from(flat(g.targets)) },
      spikes: g.spikes.map((net) => net.map(timeFirst)),
      membranes: g.membrane_pre_reset.map((net) => net.map(timeFirst)),
      rates: g.rates_last_hidden.map(flat),
      projections: g.net_outputs.map(flat),
      output: flat(g.outputs),
      loss: g.loss_mse,
      surrogates,
    };
  });
}

/** All golden cases. */
export const goldenCases = (): GoldenCase[] => [
  goldenMlp(),
  goldenMlp({ ...resetZeroFixture, reset: 'zero' }),
  ...goldenOperators(),
];

/** W and b of every layer in the order of θ; the layers are in the order of the layout. */
function pack(layout: Layout, W: readonly number[][][], b: readonly number[][]): Float64Array {
  const theta = new Float64Array(layout.size).fill(Number.NaN);
  for (const layer of layout.layers) {
    theta.set(flat(W[layer.index]), layer.weights);
    theta.set(flat(b[layer.index]), layer.biases);
  }
  return theta;
}

function rowsOf(inputs: number[][]): FactorData {
  return {
    rows: inputs.length,
    width: inputs[0].length,
    inputs: Float64Array.from(flat(inputs)),
    scale: new Float64Array(inputs.length).fill(1),
  };
}

/** [row][t][neuron] → [t][row][neuron]. */
function timeFirst(values: readonly (readonly number[][])[]): number[] {
  return values[0].flatMap((_, t) => values.flatMap((row) => row[t]));
}

function repeated(values: Float64Array, times: number): Float64Array {
  return Float64Array.from({ length: values.length * times }, (_, n) => values[Math.floor(n / times)]);
}
