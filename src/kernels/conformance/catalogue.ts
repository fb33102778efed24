import { groupsOf, shiftsCurrents } from '../../snn/method.ts';
import type { FactorSpec } from '../../snn/network.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import type { Pinned } from '../../training/config.ts';
import { methodName } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { specsOf } from '../../training/specs.ts';

/** What of time a case has that is no setting of every experiment. */
export interface OverTime extends Pick<FactorSpec, 'synapse' | 'readDecay'> {
  /** Factors whose inputs change from step to step. */
  readonly sequences?: readonly boolean[];
  /** Each row is read at a time step of its own. */
  readonly readAt?: boolean;
  /** The only factor with synapse and filtered read-out; without it all have them. */
  readonly only?: number;
}

/** A configuration by name; the seed is where the search for inputs starts. */
export interface Entry {
  readonly name: string;
  readonly pins: Pinned;
  readonly seed: number;
  readonly time?: OverTime;
}

/** Small operator experiments: nothing is solved for them, their data are random rows of the right width. */
const COMMON: Pinned = { T: 8, batch: [4], rate: 0.01, steps: 3000 };

/** Cases at the edges of the schema, and what a random choice would rarely meet. */
const EDGES: readonly (readonly [string, Pinned])[] = [
  ['one neuron, one step', { hidden: [[1]], T: 1, batch: [1], gradient: 'BP' }],
  ['hat of the paper', { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'BP' }],
  [
    'hat of the paper, layer-wise',
    { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'RFG', scope: 'L', K: 8 },
  ],
  [
    'hat of the paper, global',
    { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'RFG', scope: 'G', K: 3, law: 'gaussian' },
  ],
  ['T 256', { hidden: [[7, 6]], T: 256, gradient: 'BP', batch: [2] }],
  ['T 33, leak', { hidden: [[9, 5]], T: 33, leak: 0.9, gradient: 'RFG', scope: 'L', K: 2, batch: [3] }],
  ['no memory: leak 0', { hidden: [[12, 6]], T: 7, leak: 0, threshold: 0.5, gradient: 'BP' }],
  ['width 512', { hidden: [[512]], T: 4, gradient: 'BP', batch: [2] }],
  ['widths 512-70', { hidden: [[512, 70]], T: 2, gradient: 'RFG', scope: 'L', K: 1, batch: [2] }],
  ['widths 65-129', { hidden: [[65, 129]], T: 3, gradient: 'BP', batch: [2] }],
  [
    'widths 70-33, weak form',
    { hidden: [[70, 33]], T: 3, surrogate: 'WSG', samples: 2, gradient: 'BP', batch: [2] },
  ],
  ['four hidden layers', { hidden: [[5, 17, 8, 4]], gradient: 'BP', localLosses: true, localRank: 3 }],
  [
    'four hidden layers, layer-wise',
    { hidden: [[5, 17, 8, 4]], gradient: 'RFG', scope: 'L', K: 2, localLosses: true, localRank: 2 },
  ],
  [
    'four hidden layers, global',
    { hidden: [[5, 17, 8, 4]], gradient: 'RFG', scope: 'G', K: 2, localLosses: true, leak: 0.7 },
  ],
  ['K 32', { hidden: [[6, 5]], gradient: 'RFG', scope: 'G', K: 32, law: 'hadamard' }],
  [
    '16 samples',
    { hidden: [[4]], T: 4, surrogate: 'WSG', samples: 16, gradient: 'RFG', scope: 'L', batch: [3] },
  ],
  [
    'four narrow layers, 16 samples',
    { hidden: [[1, 2, 2, 1]], T: 4, surrogate: 'WSG', samples: 16, gradient: 'BP', batch: [40] },
  ],
  [
    'odd samples and rows',
    { hidden: [[5, 3]], T: 5, surrogate: 'WSG', samples: 3, gradient: 'BP', batch: [3] },
  ],
  [
    'one sample',
    { hidden: [[5, 3]], T: 5, surrogate: 'WSG', samples: 1, gradient: 'RFG', scope: 'G', batch: [5] },
  ],
  ['rank 13', { experiment: 'poisson', hidden: [[6]], rank: 13, sensors: 5, gradient: 'BP' }],
  [
    'factors of different depth',
    {
      experiment: 'reaction-diffusion',
      hidden: [[6, 5, 4], [3], [7, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      gradient: 'BP',
    },
  ],
  [
    'factors of different depth, layer-wise',
    {
      experiment: 'reaction-diffusion',
      hidden: [[6, 5, 4], [3], [7, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      gradient: 'RFG',
      scope: 'L',
      K: 2,
    },
  ],
  [
    'factors of different depth, perturbed',
    {
      experiment: 'reaction-diffusion',
      hidden: [[4, 3], [3], [3, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      gradient: 'WP',
      scope: 'L',
      K: 1,
      T: 5,
      epsilon: 0.05,
    },
  ],
  [
    '101 sensors',
    { experiment: 'poisson', hidden: [[8], [5]], sensors: 101, rank: 5, gradient: 'RFG', scope: 'L' },
  ],
];

const DRAWN = { gradient: 'RFG', scope: 'A', law: 'rademacher' } as const;
const NODES = { gradient: 'WP', scope: 'A', law: 'rademacher', epsilon: 0.1 } as const;
const LAYERWISE = { gradient: 'RFG', scope: 'L', K: 2 } as const;

/** The same for estimators beyond the paper: every row of a batch is perturbed in its own way. */
const ROW_WISE: readonly (readonly [string, Pinned])[] = [
  ['hat of the page, activity', { ...DRAWN, hidden: [[16, 16]], T: 32, batch: [8], K: 4 }],
  ['one neuron, one row, activity', { ...DRAWN, hidden: [[1]], T: 1, batch: [1] }],
  [
    'widths 17-33, activity',
    { hidden: [[17, 33]], T: 17, batch: [2], gradient: 'RFG', scope: 'A', K: 2, law: 'gaussian' },
  ],
  [
    'factors of different depth, activity',
    {
      experiment: 'reaction-diffusion',
      hidden: [[6, 5, 4], [3], [7, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      gradient: 'RFG',
      scope: 'A',
      law: 'rademacher',
      K: 2,
    },
  ],
  [
    'hat of the page, flipout',
    { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'RFG', scope: 'L', K: 2, flipout: true },
  ],
  [
    'widths 130-17, flipout',
    { hidden: [[130, 17]], T: 3, batch: [2], gradient: 'RFG', scope: 'G', K: 3, flipout: true },
  ],
  [
    'factors of different depth, flipout',
    {
      experiment: 'reaction-diffusion',
      hidden: [[6, 5, 4], [3], [7, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      gradient: 'RFG',
      scope: 'G',
      flipout: true,
      K: 2,
    },
  ],
  ['hat of the page, nodes', { ...NODES, hidden: [[16, 16]], T: 32, batch: [4], K: 1, epsilon: 0.015 }],
  ['one neuron, one row, nodes', { ...NODES, hidden: [[1]], T: 1, batch: [1], epsilon: 0.3 }],
  ['widths 17-33-5, nodes', { ...NODES, hidden: [[17, 33, 5]], T: 7, batch: [2], K: 2, law: 'gaussian' }],
  ['T 37, nodes', { ...NODES, hidden: [[5, 4]], T: 37, batch: [2], localLosses: true, leak: 0.9 }],
  [
    'factors of different depth, nodes',
    {
      ...NODES,
      experiment: 'reaction-diffusion',
      hidden: [[6, 5, 4], [3], [7, 2]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      T: 5,
    },
  ],
  [
    'hat of the page, activity averaged',
    { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'RFG', scope: 'A', K: 3, law: 'mean' },
  ],
  [
    'factors of different depth, activity averaged',
    {
      ...{ gradient: 'RFG', scope: 'A', law: 'mean', experiment: 'reaction-diffusion' },
      ...{ hidden: [[6, 5, 4], [3], [17]], rank: 3, sensors: 3, localLosses: true, K: 6 },
    },
  ],
  [
    'hat of the page, nodes averaged',
    { ...NODES, law: 'mean', hidden: [[16, 16]], T: 32, batch: [3], K: 2, epsilon: 0.015 },
  ],
  [
    'factors of different depth, nodes averaged',
    {
      ...NODES,
      law: 'mean',
      experiment: 'reaction-diffusion',
      hidden: [[6, 5], [3], [17]],
      rank: 3,
      sensors: 3,
      localLosses: true,
      K: 3,
      T: 5,
    },
  ],
  ['widths 130-17, nodes', { ...NODES, hidden: [[130, 17]], T: 4, batch: [2], K: 2, law: 'gaussian' }],
  ['widths 130-140-5, nodes', { ...NODES, hidden: [[130, 140, 5]], T: 3, batch: [2], K: 2, law: 'mean' }],
];

/** The same for neurons that are reset to zero. */
const RESET_TO_ZERO: readonly (readonly [string, Pinned])[] = [
  ['reset to zero', { hidden: [[16, 16]], T: 32, batch: [8], gradient: 'BP' }],
  [
    'reset to zero, T 64, leak',
    { hidden: [[7, 6, 5]], T: 64, leak: 0.9, gradient: 'BP', localLosses: true, batch: [3] },
  ],
  ['reset to zero, layer-wise', { hidden: [[17, 33]], T: 33, gradient: 'RFG', scope: 'L', K: 2, batch: [3] }],
  [
    'reset to zero, global',
    { hidden: [[12, 18, 4]], T: 19, leak: 0.8, gradient: 'RFG', scope: 'G', K: 3, batch: [3] },
  ],
  [
    'reset to zero, weak form',
    {
      ...{ experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3 },
      ...{ surrogate: 'WSG', samples: 2, gradient: 'BP' },
    },
  ],
  ['reset to zero, one layer', { hidden: [[20]], T: 35, gradient: 'RFG', scope: 'L', K: 2, batch: [4] }],
  [
    'reset to zero, activity',
    { hidden: [[9, 5]], T: 18, batch: [3], gradient: 'RFG', scope: 'A', law: 'mean', K: 2 },
  ],
  [
    'reset to zero, flipout',
    { hidden: [[9, 5]], T: 18, batch: [3], gradient: 'RFG', scope: 'L', flipout: true },
  ],
  ['reset to zero, nodes', { ...NODES, hidden: [[9, 5]], T: 18, leak: 0.9, batch: [3], K: 2 }],
];

/** What names a table of one or two inputs: of a table a case needs nothing but their number. */
const ONE_INPUT = 'table/10/00000000/x/0/1/z/0/1';
const TWO_INPUTS = 'table/10/00000000/x/0/1/y/0/1/z/0/1';
/** The same for tables, whose networks have as many inputs as these. */
const TABLES: readonly (readonly [string, Pinned])[] = [
  ['a table of one input', { data: ONE_INPUT, hidden: [[16, 16]], T: 32, gradient: 'BP' }],
  [
    'a table of one input, layer-wise',
    { data: ONE_INPUT, hidden: [[17]], T: 9, surrogate: 'WSG', gradient: 'RFG', scope: 'L', K: 2 },
  ],
  [
    'a table of two inputs, global',
    { data: TWO_INPUTS, hidden: [[9, 5]], gradient: 'RFG', scope: 'G', K: 3 },
  ],
];

/** The same for sequences of inputs, in each of the first factors where there are several. */
const SEQUENCES: readonly (readonly [string, Pinned, ...boolean[]])[] = [
  ['sequences', { hidden: [[16, 16]], T: 32, batch: [4], gradient: 'BP' }, true],
  ['sequences, one layer, T 35', { hidden: [[20]], T: 35, batch: [3], gradient: 'BP', leak: 0.9 }, true],
  ['sequences, layer-wise', { hidden: [[17, 33]], T: 33, batch: [2], ...LAYERWISE, leak: 0.9 }, true],
  ['sequences, layer-wise, one layer', { hidden: [[20]], T: 19, batch: [3], ...LAYERWISE }, true],
  [
    'sequences, global, weak form, three layers',
    {
      hidden: [[9, 7, 5]],
      T: 9,
      surrogate: 'WSG',
      samples: 2,
      gradient: 'RFG',
      scope: 'G',
      K: 3,
      batch: [2],
    },
    true,
  ],
  ['sequences, flipout', { hidden: [[9, 5]], T: 18, batch: [3], ...LAYERWISE, flipout: true }, true],
  [
    'sequences, flipout, one layer, global',
    { hidden: [[18]], T: 18, batch: [3], gradient: 'RFG', scope: 'G', K: 2, flipout: true },
    true,
  ],
  ['sequences, activity', { ...DRAWN, hidden: [[9, 5]], T: 18, batch: [3], K: 2, leak: 0.8 }, true],
  ['sequences, activity averaged', { ...DRAWN, law: 'mean', hidden: [[17]], T: 18, batch: [3], K: 2 }, true],
  ['sequences, nodes', { ...NODES, hidden: [[9, 5]], T: 18, batch: [2], K: 2, leak: 0.9 }, true],
  ['sequences, nodes averaged', { ...NODES, law: 'mean', hidden: [[17]], T: 35, batch: [2], K: 2 }, true],
  [
    'sequences, perturbed',
    { hidden: [[6, 4]], T: 5, batch: [2], gradient: 'WP', scope: 'L', epsilon: 0.1, localLosses: true },
    true,
  ],
  [
    'sequences in two factors of three',
    {
      ...{ experiment: 'reaction-diffusion', hidden: [[6, 5, 4], [3], [7, 2]], rank: 3, sensors: 3 },
      ...{ gradient: 'BP', localLosses: true, reset: 'zero' },
    },
    ...[true, false, true],
  ],
  [
    'sequences in a branch, layer-wise',
    { experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, ...LAYERWISE, reset: 'zero' },
    true,
  ],
  [
    'sequences in a branch, activity averaged',
    { ...DRAWN, law: 'mean', experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, K: 2 },
    true,
  ],
  [
    'sequences in a branch, nodes averaged',
    { ...NODES, law: 'mean', experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, K: 2 },
    true,
  ],
];

const CUBA: OverTime = { synapse: { kind: 'exponential', decay: 0.7 } };
const SRM: OverTime = {
  synapse: { kind: 'response', seed: 5, longestDelay: 6, decays: [0.1, 0.7], refractory: [0.3, 0.9] },
};
const FILTERED: OverTime = { readDecay: 0.85 };
const FED: OverTime = { sequences: [true] };
/** The same for synapses and for read-outs that see spikes filtered. */
const SYNAPSES: readonly (readonly [string, Pinned, OverTime])[] = [
  ['filtered read-out', { hidden: [[16, 16]], T: 32, batch: [4], gradient: 'BP' }, FILTERED],
  ['filtered read-out, one layer', { hidden: [[20]], T: 9, batch: [4], gradient: 'BP' }, FILTERED],
  ['filtered read-out, layer-wise', { hidden: [[17, 9]], T: 19, batch: [3], ...LAYERWISE }, FILTERED],
  [
    'filtered read-out, one layer, global',
    { hidden: [[17]], T: 19, gradient: 'RFG', scope: 'G', K: 3 },
    FILTERED,
  ],
  ['filtered read-out, activity averaged', { ...DRAWN, law: 'mean', hidden: [[17]], T: 9, K: 2 }, FILTERED],
  ['filtered read-out, nodes', { ...NODES, hidden: [[9, 5]], T: 18, batch: [3], K: 2 }, FILTERED],
  [
    'filtered read-out in a branch',
    { experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, gradient: 'BP', localLosses: true },
    { ...FILTERED, ...FED },
  ],
  ['CuBa-LIF', { hidden: [[16, 16]], T: 32, batch: [3], gradient: 'BP', leak: 0.8 }, CUBA],
  [
    'CuBa-LIF, sequences, layer-wise',
    { hidden: [[17, 9]], T: 19, batch: [3], ...LAYERWISE },
    { ...CUBA, ...FED },
  ],
  [
    'CuBa-LIF, global, reset to zero',
    { hidden: [[9, 5]], T: 18, gradient: 'RFG', scope: 'G', reset: 'zero' },
    CUBA,
  ],
  [
    'CuBa-LIF, one layer, activity averaged',
    { ...DRAWN, law: 'mean', hidden: [[17]], T: 9, leak: 0.7 },
    CUBA,
  ],
  ['CuBa-LIF, nodes', { ...NODES, hidden: [[9, 5]], T: 18, batch: [3], K: 2, leak: 0.5 }, CUBA],
  [
    'CuBa-LIF, perturbed',
    { hidden: [[6]], T: 5, batch: [3], gradient: 'WP', scope: 'G', epsilon: 0.1 },
    CUBA,
  ],
  ['SRM', { hidden: [[16, 16]], T: 33, batch: [3], gradient: 'BP' }, SRM],
  [
    'SRM, one layer, sequences',
    { hidden: [[33]], T: 24, batch: [3], gradient: 'BP' },
    { ...SRM, ...FED, ...FILTERED },
  ],
  ['SRM, sequences, layer-wise', { hidden: [[17, 9]], T: 35, batch: [2], ...LAYERWISE }, { ...SRM, ...FED }],
  [
    'SRM, sequences, global, three layers, weak form',
    {
      hidden: [[9, 5, 4]],
      T: 12,
      surrogate: 'WSG',
      samples: 2,
      gradient: 'RFG',
      scope: 'G',
      K: 2,
      batch: [2],
    },
    { ...SRM, ...FED, ...FILTERED },
  ],
  ['SRM, flipout', { hidden: [[9, 5]], T: 18, batch: [3], ...LAYERWISE, flipout: true }, { ...SRM, ...FED }],
  ['SRM, activity', { ...DRAWN, hidden: [[17, 5]], T: 18, batch: [3], K: 2 }, { ...SRM, ...FED }],
  [
    'SRM, activity averaged',
    { ...DRAWN, law: 'mean', hidden: [[33]], T: 18, batch: [3], K: 2 },
    { ...SRM, ...FED, ...FILTERED },
  ],
  ['SRM, nodes', { ...NODES, hidden: [[9, 5]], T: 35, batch: [2], K: 2 }, { ...SRM, ...FED }],
  [
    'SRM, nodes averaged',
    { ...NODES, law: 'mean', hidden: [[17]], T: 18, batch: [3] },
    { ...SRM, ...FED, ...FILTERED },
  ],
  [
    'SRM in a branch and a trunk',
    { experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, gradient: 'BP', localLosses: true },
    { ...SRM, ...FED },
  ],
  [
    'SRM in a branch, nodes averaged',
    { ...NODES, law: 'mean', experiment: 'poisson', hidden: [[9], [6, 5]], sensors: 4, rank: 3, K: 2 },
    { ...SRM, ...FED, ...FILTERED, only: 0 },
  ],
  [
    'SRM in a branch, layer-wise',
    {
      experiment: 'poisson',
      hidden: [
        [9, 4],
        [6, 5],
      ],
      sensors: 4,
      rank: 3,
      ...LAYERWISE,
    },
    { ...SRM, ...FED, ...FILTERED, only: 0 },
  ],
  [
    'SRM, reset to zero',
    { hidden: [[9, 5]], T: 18, batch: [3], ...LAYERWISE, reset: 'zero' },
    { ...SRM, ...FED },
  ],
  [
    'SRM, reset to zero, reversed',
    { hidden: [[9, 5]], T: 18, batch: [3], gradient: 'BP', reset: 'zero' },
    { ...SRM, ...FED },
  ],
  [
    'SRM in a branch, back-propagation',
    { experiment: 'poisson', hidden: [[9, 4], [6]], sensors: 4, rank: 3, gradient: 'BP', leak: 0.9 },
    { ...SRM, ...FED, ...FILTERED, only: 0 },
  ],
];

/** Filtered read-outs that see each row at a time step of its own. */
const READ: OverTime = { ...FILTERED, readAt: true };
const ROWS_READ: readonly (readonly [string, Pinned, OverTime])[] = [
  ['held inputs', { hidden: [[16, 16]], T: 33, batch: [5], gradient: 'BP' }, READ],
  ['held inputs, layer-wise', { hidden: [[17, 9]], T: 19, batch: [4], ...LAYERWISE }, READ],
  [
    'CuBa-LIF, global, weak form',
    { hidden: [[9, 5]], T: 18, gradient: 'RFG', scope: 'G', surrogate: 'WSG', samples: 2, K: 2 },
    { ...CUBA, ...FED, ...READ },
  ],
  [
    'CuBa-LIF, activity',
    { ...DRAWN, hidden: [[17, 5]], T: 18, batch: [3], K: 2 },
    { ...CUBA, ...FED, ...READ },
  ],
  [
    'SRM, flipout',
    { hidden: [[9]], T: 18, batch: [3], ...LAYERWISE, flipout: true },
    { ...SRM, ...FED, ...READ },
  ],
  ['SRM, nodes', { ...NODES, hidden: [[9, 5]], T: 35, batch: [3], K: 2 }, { ...SRM, ...FED, ...READ }],
  [
    'SRM, perturbed',
    { hidden: [[6]], T: 5, batch: [3], gradient: 'WP', scope: 'L', epsilon: 0.1 },
    { ...SRM, ...FED, ...READ },
  ],
  [
    'SRM in a branch',
    { experiment: 'poisson', hidden: [[9], [6]], sensors: 4, rank: 3, gradient: 'BP', localLosses: true },
    { ...SRM, ...FED, ...READ, only: 0 },
  ],
  [
    'SRM in a branch, activity averaged',
    { ...DRAWN, law: 'mean', experiment: 'poisson', hidden: [[33], [6]], sensors: 4, rank: 3 },
    { ...SRM, ...FED, ...READ, only: 0 },
  ],
  [
    'SRM in a branch, nodes averaged',
    { ...NODES, law: 'mean', experiment: 'poisson', hidden: [[9], [6]], sensors: 4, rank: 3 },
    { ...SRM, ...FED, ...READ, only: 0 },
  ],
];

/** All configurations of the suite: the edges, then `count` at random over the whole schema. */
export function catalogue(count = 56): Entry[] {
  const edges = EDGES.map(([name, pins], i) => ({
    name,
    pins: { ...COMMON, ...pins },
    seed: 1000 + 100 * i,
  }));
  const randomEntries = Array.from({ length: count }, (_, i) => {
    const pins = shrink({ ...COMMON, ...randomPins(new RandomSequence(i, Stream.data, 0, 3000), i) });
    return { name: `random ${i + 1}, ${methodName(resolveConfig(pins))}`, pins, seed: 10000 + 100 * i };
  });
  const resets = RESET_TO_ZERO.map(([name, pins], i) => ({
    name,
    pins: { ...COMMON, ...pins, reset: 'zero' as const },
    seed: 70000 + 100 * i,
  }));
  const tables = TABLES.map(([name, pins], i) => ({
    name,
    pins: { ...COMMON, experiment: 'own-data' as const, ...pins },
    seed: 80000 + 100 * i,
  }));
  const sequences = SEQUENCES.map(([name, pins, ...of], i) => ({
    name,
    pins: { ...COMMON, ...pins },
    seed: 90000 + 100 * i,
    time: { sequences: of },
  }));
  const synapses = SYNAPSES.map(([name, pins, time], i) => ({
    name,
    pins: { ...COMMON, ...pins },
    seed: 100000 + 100 * i,
    time,
  }));
  const rowsRead = ROWS_READ.map(([name, pins, time], i) => ({
    name: `rows read at their own time steps, ${name}`,
    pins: { ...COMMON, ...pins },
    seed: 110000 + 100 * i,
    time,
  }));
  return [
    ...edges,
    ...randomEntries,
    ...rowWise(),
    ...resets,
    ...tables,
    ...[...sequences, ...synapses, ...rowsRead],
  ];
}

function rowWise(): Entry[] {
  const edges = ROW_WISE.map(([name, pins], i) => ({
    name,
    pins: { ...COMMON, ...pins },
    seed: 50000 + 100 * i,
  }));
  const randomEntries = Array.from({ length: 6 }, (_, i) => {
    const random = randomPins(new RandomSequence(i, Stream.data, 0, 4000), i);
    const law = random.law === 'hadamard' && i % 2 === 0 ? 'gaussian' : random.law;
    const own: Pinned = i % 2 === 0 ? { scope: 'A', law } : { flipout: true };
    const pins = shrink({ ...COMMON, ...random, gradient: 'RFG', ...own });
    return { name: `rows ${i + 1}, ${methodName(resolveConfig(pins))}`, pins, seed: 60000 + 100 * i };
  });
  const nodes = Array.from({ length: 6 }, (_, i) => {
    const random = randomPins(new RandomSequence(i, Stream.data, 0, 5000), i);
    const law = i % 2 === 0 ? 'gaussian' : 'rademacher';
    const pins = shrink({ ...COMMON, ...random, gradient: 'WP', scope: 'A', law });
    return { name: `nodes ${i + 1}, ${methodName(resolveConfig(pins))}`, pins, seed: 70000 + 100 * i };
  });
  return [...edges, ...randomEntries, ...nodes];
}

/**
 * So many membranes meet the threshold in a step that one of them comes near it in fewer than about half of
 * all steps.
 */
const MOST_MEETINGS = 6000;

/**
 * The same with fewer time steps, directions and rows, then narrower, until inputs that keep the margin for
 * three steps can be found.
 */
function shrink(pins: Pinned): Pinned {
  const { network, layout, method, batch, directions } = specsOf(resolveConfig(pins));
  const perStep = layout.hidden.reduce(
    (sum, layers, m) => sum + layers.reduce((n, layer) => n + layer.outputs, 0) * batch.rows[m],
    0,
  );
  // Under node perturbation a pass begins at its layer and runs one factor, half of it on average.
  const groups = shiftsCurrents(method)
    ? (1 + Math.max(...layout.hidden.map((layers) => layers.length))) / 2
    : groupsOf(layout, method).length;
  const samples = method.surrogate.kind === 'WSG' ? 1 + method.surrogate.samples : 1;
  const passes = method.derivation === 'differences' ? 1 + 2 * directions.count * groups : 1;
  if (perStep * samples * passes * network.T <= MOST_MEETINGS) return pins;
  const halved = (n: number) => Math.ceil(n / 2);
  if (network.T > 3) return shrink({ ...pins, T: halved(network.T) });
  if (method.derivation === 'differences' && directions.count > 1) return shrink({ ...pins, K: 1 });
  if (batch.rows.some((rows) => rows > 2)) return shrink({ ...pins, batch: batch.rows.map(halved) });
  return shrink({ ...pins, hidden: network.factors.map(({ hidden }) => hidden.map(halved)) });
}

const WIDTHS = [1, 2, 3, 4, 5, 8, 12, 16, 17, 20, 33];

/** Methods, experiments and depths in turn, everything else by the dice. */
function randomPins(random: RandomSequence, i: number): Pinned {
  const one = <T>(...values: readonly T[]): T => values[random.below(values.length)];
  const chance = (p: number) => random.uniform() < p;
  const gradient = (['BP', 'RFG', 'RFG', 'WP'] as const)[i % 4];
  const experiment = (['hat', 'poisson', 'reaction-diffusion'] as const)[i % 3];
  const factors = (i % 3) + 1;
  const widest = gradient === 'WP' ? 6 : WIDTHS.length;
  const shape = () => Array.from({ length: one(1, 1, 2, 2, 3, 4) }, () => WIDTHS[random.below(widest)]);
  const small = gradient === 'WP';
  return {
    experiment,
    gradient,
    surrogate: gradient !== 'WP' && chance(0.45) ? 'WSG' : 'SG',
    scope: one('G', 'L'),
    localLosses: chance(0.4),
    localRank: one(1, 2, 4, 5),
    K: small ? one(1, 2) : one(1, 1, 2, 5),
    law: one('rademacher', 'gaussian', 'hadamard'),
    epsilon: one(0.02, 0.1),
    scales: chance(0.5) ? [1] : [one(0.25, 0.5, 2), 1, one(0.3, 1.5)],
    T: small ? one(2, 4, 5) : one(3, 5, 8, 11, 16, 17),
    threshold: one(1, 1, 0.5, 1.7),
    leak: one(1, 1, 0.95, 0.6),
    sigma: one(0.3, 0.5, 1),
    samples: one(1, 2, 3, 4),
    hidden: chance(0.5) ? [shape()] : Array.from({ length: factors }, shape),
    rank: one(1, 2, 4, 7, 8),
    centring: chance(0.5),
    sensors: one(2, 4, 5, 9),
    batch: Array.from({ length: factors }, () => one(1, 2, 3, 4, 5)),
    hold: one(1, 2),
    optimiser: one('sgd', 'normalised', 'adam'),
    rateFactors: chance(0.5) ? [1] : [1, 0.3, 2],
    schedule: one('constant', 'cosine', 'exponential'),
    reset: one('subtract', 'subtract', 'zero'),
  };
}
