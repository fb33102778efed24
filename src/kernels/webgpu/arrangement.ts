import { isHeld, type Layer, rowWidth } from '../../snn/network.ts';
import { directionSize } from '../../snn/row-directions.ts';
import type { Work } from './work.ts';

/** What of a device bounds the work; the names are those of GPUSupportedLimits. */
export interface Limits {
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
}

/** Threads of a workgroup in every stage but the simulation and the reverse scan of wide layers. */
export const THREADS = 64;
/** Partial sums over the batch: at most so many for each factor, and so many numbers in all. */
const MOST_PARTIALS = 64;
const PARTIAL_NUMBERS = 1 << 24;
/** Tangents that one workgroup carries along. */
const MOST_TANGENTS = 4;
/** Words of workgroup memory for the table offsets of WSG: few, since software adapters are slow to compile what sets them to zero. */
const OFFSET_WORDS = 256;
/** Terms of the gradient's norm that every workgroup of an update may sum anew. */
const NORM_TERMS = 1 << 16;

const SYNAPSES = { none: 0, exponential: 1, response: 2 };

/** How one factor is cut into workgroups, and where its arrays lie. Blocks are numbered through all factors. */
interface FactorPlace {
  readonly rows: number;
  /** Numbers of a row in `data`. */
  readonly width: number;
  /** 1 where each time step has inputs of its own. */
  readonly sequence: number;
  /** 1 where the first layer's current is not the same at all time steps. */
  readonly varies: number;
  readonly depths: number;
  /** Neurons of all hidden layers. */
  readonly neurons: number;
  /** Offsets in `data`: inputs, row scales and the time steps at which rows are read. */
  readonly data: number;
  readonly scale: number;
  readonly readAt: number;
  /** First of its rows among the rows of a step. */
  readonly row: number;
  /** Simulation: first block. Combination and reverse scan: first block and number of blocks. */
  readonly block: number;
  readonly combine: number;
  readonly combineBlocks: number;
  readonly reverse: number;
  readonly reverseBlocks: number;
  /** Combination: points a row is combined with, threads that share a row. */
  readonly others: number;
  readonly lanes: number;
  /** Tangent slots of each of its heads. */
  readonly slots: number;
  /** Offsets in `work`: mean rates and sums of adjoints over time. */
  readonly rates: number;
  readonly sums: number;
  /** Derivatives of each row (flipout, activity): how many, and their offset in `work`. */
  readonly rowSlots: number;
  readonly rowDerivatives: number;
  /** Offset in `work` of how the last layer's rates move where ξ is averaged: at +ε and at -ε, [sign][row][neuron]; ṙ in forward mode. */
  readonly moved: number;
  /** Offset in `work` of what the first layer's neurons are fed as a mean over time, [row][neuron][input] (activity perturbation). */
  readonly means: number;
  /** Kind of its neurons' synapses; 1 where its read-out sees spikes filtered, and where it does so at each row's own time step. */
  readonly synapse: number;
  readonly filtered: number;
  readonly readAnywhen: number;
  /**
   * Offset in `work` of currents on their way, [group][row][step][neuron][current, tangents], rows being whole workgroups' and steps as
   * many as the longest delay and one more; in reverse mode of ∂L/∂I, [row][t][neuron].
   */
  readonly waiting: number;
  /** Offsets in `history`: spike masks and values over time. */
  readonly masks: number;
  readonly values: number;
}

/** Where a head's projections of one factor lie in `work`: values q, adjoints p̄, tangents ṗ. */
interface ProjectionPlace {
  readonly layer: number;
  readonly values: number;
  readonly adjoints: number;
  readonly tangents: number;
}

/** Sizes of everything: how the work is cut into threads and workgroups and where each array lies. */
export type Arrangement = ReturnType<typeof arrange>;

export function arrange(work: Work, limits: Limits) {
  const { network, rows, available } = work;
  const { layout } = network;
  const heads = layout.heads.slice(0, work.heads);
  const hiddenLayers = layout.layers.filter((layer) => layer.role === 'hidden');
  const groups = work.layerwise ? layout.layers.length : 1;
  const derivatives = work.directions * groups;
  const points = rows.reduce((n, r) => n * r, 1);

  const widest = Math.max(...layout.layers.map((l) => (l.role === 'hidden' ? l.outputs : l.inputs)));
  const depths = Math.max(...layout.hidden.map((layers) => layers.length));
  const drawsOffsets = work.surrogate === 'WSG' && !work.explicitSamples;
  // The offsets of one time step have to have room: of narrow layers with many samples fewer rows are taken at once.
  const fewest = drawsOffsets ? Math.ceil((THREADS * depths * work.samples) / OFFSET_WORDS) : 1;
  const lanes = Math.min(powerOfTwo(Math.max(widest, fewest)), 256, limits.maxComputeInvocationsPerWorkgroup);
  const threads = Math.max(THREADS, lanes);
  const rowsAtOnce = threads / lanes;
  const perLane = Math.ceil(widest / lanes);
  const width = lanes * perLane;

  const offsets = drawsOffsets ? OFFSET_WORDS : 1;
  const tile = Math.max(1, Math.floor(offsets / (rowsAtOnce * depths * work.samples)));
  const perTangent = 2 * rowsAtOnce * width * 4;
  const room = Math.floor((limits.maxComputeWorkgroupStorageSize - perTangent - offsets * 4) / perTangent);
  const tangents =
    work.derivation === 'forward' ? Math.max(1, Math.min(MOST_TANGENTS, work.directions, room)) : 1;
  const tangentGroups = Math.ceil(work.directions / tangents);

  // Variants of θ under finite differences: itself, then plus and minus for every derivative that needs a simulation of its own,
  // then plus and minus for all projecting layers at once, which need none. Node perturbation has one at rest, then plus and minus
  // for every direction and depth, at which all factors are shifted at once: their projections are read one factor at a time.
  const nodes = work.derivation === 'differences' && work.perturbation === 'activity';
  const shifted = nodes ? depths : work.layerwise ? hiddenLayers.length : 1;
  const simulatedVariants = 1 + 2 * work.directions * shifted;
  const projecting = work.layerwise && !nodes ? 2 * work.directions : 0;
  const variants = work.derivation === 'differences' ? simulatedVariants + projecting : 1;
  const simulationGroups = {
    none: 1,
    reverse: 1,
    forward: (work.layerwise ? depths : 1) * tangentGroups,
    differences: simulatedVariants,
  }[work.derivation];

  const at = { data: 0, row: 0, work: 0, history: 0, block: 0, combine: 0, reverse: 0 };
  const take = (where: keyof typeof at, n: number) => {
    const start = at[where];
    at[where] += n;
    return start;
  };

  const projectionNumbers = heads.reduce((n, head) => n + head.rank * rows.reduce((a, b) => a + b, 0), 0);
  const values = take('work', projectionNumbers * variants);
  const combines = work.derivation !== 'none' && (work.derivation !== 'differences' || nodes);
  const adjoints = take('work', combines ? projectionNumbers : 0);
  const perRow = work.perturbation !== 'parameters';
  const keepsRates = storesRates(work);
  const words = Math.ceil(network.T / 32);
  const reverseMost = Math.max(1, Math.min(MOST_PARTIALS, Math.floor(PARTIAL_NUMBERS / layout.size)));

  const synapses = network.factors.flatMap(({ synapse }) => synapse ?? []);
  const longestDelay = Math.max(
    0,
    ...synapses.map((one) => (one.kind === 'response' ? one.longestDelay : 0)),
  );
  const steps = longestDelay + 1;
  // Without delays nothing is on its way but adjoints in reverse mode.
  const waiting = Math.max(
    longestDelay > 0 ? simulationGroups * steps * (1 + tangents) : 0,
    work.derivation === 'reverse' ? network.T : 0,
  );

  const factors = layout.hidden.map((layers, m): FactorPlace => {
    const neurons = layers.reduce((n, layer) => n + layer.outputs, 0);
    const { inputs, sequence = false, synapse, readDecay } = network.factors[m];
    const wholeRows = Math.ceil(rows[m] / rowsAtOnce) * rowsAtOnce;
    const width = rowWidth(network, m);
    const others = points / Math.max(1, rows[m]);
    const sharing = Math.min(THREADS, powerOfTwo(others));
    const combineBlocks = Math.min(MOST_PARTIALS, Math.ceil((rows[m] * sharing) / THREADS));
    const reverseBlocks = Math.min(reverseMost, Math.ceil(rows[m] / rowsAtOnce));
    const starts = work.layerwise ? layers.length : 1;
    const flipped = work.layerwise && work.perturbation === 'flipout' ? heads.length : 0;
    const rowSlots = perRow ? (starts + flipped) * work.directions : 0;
    // Activity perturbs no projection.
    const ownProjections = work.layerwise && work.perturbation !== 'activity' ? 1 : 0;
    const historyNumbers = work.history === 'none' ? 0 : rows[m] * neurons;
    return {
      rows: rows[m],
      width,
      sequence: Number(sequence),
      varies: Number(!isHeld(network, m)),
      depths: layers.length,
      neurons,
      data: take('data', available[m] * width),
      scale: take('data', available[m]),
      readAt: take('data', work.haveReadAt[m] ? available[m] : 0),
      row: take('row', rows[m]),
      block: take('block', Math.ceil(rows[m] / rowsAtOnce)),
      combine: take('combine', combineBlocks),
      combineBlocks,
      reverse: take('reverse', reverseBlocks),
      reverseBlocks,
      others,
      lanes: sharing,
      slots: (starts + ownProjections) * work.directions,
      rowSlots,
      rowDerivatives: take('work', rows[m] * rowSlots),
      moved: take('work', work.averaged ? 2 * rows[m] * layers[layers.length - 1].outputs : 0),
      means: take(
        'work',
        !isHeld(network, m) && work.perturbation === 'activity' ? rows[m] * layers[0].outputs * inputs : 0,
      ),
      synapse: SYNAPSES[synapse?.kind ?? 'none'],
      filtered: Number(readDecay !== undefined),
      readAnywhen: Number(readDecay !== undefined && work.haveReadAt[m]),
      waiting: take('work', synapse ? waiting * wholeRows * neurons : 0),
      rates: take('work', keepsRates ? rows[m] * neurons : 0),
      sums: take('work', work.derivation === 'reverse' ? rows[m] * neurons : 0),
      masks: take('history', historyNumbers * words),
      values: take('history', historyNumbers * network.T),
    };
  });

  let inProjection = 0;
  const projections = heads.map((head) =>
    head.layers.map((layer, m): ProjectionPlace => {
      const numbers = rows[m] * head.rank;
      const place = {
        layer,
        values: values + inProjection,
        adjoints: adjoints + inProjection,
        tangents: take('work', work.derivation === 'forward' ? numbers * factors[m].slots : 0),
      };
      inProjection += numbers;
      return place;
    }),
  );

  const slots =
    work.derivation === 'differences' ? derivatives : Math.max(1, ...factors.map((factor) => factor.slots));
  const combineBlocks = work.derivation === 'differences' ? factors[0].combineBlocks : at.combine;
  const needsReduction = work.optimiser === 'none' || work.optimiser === 'normalised';
  const gradientBlocks = Math.ceil(layout.size / THREADS);
  const scratch = {
    losses: take('work', work.heads * factors[0].combineBlocks),
    derivativePartials: take('work', work.directions > 0 && !nodes ? combineBlocks * work.heads * slots : 0),
    gradientPartials: take('work', work.derivation === 'reverse' || perRow ? at.reverse * layout.size : 0),
    gradient: take('work', needsReduction && work.derivation !== 'none' ? layout.size : 0),
    derivatives: take('work', needsReduction ? derivatives : 0),
    loss: take('work', 1),
    norms: take('work', gradientBlocks),
    output: take('work', work.output ? points : 0),
  };
  // Small enough for every workgroup of the update to sum the whole norm itself.
  const normInline = layout.size * Math.max(work.directions, at.reverse) <= NORM_TERMS;
  const stepWords = STEP_HEADER + at.row;

  const directionLength = directionSize(layout, work.perturbation, rows);

  return {
    work,
    heads,
    hiddenLayers,
    factors,
    projections,
    groups,
    derivatives,
    points,
    lanes,
    threads,
    rowsAtOnce,
    perLane,
    depths,
    tile,
    offsets,
    tangents,
    tangentGroups,
    nodes,
    combines,
    waitingSteps: steps,
    synapses: synapses.length > 0,
    variants,
    simulatedVariants,
    projectionNumbers,
    simulationGroups,
    slots,
    combineBlocks,
    gradientBlocks,
    simulationBlocks: at.block,
    allCombineBlocks: at.combine,
    reverseBlocks: at.reverse,
    normInline,
    scratch,
    maskWords: words,
    settingWords: SETTINGS.length + 2 * layout.layers.length,
    stepWords,
    /** Offset of the targets in `data`. */
    target: at.data,
    /** Numbers of one run. */
    workNumbers: at.work,
    historyNumbers: at.history,
    directionNumbers: work.directions * directionLength,
    directionLength,
    perRow,
  };
}

/** Whether mean rates are kept for a later stage. */
export function storesRates({ derivation, history, perturbation }: Work): boolean {
  return derivation === 'reverse' || history === 'membranes' || perturbation === 'activity';
}

/** Words of a step in the plan before its row numbers: seed, step, rate, two corrections, place of its loss. */
export const STEP_HEADER = 6;

/** Words of a run in the plan before its layers' numbers. */
export const SETTINGS = [
  'STRIDE',
  'THRESHOLD',
  'LEAK',
  'CENTRE',
  'SIGMA',
  'HALF_PRECISION',
  'PEAK',
  'EPSILON',
  'HALF_EPSILON',
  'BETA1',
  'ONE_MINUS_BETA1',
  'BETA2',
  'ONE_MINUS_BETA2',
  'STABILISER',
] as const;

/** First numbers of the layers' neurons among the hidden neurons of their factor. */
export function firstNeuron(layers: readonly Layer[], layer: Layer): number {
  return layers.slice(0, layer.depth).reduce((n, one) => n + one.outputs, 0);
}

export function powerOfTwo(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}
