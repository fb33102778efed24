// Writes the part “given” of temporal.json beside it (`npx tsx tests/golden/temporal-given.mts`): shapes of networks, and the constants of
// their neurons, which come from the project's own random numbers. temporal.py computes all the rest from it.
import { readFileSync, writeFileSync } from 'node:fs';
import type { FactorSpec } from '../../src/snn/network.ts';
import type { SynapseSpec } from '../../src/snn/neuron.ts';
import { kernelsOf } from '../../src/snn/synapse.ts';
import { networkOf } from '../support/snn.ts';

interface Shape {
  readonly name: string;
  readonly T: number;
  readonly leak: number;
  readonly threshold?: number;
  readonly reset?: 'subtract' | 'zero';
  readonly centre?: number;
  readonly rank?: number;
  /** [factor] of inputs and hidden widths. */
  readonly shapes: readonly (readonly number[])[];
  /** Rows of each factor. */
  readonly rows: readonly number[];
  /** `readAt`: a time step for each row. */
  readonly factors: readonly (Pick<FactorSpec, 'sequence' | 'synapse' | 'readDecay'> & {
    readonly readAt?: readonly number[];
  })[];
}

const response = (seed: number, longestDelay: number): SynapseSpec => ({
  ...{ kind: 'response', seed, longestDelay },
  ...{ decays: [0.1, 0.7], refractory: [0.3, 0.9] },
});
const SHAPES: readonly Shape[] = [
  {
    ...{ name: 'temporal, LIF', T: 9, leak: 0.9, threshold: 0.8 },
    ...{ shapes: [[2, 4, 3]], rows: [2], factors: [{ sequence: true }] },
  },
  {
    ...{ name: 'temporal, IF, filtered read-out', T: 10, leak: 1, rank: 1, centre: 0.5 },
    ...{ shapes: [[2, 5]], rows: [3], factors: [{ sequence: true, readDecay: 0.7 }] },
  },
  {
    ...{ name: 'temporal, CuBa-LIF', T: 10, leak: 0.8 },
    ...{ shapes: [[2, 4, 3]], rows: [2] },
    factors: [{ sequence: true, synapse: { kind: 'exponential', decay: 0.6 } }],
  },
  {
    ...{ name: 'temporal, CuBa-LIF, reset to zero', T: 9, leak: 0.7, threshold: 1.2, reset: 'zero' },
    ...{ shapes: [[2, 4]], rows: [2] },
    factors: [{ synapse: { kind: 'exponential', decay: 0.5 }, readDecay: 0.9 }],
  },
  {
    ...{ name: 'temporal, SRM', T: 12, leak: 1 },
    ...{ shapes: [[2, 5, 3]], rows: [2], factors: [{ sequence: true, synapse: response(3, 4) }] },
  },
  {
    ...{ name: 'temporal, SRM, filtered read-out', T: 10, leak: 1, threshold: 0.7 },
    ...{ shapes: [[3, 6]], rows: [2] },
    factors: [{ sequence: true, synapse: response(8, 5), readDecay: 0.85 }],
  },
  {
    ...{ name: 'temporal, branch and trunk', T: 8, leak: 0.9, rank: 2, centre: 0.5 },
    shapes: [
      [1, 4, 3],
      [2, 4],
    ],
    ...{ rows: [2, 3], factors: [{ sequence: true, synapse: response(5, 3), readDecay: 0.8 }, {}] },
  },
  {
    ...{ name: 'temporal, SRM, rows read at different times', T: 9, leak: 1, rank: 1, centre: 0.5 },
    ...{ shapes: [[2, 5, 3]], rows: [3] },
    factors: [{ sequence: true, synapse: response(6, 2), readDecay: 0.8, readAt: [8, 5, 7] }],
  },
  {
    ...{ name: 'temporal, CuBa-LIF, branch read at different times', T: 8, leak: 0.8, rank: 2 },
    shapes: [
      [1, 5],
      [1, 4],
    ],
    rows: [3, 2],
    factors: [
      {
        ...{ sequence: true, synapse: { kind: 'exponential', decay: 0.6 } },
        ...{ readDecay: 0.9, readAt: [4, 7, 6] },
      },
      {},
    ],
  },
];

const given = SHAPES.map((shape) => {
  const spec = { threshold: 1, reset: 'subtract' as const, centre: 0, rank: 1, ...shape };
  const bare = networkOf(spec.shapes, { T: spec.T, leak: spec.leak });
  const network = { ...bare, factors: bare.factors.map((factor, m) => ({ ...factor, ...spec.factors[m] })) };
  const factors = spec.factors.map((factor, m) => ({
    ...factor,
    ...(factor.synapse && {
      kernels: network.layout.hidden[m].map((layer) => {
        const kernels = kernelsOf(network, layer);
        if (!kernels) throw new Error(`${spec.name}: no constants of ${layer.name}`);
        const { delay, decay, height, leak } = kernels;
        return { delay: [...delay], decay: [...decay], height: [...height], leak: [...leak] };
      }),
    }),
  }));
  return { ...spec, factors };
});
const file = new URL('./temporal.json', import.meta.url);
writeFileSync(file, `${JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), given })}\n`);
