/**
 * The records that the compiled kernels read, field by field in the order of assembly/records.ts: i is a
 * 32-bit integer or an address, f a float32.
 */
type Fields = Readonly<Record<string, 'i' | 'f'>>;

export const TASK = {
  parameters: 'i',
  layerCount: 'i',
  headCount: 'i',
  first: 'i',
  T: 'i',
  block: 'i',
  slots: 'i',
  keep: 'i',
  fused: 'i',
  derivation: 'i',
  global: 'i',
  perturbation: 'i',
  surrogate: 'i',
  samples: 'i',
  directionCount: 'i',
  directionLength: 'i',
  groups: 'i',
  optimiser: 'i',
  seed: 'i',
  leak: 'f',
  threshold: 'f',
  centre: 'f',
  sigma: 'f',
  weakScale: 'f',
  epsilon: 'f',
  beta1: 'f',
  beta1Rest: 'f',
  beta2: 'f',
  beta2Rest: 'f',
  stabiliser: 'f',
  layers: 'i',
  heads: 'i',
  factors: 'i',
  theta: 'i',
  thetaNext: 'i',
  m: 'i',
  mNext: 'i',
  v: 'i',
  vNext: 'i',
  gradientFlat: 'i',
  shifted: 'i',
  derivatives: 'i',
  thetaSet: 'i',
  workSet: 'i',
  directionSets: 'i',
  plainSets: 'i',
  setBytes: 'i',
  packedGradient: 'i',
  packedGradientBytes: 'i',
  gaussian: 'i',
  growth: 'i',
  normals: 'i',
  words: 'i',
  sampleRows: 'i',
  currents: 'i',
  rankScratch: 'i',
  targets: 'i',
  output: 'i',
  losses: 'i',
  plan: 'i',
  planBytes: 'i',
  planDirections: 'i',
  trace: 'i',
} as const;

export const FACTOR = {
  rows: 'i',
  poolRows: 'i',
  width: 'i',
  depths: 'i',
  firstLayer: 'i',
  inputs: 'i',
  scales: 'i',
  indicesAt: 'i',
  indices: 'i',
  rates: 'i',
  ratesStride: 'i',
  slopes: 'i',
  slopesStride: 'i',
  workRates: 'i',
  rateAdjoint: 'i',
  rateBytes: 'i',
  tangents: 'i',
} as const;

export const LAYER = {
  index: 'i',
  factor: 'i',
  hidden: 'i',
  depth: 'i',
  inputs: 'i',
  outputs: 'i',
  tiles: 'i',
  inputTiles: 'i',
  weights: 'i',
  biases: 'i',
  end: 'i',
  read: 'i',
  rateFactor: 'f',
  estimateFactor: 'f',
  rowsAt: 'i',
  rowLength: 'i',
  bias: 'i',
  columns: 'i',
  table: 'i',
  transposed: 'i',
  gradientBias: 'i',
  gradientColumns: 'i',
  ratesAt: 'i',
  membrane: 'i',
  current: 'i',
  counts: 'i',
  bits: 'i',
  bitsStride: 'i',
  times: 'i',
  derivative: 'i',
  adjoint: 'i',
  tangentMembrane: 'i',
  tangentRates: 'i',
  tangentSpikes: 'i',
  explicitSamples: 'i',
  traceMembrane: 'i',
} as const;

const PROJECTION = {
  layer: 'i',
  values: 'i',
  base: 'i',
  work: 'i',
  adjoint: 'i',
  stride: 'i',
  adjointStride: 'i',
} as const;
const HEAD = { rank: 'i', quads: 'i', weight: 'f' } as const;

export type TaskRecord = Record<keyof typeof TASK, number>;
export type FactorRecord = Record<keyof typeof FACTOR, number>;
export type LayerRecord = Record<keyof typeof LAYER, number>;
export type ProjectionRecord = Record<keyof typeof PROJECTION, number>;
export type HeadRecord = Record<keyof typeof HEAD, number> & {
  readonly projections: readonly ProjectionRecord[];
};

export const sizeOf = (fields: Fields) => 4 * Object.keys(fields).length;
/** Bytes of each record, to be compared with what was compiled. */
export const RECORD_BYTES = {
  task: sizeOf(TASK),
  factor: sizeOf(FACTOR),
  layer: sizeOf(LAYER),
  head: sizeOf(HEAD) + 3 * sizeOf(PROJECTION),
};

export function writeRecord<F extends Fields>(
  view: DataView,
  at: number,
  fields: F,
  values: Record<keyof F, number>,
): void {
  let offset = at;
  for (const [name, type] of Object.entries(fields)) {
    if (type === 'f') view.setFloat32(offset, values[name], true);
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

/** Values of the enumerations in assembly/records.ts. */
export const DERIVATION = { none: 0, reverse: 1, forward: 2, differences: 3 } as const;
export const PERTURBATION = { parameters: 0, flipout: 1, activity: 2 } as const;
export const SURROGATE = { none: 0, SG: 1, WSG: 2 } as const;
export const OPTIMISER = { sgd: 0, normalised: 1, adam: 2 } as const;
