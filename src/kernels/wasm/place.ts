import { groupsOf } from '../../snn/gradient.ts';
import type { Layer } from '../../snn/network.ts';
import { NORMAL_TABLE_PADDING, NORMAL_TABLE_SIZE } from '../../snn/normal-table.ts';
import type { Arena } from './arena.ts';
import type { Job } from './job.ts';
import {
  type FactorRecord,
  GRADIENT,
  type HeadRecord,
  type LayerRecord,
  OPTIMISER,
  RECORD_BYTES,
  SURROGATE,
  type TaskRecord,
} from './records.ts';

/** A row's state is kept for as many time steps as RFG runs at once: a constant, whatever T is. */
const BLOCK = 16;
/** Spikes of a block are the bits of a word. */
const LONGEST_BLOCK = 32;
/** Layers with at most so many inputs look sums of four columns up in a table; wider ones add column by column. */
const TABLE_INPUTS = 128;

const TILE_BYTES = 64;
export const tilesOf = (neurons: number) => Math.ceil(neurons / 16);
const bytesOf = (neurons: number) => tilesOf(neurons) * TILE_BYTES;
const even = (n: number) => n + (n % 2);

/** Where everything of a job lies. */
export interface Placement {
  readonly at: number;
  readonly task: TaskRecord;
  readonly layers: readonly LayerRecord[];
  readonly heads: readonly HeadRecord[];
  /** Always three: a network with fewer has rows of ones in front. */
  readonly factors: readonly FactorRecord[];
  /** A row of ones, as many as the largest rank. */
  readonly ones: number;
}

/** Lays a job out in memory: nothing is written yet. */
export function place(
  job: Job,
  arena: Arena,
  sampleScratch: (steps: number, samples: number) => number,
): Placement {
  const { network, layout, method } = job;
  const gradient = GRADIENT[method?.gradient ?? 'none'];
  const derives = gradient === GRADIENT.BP || gradient === GRADIENT.RFG;
  const first = 3 - network.factors.length;
  const keep = gradient === GRADIENT.BP || job.trace;
  const block =
    gradient === GRADIENT.RFG ? Math.min(BLOCK, even(network.T)) : Math.min(LONGEST_BLOCK, even(network.T));
  const slots = keep ? even(network.T) : block;
  const fused = first === 2 && derives;
  const global = method?.scope === 'G';
  const surrogate = derives && method ? SURROGATE[method.surrogate.kind] : SURROGATE.none;
  const samples = method?.surrogate.samples ?? 0;
  const groups = method && gradient !== GRADIENT.BP ? groupsOf(layout, method.scope).length : 0;
  const shape: Shape = { job, arena, gradient, derives, keep, slots, fused, global, first };

  const at = arena.take(RECORD_BYTES.task);
  const layersAt = arena.take(layout.layers.length * RECORD_BYTES.layer);
  const headsAt = arena.take(layout.heads.length * RECORD_BYTES.head);
  const factorsAt = arena.take(3 * RECORD_BYTES.factor);
  const quads = layout.heads.map((head) => Math.ceil(head.rank / 4));
  const ones = arena.take(16 * Math.max(...quads));

  const set = new SetLayout();
  const sums = new SetLayout();
  const layers = layout.layers.map((layer) => placeLayer(shape, layer, set, sums));
  const packedGradient = arena.take(derives ? sums.bytes : 0);
  const placedLayers = layers.map((layer) => ({
    ...layer,
    gradientBias: packedGradient + layer.gradientBias,
    gradientColumns: packedGradient + layer.gradientColumns,
  }));
  const factors = placeFactors(shape);
  const heads = placeHeads(shape, quads, ones);

  const P = layout.size;
  const state = () => arena.floats(P);
  const total = job.rows.reduce((n, rows) => n * rows, 1);
  const planDirections = 16 + 4 * job.rows.reduce((n, rows) => n + rows, 0);
  const planBytes = Math.ceil((planDirections + 4 * job.directionCount * P + 16) / 16) * 16;
  const wsg = surrogate === SURROGATE.WSG;
  const task: TaskRecord = {
    parameters: P,
    layerCount: layout.layers.length,
    headCount: job.output && !method ? 1 : layout.heads.length,
    first,
    T: network.T,
    block,
    slots,
    keep: Number(keep),
    fused: Number(fused),
    gradient,
    global: Number(global),
    surrogate,
    samples,
    directionCount: job.directionCount,
    groups,
    optimiser: OPTIMISER[job.optimiser?.kind ?? 'sgd'],
    seed: 0,
    leak: network.leak,
    threshold: network.threshold,
    centre: network.centre,
    sigma: method?.surrogate.sigma ?? 1,
    weakScale: method ? 1 / (samples * method.surrogate.sigma ** 2) : 0,
    epsilon: method?.epsilon ?? 0,
    beta1: job.optimiser?.beta1 ?? 0,
    beta1Rest: 1 - (job.optimiser?.beta1 ?? 0),
    beta2: job.optimiser?.beta2 ?? 0,
    beta2Rest: 1 - (job.optimiser?.beta2 ?? 0),
    stabiliser: job.optimiser?.epsilon ?? 0,
    layers: layersAt,
    heads: headsAt,
    factors: factorsAt,
    theta: state(),
    thetaNext: state(),
    m: state(),
    mNext: state(),
    v: state(),
    vNext: state(),
    gradientFlat: state(),
    shifted: state(),
    derivatives: arena.take(8 * job.directionCount * groups),
    thetaSet: arena.take(set.bytes),
    workSet: gradient === GRADIENT.WP ? arena.take(set.bytes) : 0,
    directionSets: gradient === GRADIENT.RFG ? arena.take(set.bytes * job.directionCount) : 0,
    setBytes: set.bytes,
    packedGradient,
    packedGradientBytes: derives ? sums.bytes : 0,
    gaussian: arena.take(36),
    growth: arena.take(4 * network.T),
    normals: wsg && !job.explicitSamples ? arena.take(4 * (NORMAL_TABLE_SIZE + NORMAL_TABLE_PADDING)) : 0,
    words: wsg ? arena.take(sampleScratch(block, samples)) : 0,
    sampleRows: wsg ? arena.take(4 * block * samples) : 0,
    currents: arena.take(slots * TILE_BYTES),
    rankScratch: arena.take(32 * Math.max(...quads)),
    targets: job.data.target.length > 0 ? arena.floats(job.data.target.length) : 0,
    output: job.output ? arena.floats(total) : 0,
    losses: arena.floats(job.plans),
    plan: arena.take(planBytes * job.plans),
    planBytes,
    planDirections,
    trace: Number(job.trace),
  };
  return { at, task, layers: placedLayers, heads, factors, ones };
}

interface Shape {
  readonly job: Job;
  readonly arena: Arena;
  readonly gradient: number;
  readonly derives: boolean;
  readonly keep: boolean;
  readonly slots: number;
  readonly fused: boolean;
  readonly global: boolean;
  readonly first: number;
}

/** Offsets in a packed set of parameters. */
class SetLayout {
  bytes = 0;
  take(bytes: number): number {
    const at = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return at;
  }
}

/** Tangents that the simulation of a factor carries: one a direction, or one a direction and hidden layer. */
function tangentsOf({ job, gradient, global }: Shape, factor: number): number {
  if (gradient !== GRADIENT.RFG) return 0;
  return job.directionCount * (global ? 1 : job.layout.hidden[factor].length);
}

function placeLayer(shape: Shape, layer: Layer, set: SetLayout, sums: SetLayout): LayerRecord {
  const { job, arena, gradient, derives, keep, slots, first } = shape;
  const { network, layout, method, optimiser } = job;
  const hidden = layer.role === 'hidden';
  const depths = layout.hidden[layer.factor].length;
  const tiles = tilesOf(layer.outputs);
  const bytes = tiles * TILE_BYTES;
  const history = tiles * slots * TILE_BYTES;
  const columnBytes = hidden ? layer.inputs * bytes : layer.outputs * bytesOf(layer.inputs);
  const RFG = gradient === GRADIENT.RFG;
  const tangents = tangentsOf(shape, layer.factor);
  const take = (wanted: boolean, size: number) => (wanted ? arena.take(size) : 0);
  const deeper = hidden && layer.depth > 0;
  const read = layout.heads.some((head) =>
    head.layers.some((index) => sameRates(layout.layers[index], layer)),
  );
  const K = Math.max(1, job.directionCount);
  const bitsStride = 8 * Math.ceil(layer.outputs / 64);
  const explicit = job.explicitSamples && hidden && derives && method?.surrogate.kind === 'WSG';

  const record: LayerRecord = {
    index: layer.index,
    factor: layer.factor + first,
    hidden: Number(hidden),
    depth: layer.depth,
    inputs: layer.inputs,
    outputs: layer.outputs,
    tiles,
    inputTiles: tilesOf(layer.inputs),
    weights: layer.weights,
    biases: layer.biases,
    end: layer.end,
    read: Number(hidden && read),
    rateFactor: optimiser?.rateFactors[layer.index] ?? 1,
    estimateFactor: 1 / (K * (method?.scales[layer.index] ?? 1) ** 2),
    bias: set.take(bytes),
    columns: set.take(columnBytes),
    table: deeper && layer.inputs <= TABLE_INPUTS ? set.take(tiles * tilesOf(layer.inputs) * 4096) : 0,
    transposed: take(deeper && gradient === GRADIENT.BP, layer.outputs * bytesOf(layer.inputs)),
    gradientBias: sums.take(bytes),
    gradientColumns: sums.take(columnBytes),
    ratesAt: layout.hidden[layer.factor].slice(0, layer.depth).reduce((n, l) => n + bytesOf(l.outputs), 0),
    membrane: take(hidden, bytes),
    current: take(hidden && layer.depth === 0, bytes),
    counts: take(hidden, bytes),
    bits: take(hidden, bitsStride * slots),
    bitsStride,
    times: take(hidden && keep, Math.ceil(network.T / 32) * bytes),
    derivative: take(hidden && derives, history),
    adjoint: take(deeper && gradient === GRADIENT.BP, history),
    tangentMembrane: take(hidden && RFG, (layer.depth === 0 ? K : tangents) * bytes),
    tangentRates: take(deeper && RFG && read, tangents * bytes),
    tangentSpikes: take(hidden && RFG && layer.depth + 1 < depths, history),
    explicitSamples: take(
      explicit === true,
      network.T * job.rows[layer.factor] * (method?.surrogate.samples ?? 0) * bytes,
    ),
    traceMembrane: take(hidden && job.trace, history),
  };
  return record;
}

const sameRates = (reader: Layer, layer: Layer) =>
  reader.factor === layer.factor && reader.depth === layer.depth;

function placeFactors({ job, arena, derives, gradient, fused, first, ...shape }: Shape): FactorRecord[] {
  const one = arena.take(16);
  const virtual: FactorRecord = {
    rows: 1,
    poolRows: 1,
    width: 0,
    depths: 0,
    firstLayer: 0,
    inputs: one,
    scales: one,
    indicesAt: 0,
    indices: one,
    rates: 0,
    ratesStride: 0,
    slopes: 0,
    slopesStride: 0,
    workRates: 0,
    rateAdjoint: 0,
    rateBytes: 0,
    tangents: 0,
  };
  let indicesAt = 16;
  const real = job.data.factors.map((data, m): FactorRecord => {
    const hidden = job.layout.hidden[m];
    const rows = job.rows[m];
    const rateBytes = hidden.reduce((n, layer) => n + bytesOf(layer.outputs), 0);
    const all = !fused && gradient !== GRADIENT.none;
    const slopeBytes = bytesOf(hidden[0].outputs);
    const allSlopes = all && hidden.length === 1;
    const start = indicesAt;
    indicesAt += 4 * rows;
    return {
      rows,
      poolRows: data.rows,
      width: data.width,
      depths: hidden.length,
      firstLayer: hidden[0].index,
      inputs: arena.floats(data.rows * data.width),
      scales: arena.floats(data.rows),
      indicesAt: start,
      indices: 0,
      rates: arena.take(rateBytes * (all ? rows : 1)),
      ratesStride: all ? rateBytes : 0,
      slopes: derives ? arena.take(slopeBytes * (allSlopes ? rows : 1)) : 0,
      slopesStride: allSlopes ? slopeBytes : 0,
      workRates: gradient === GRADIENT.WP ? arena.take(rateBytes) : 0,
      rateAdjoint: derives ? arena.take(rateBytes) : 0,
      rateBytes,
      tangents: tangentsOf({ job, arena, derives, gradient, fused, first, ...shape }, m),
    };
  });
  return [...Array.from({ length: first }, () => virtual), ...real];
}

function placeHeads(
  { job, arena, gradient, derives, fused, first }: Shape,
  quads: readonly number[],
  ones: number,
): HeadRecord[] {
  const unused = arena.take(16 * Math.max(...quads));
  return job.layout.heads.map((head, h) => {
    const bytes = 16 * quads[h];
    const virtual = {
      layer: 0,
      values: ones,
      base: ones,
      work: ones,
      adjoint: unused,
      stride: 0,
      adjointStride: 0,
    };
    const real = head.layers.map((layer, m) => {
      const rows = fused ? 1 : job.rows[m];
      const base = arena.take(rows * bytes);
      return {
        layer,
        values: base,
        base,
        work: gradient === GRADIENT.WP ? arena.take(rows * bytes) : 0,
        adjoint: derives ? arena.take(rows * bytes) : 0,
        stride: fused ? 0 : bytes,
        adjointStride: fused ? 0 : bytes,
      };
    });
    return {
      rank: head.rank,
      quads: quads[h],
      weight: head.weight,
      projections: [...Array.from({ length: first }, () => virtual), ...real],
    };
  });
}
