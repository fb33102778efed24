/**
 * What the host writes into the memory of the compiled kernels: plain records of 32-bit fields. `npm run build:wasm` writes
 * the classes and enumerations of assembly/records.ts from these lists, so that both sides agree on every field. A
 * `usize` is a byte address. A parameter set is a copy of θ, of a direction or of a perturbed θ, packed layer by layer as
 * tiles.
 */

/** Names in the order of their values 0, 1, … */
export const ENUMERATIONS = {
  /** How the gradient comes about: see src/snn/method.ts. */
  Derivation: ['none', 'reverse', 'forward', 'differences'],
  /** What a direction perturbs: θ, θ with each row's own signs, or each row's own currents. */
  Perturbation: ['parameters', 'flipout', 'activity'],
  Surrogate: ['none', 'SG', 'WSG'],
  /** What a spike leaves of the membrane potential: U - ϑ, or 0. */
  Reset: ['subtract', 'zero'],
  Optimiser: ['sgd', 'normalised', 'adam'],
} as const;
type Enumeration = keyof typeof ENUMERATIONS;

type Fields = Readonly<Record<string, 'i32' | 'u32' | 'usize' | 'f32' | Enumeration>>;

const numbers = <N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name, value) => [name, value])) as Record<N, number>;
export const DERIVATION = numbers(ENUMERATIONS.Derivation);
export const PERTURBATION = numbers(ENUMERATIONS.Perturbation);
export const SURROGATE = numbers(ENUMERATIONS.Surrogate);
export const RESET = numbers(ENUMERATIONS.Reset);
export const OPTIMISER = numbers(ENUMERATIONS.Optimiser);

export const TASK = {
  parameters: 'i32',
  layerCount: 'i32',
  headCount: 'i32',
  /** Factors first … 2 are real; those before are a single row of ones. */
  first: 'i32',
  T: 'i32',
  /** Time steps simulated at once, at most 32. */
  block: 'i32',
  /** Time steps that per-row histories have room for: `block`, or all when `keep` is set. */
  slots: 'i32',
  keep: 'i32',
  /** One row's state at a time is enough (a single factor, no forward passes at perturbed weights). */
  fused: 'i32',
  derivation: 'Derivation',
  global: 'i32',
  perturbation: 'Perturbation',
  surrogate: 'Surrogate',
  samples: 'i32',
  directionCount: 'i32',
  /** Numbers of one direction in a step's plan. */
  directionLength: 'i32',
  groups: 'i32',
  optimiser: 'Optimiser',
  seed: 'u32',
  leak: 'f32',
  threshold: 'f32',
  reset: 'Reset',
  centre: 'f32',
  /** σ, and 1/(samples · σ²) of the weak form. */
  sigma: 'f32',
  weakScale: 'f32',
  epsilon: 'f32',
  beta1: 'f32',
  beta1Rest: 'f32',
  beta2: 'f32',
  beta2Rest: 'f32',
  stabiliser: 'f32',
  layers: 'usize',
  heads: 'usize',
  factors: 'usize',
  theta: 'usize',
  thetaNext: 'usize',
  m: 'usize',
  mNext: 'usize',
  v: 'usize',
  vNext: 'usize',
  gradientFlat: 'usize',
  /** θ + ε δ of WP, flat. */
  shifted: 'usize',
  /** Node perturbation: currents of a first layer, and shifted currents or biases of a layer; Qᵀ Q of a head and a factor. */
  restCurrents: 'usize',
  shiftedCurrents: 'usize',
  /** Spikes of a layer with all currents raised by ε, then lowered, [T] words each as the layer's `bits`; where ξ > 0, one word. */
  bothBits: 'usize',
  upward: 'usize',
  gram: 'usize',
  /** f64 [direction][group]. */
  derivatives: 'usize',
  /** Parameter sets of θ, of perturbed θ (WP) and of the directions (RFG), those `directionBytes` each. */
  thetaSet: 'usize',
  workSet: 'usize',
  directionSets: 'usize',
  /** Parameter sets of the directions before a row's signs go to the directionSets (flipout). */
  plainSets: 'usize',
  directionBytes: 'usize',
  /** The directions' sets have tables. */
  directionTables: 'i32',
  /** Accumulated gradient in packed form, zeroed each step. */
  packedGradient: 'usize',
  packedGradientBytes: 'usize',
  /**
   * -log2 e/(2σ²), the lowest power of 2 that is computed, 1.5 · 2²³, and the six coefficients of 2^x on [-½,
   * ½] times 1/(σ √(2π)).
   */
  gaussian: 'usize',
  /** U̇ of the first layer per unit of a constant current: Σ_{s ≤ t} λ^(t-s), [T]; for reset by subtraction. */
  growth: 'usize',
  normals: 'usize',
  /** δ given outright, or 0: per layer [t][row][sample][neuron]. */
  words: 'usize',
  sampleRows: 'usize',
  /** Currents of one tile, [slots][16]. */
  currents: 'usize',
  /** Two rows of a head's rank. */
  rankScratch: 'usize',
  targets: 'usize',
  output: 'usize',
  losses: 'usize',
  plan: 'usize',
  planBytes: 'usize',
  planDirections: 'usize',
  trace: 'usize',
} as const satisfies Fields;

export const FACTOR = {
  rows: 'i32',
  poolRows: 'i32',
  /** Numbers of a row: the first layer's inputs, of a sequence [t][input]. */
  width: 'i32',
  /** Bytes from the inputs of one time step to those of the next, 0 where they are held. */
  inputStep: 'i32',
  /** The first layer's current is the same at all time steps. */
  held: 'i32',
  depths: 'i32',
  firstLayer: 'i32',
  inputs: 'usize',
  scales: 'usize',
  /** Time step at which each row of the pool is read; 0 where all are at the end. */
  readAt: 'usize',
  /** Byte offset of the row numbers in a step's plan, and their address now. */
  indicesAt: 'usize',
  indices: 'usize',
  /** Mean rates and slopes of depth 0, [row]; the strides are 0 when only one row is kept. */
  rates: 'usize',
  ratesStride: 'usize',
  slopes: 'usize',
  slopesStride: 'usize',
  /** Rates of a perturbed simulation; under node perturbation one at +ε ξ and one at -ε ξ. */
  workRates: 'usize',
  /** The same of one layer alone, with all its currents raised by ε and lowered. */
  bothRates: 'usize',
  /** ∂L/∂r̄ of the row at hand, laid out as its rates. */
  rateAdjoint: 'usize',
  /**
   * Ω, [tile][t][16], its gains where rows are read at time steps of their own, [step][tile][16], and what of it the inputs of the row at
   * hand make, as the first layer's columns (activity perturbation).
   */
  sequenceWeights: 'usize',
  sequenceGains: 'usize',
  means: 'usize',
  rateBytes: 'usize',
  tangents: 'i32',
  /** Tangents come from the rates' derivatives, see assembly/jacobian.ts, and are not carried through time. */
  jacobian: 'i32',
} as const satisfies Fields;

export const LAYER = {
  index: 'i32',
  factor: 'i32',
  hidden: 'i32',
  depth: 'i32',
  inputs: 'i32',
  outputs: 'i32',
  tiles: 'i32',
  inputTiles: 'i32',
  weights: 'i32',
  biases: 'i32',
  end: 'i32',
  /** Activity: the mean over all ξ. */
  averaged: 'i32',
  /** Some head reads this layer's rates. */
  read: 'i32',
  rateFactor: 'f32',
  /** 1/(K s_l²), under A 1/K. */
  estimateFactor: 'f32',
  /** First number of row 0 in a direction, and numbers a row (A, flipout). */
  rowsAt: 'i32',
  rowLength: 'i32',
  /** Byte offsets in a parameter set; `table` is 0 when spikes are summed column by column, and lies behind all that is no table. */
  bias: 'usize',
  columns: 'usize',
  table: 'usize',
  /** Wᵀ by tiles of inputs, [tile][output][16]: for the scan back (BP). */
  transposed: 'usize',
  gradientBias: 'usize',
  gradientColumns: 'usize',
  /** Byte offset of this depth in a row's rates. */
  ratesAt: 'usize',
  membrane: 'usize',
  current: 'usize',
  counts: 'usize',
  /**
   * ω[t] of the row at hand where the read-out sees spikes filtered, 0 where it sees mean rates; those of all time steps that a row may be
   * read at, [step][t], 0 where all are at the end; Σ_t ω[t] S[t] so far.
   */
  timeWeights: 'usize',
  allTimeWeights: 'usize',
  weighed: 'usize',
  /** What sums over time are multiplied with: 1/T, or 1 where they are weighted. */
  perStep: 'f32',
  /** Of the synapses, 0 where there are none: constants, see assembly/synapse.ts, and delays [tile][16] in time steps. */
  kernels: 'usize',
  delays: 'usize',
  /** Time steps that a current is on its way at most. */
  longestDelay: 'i32',
  /** Biases of 0 where the layer's own do not pass the synapses, else 0. */
  zeros: 'usize',
  /** I of currents and of each tangent, [path][tile][16], and what is on its way, [path][tile][longest delay + block][16]. */
  synapses: 'usize',
  waiting: 'usize',
  /** First layer, reset to zero: U̇⁺ per unit of the constant current, at the end of a block. */
  grown: 'usize',
  /** Spike words, [slot][tile] with `bitsStride` bytes a slot. */
  bits: 'usize',
  bitsStride: 'usize',
  /** Node perturbation, a deeper layer without a table or synapses: currents that several of its simulations share, [tile][slot][16]; else 0. */
  kept: 'usize',
  /** Bit t of a neuron's word: spike at step t; [32 steps][neuron]: for the scan back (BP). */
  times: 'usize',
  /** Surrogate derivative, [tile][slot][16]. */
  derivative: 'usize',
  /** ∂L/∂U, [tile][slot][16]. */
  adjoint: 'usize',
  /** Of the tangents: state and rates [tangent][neuron], spikes of the one at hand [tile][slot][16]. */
  tangentMembrane: 'usize',
  tangentRates: 'usize',
  tangentSpikes: 'usize',
  /** Of a first layer: filtered dS/dZ and spikes, [tile][2][16] at the end of a block and [tile][2][slot][16] in it. */
  filtered: 'usize',
  traces: 'usize',
  /** T times the derivatives of a second layer's rates by its bias, the first layer's currents and its own weights, as its columns. */
  byBias: 'usize',
  byCurrents: 'usize',
  byWeights: 'usize',
  explicitSamples: 'usize',
  traceDistance: 'usize',
} as const satisfies Fields;

const HEAD = {
  rank: 'i32',
  /** Vectors of four that hold the rank. */
  quads: 'i32',
  weight: 'f32',
} as const satisfies Fields;

/** A factor's part in a head; three of them follow each head. */
const PROJECTION = {
  layer: 'i32',
  /** scale · p, [row][4 · quads]; `base` and `work` are what it may point to. */
  values: 'usize',
  base: 'usize',
  work: 'usize',
  adjoint: 'usize',
  /** Second derivative of ½ Σ y² in a row's values, [rank][4 · quads] (node perturbation). */
  curvature: 'usize',
  stride: 'usize',
  adjointStride: 'usize',
} as const satisfies Fields;

export const RECORDS = { Task: TASK, Factor: FACTOR, Layer: LAYER, Head: HEAD, Projection: PROJECTION };

export type TaskRecord = Record<keyof typeof TASK, number>;
export type FactorRecord = Record<keyof typeof FACTOR, number>;
export type LayerRecord = Record<keyof typeof LAYER, number>;
export type ProjectionRecord = Record<keyof typeof PROJECTION, number>;
export type HeadRecord = Record<keyof typeof HEAD, number> & {
  readonly projections: readonly ProjectionRecord[];
};

const sizeOf = (fields: Fields) => 4 * Object.keys(fields).length;
/** Bytes of each record. */
export const RECORD_BYTES = {
  task: sizeOf(TASK),
  factor: sizeOf(FACTOR),
  layer: sizeOf(LAYER),
  head: sizeOf(HEAD) + 3 * sizeOf(PROJECTION),
};

/** A number for these lists, compiled into the kernels: FNV-1a, 32 bits. */
export const FINGERPRINT = [...JSON.stringify([ENUMERATIONS, RECORDS])].reduce(
  (hash, character) => Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0,
  0x811c9dc5,
);

export function writeRecord<F extends Fields>(
  view: DataView,
  at: number,
  fields: F,
  values: Record<keyof F, number>,
): void {
  let offset = at;
  for (const [name, type] of Object.entries(fields)) {
    if (type === 'f32') view.setFloat32(offset, values[name], true);
    else view.setUint32(offset, values[name], true);
    offset += 4;
  }
}

export function writeHead(view: DataView, at: number, head: HeadRecord): void {
  writeRecord(view, at, HEAD, head);
  head.projections.forEach((p, m) => {
    writeRecord(view, at + sizeOf(HEAD) + m * sizeOf(PROJECTION), PROJECTION, p);
  });
}
