import { isAveraged } from '../../snn/method.ts';
import { isHeld, type Layer } from '../../snn/network.ts';
import { DERIVATION, type LayerRecord } from './records.ts';
import { bytesOf, type Shape, TILE_BYTES, takesJacobian, tangentsOf, tilesOf } from './shape.ts';

/**
 * Layers with at most so many inputs look sums of eight columns up in a table; wider ones, whose tables would not stay in a
 * processor's caches, add column by column.
 */
const TABLE_INPUTS = 128;
/** Of one tile for sixteen inputs: two groups of 256 sums. */
const TABLE_BYTES = 2 * 256 * TILE_BYTES;

/** Offsets in a packed set of parameters. */
export class SetLayout {
  bytes = 0;
  take(bytes: number): number {
    const at = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return at;
  }
}

/** Where a layer's table lies in a parameter set, and without one and without synapses the currents that it keeps; 0 where it has none. */
export function placeSums(
  { job, arena, nodes, slots, first }: Shape,
  { hidden, depth, inputs, tiles, inputTiles, factor }: LayerRecord,
  set: SetLayout,
): Pick<LayerRecord, 'table' | 'kept'> {
  const deeper = hidden && depth > 0;
  const tabled = deeper && inputs <= TABLE_INPUTS;
  const { synapse } = job.network.factors[factor - first];
  return {
    table: tabled ? set.take(tiles * inputTiles * TABLE_BYTES) : 0,
    kept: deeper && nodes && !tabled && !synapse ? arena.take(tiles * slots * TILE_BYTES) : 0,
  };
}

/** Where the parameters, the gradient and the row's state of a layer lie. */
export function placeLayer(shape: Shape, layer: Layer, set: SetLayout, sums: SetLayout): LayerRecord {
  const { job, arena, derivation, derives, slots, block, first, perturbation, places } = shape;
  const { network, method, optimiser } = job;
  const { layout } = network;
  const hidden = layer.role === 'hidden';
  const depths = layout.hidden[layer.factor].length;
  const tiles = tilesOf(layer.outputs);
  const bytes = tiles * TILE_BYTES;
  const history = tiles * slots * TILE_BYTES;
  const columnBytes = hidden ? layer.inputs * bytes : layer.outputs * bytesOf(layer.inputs);
  const RFG = derivation === DERIVATION.forward;
  const tangents = tangentsOf(shape, layer.factor);
  const jacobian = takesJacobian(shape, layer.factor);
  const take = (wanted: boolean, size: number) => (wanted ? arena.take(size) : 0);
  const deeper = hidden && layer.depth > 0;
  const held = hidden && layer.depth === 0 && isHeld(network, layer.factor);
  const { synapse, readDecay } = network.factors[layer.factor];
  const response = hidden && synapse?.kind === 'response';
  const longestDelay = response ? synapse.longestDelay : 0;
  const filtered = hidden && readDecay !== undefined;
  const readAnywhen = filtered && job.data.factors[layer.factor].readAt !== undefined;
  const paths = 1 + tangents;
  const read = layout.heads.some((head) =>
    head.layers.some((index) => sameRates(layout.layers[index], layer)),
  );
  const averaged = method !== undefined && hidden && isAveraged(method, layout, layer);
  const K = Math.max(1, job.directionCount);
  const scale = perturbation === 'activity' ? 1 : (method?.scales[layer.index] ?? 1);
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
    averaged: Number(averaged),
    read: Number(hidden && read),
    rateFactor: optimiser?.rateFactors[layer.index] ?? 1,
    estimateFactor: averaged ? 1 : 1 / (K * scale ** 2),
    rowsAt: places[layer.index].at,
    rowLength: places[layer.index].each,
    bias: set.take(bytes),
    columns: set.take(columnBytes),
    table: 0,
    kept: 0,
    transposed: take(deeper && derivation === DERIVATION.reverse, layer.outputs * bytesOf(layer.inputs)),
    gradientBias: sums.take(bytes),
    gradientColumns: sums.take(columnBytes),
    ratesAt: layout.hidden[layer.factor].slice(0, layer.depth).reduce((n, l) => n + bytesOf(l.outputs), 0),
    membrane: take(hidden, bytes),
    current: take(held, bytes),
    counts: take(hidden, bytes),
    timeWeights: take(filtered && !readAnywhen, 4 * network.T),
    allTimeWeights: take(readAnywhen, 4 * network.T ** 2),
    weighed: take(filtered, bytes),
    perStep: filtered ? 1 : 1 / network.T,
    kernels: take(hidden && synapse !== undefined, 5 * bytes),
    delays: take(hidden && synapse !== undefined, bytes),
    synapses: take(hidden && synapse !== undefined, paths * bytes),
    longestDelay,
    zeros: take(response, bytes),
    waiting: take(longestDelay > 0, paths * (longestDelay + block) * bytes),
    grown: take(held && derives && network.reset === 'zero', bytes),
    bits: take(hidden, bitsStride * slots),
    bitsStride,
    times: take(hidden && derivation === DERIVATION.reverse, Math.ceil(network.T / 32) * bytes),
    derivative: take(hidden && derives, history),
    adjoint: take(hidden && !held && derivation === DERIVATION.reverse, history),
    tangentMembrane: take(hidden && RFG, (held ? K : tangents) * bytes),
    tangentRates: take(hidden && !held && RFG && read, tangents * bytes),
    tangentSpikes: take(hidden && RFG && !jacobian && layer.depth + 1 < depths, history),
    filtered: take(jacobian && hidden && !deeper, 2 * bytes),
    traces: take(jacobian && hidden && !deeper, 2 * history),
    byBias: take(jacobian && deeper, bytes),
    byCurrents: take(jacobian && deeper, columnBytes),
    byWeights: take(jacobian && deeper, columnBytes),
    explicitSamples: take(
      explicit === true,
      network.T * job.rows[layer.factor] * (method?.surrogate.samples ?? 0) * bytes,
    ),
    traceDistance: take(hidden && job.trace, history),
  };
  return record;
}

const sameRates = (reader: Layer, layer: Layer) =>
  reader.factor === layer.factor && reader.depth === layer.depth;
