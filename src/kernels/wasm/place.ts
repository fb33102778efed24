import { drawsDirections, groupsOf } from '../../snn/method.ts';
import { NORMAL_TABLE_PADDING, NORMAL_TABLE_SIZE } from '../../snn/normal-table.ts';
import type { Arena } from './arena.ts';
import type { Job } from './job.ts';
import { placeFactors, placeHeads } from './place-factor.ts';
import { placeLayer, placeSums, SetLayout } from './place-layer.ts';
import {
  DERIVATION,
  type FactorRecord,
  type HeadRecord,
  type LayerRecord,
  OPTIMISER,
  PERTURBATION,
  RECORD_BYTES,
  RESET,
  SURROGATE,
  type TaskRecord,
} from './records.ts';
import { bytesOf, shapeOf, TILE_BYTES } from './shape.ts';

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
  const { network, method } = job;
  const { layout } = network;
  const shape = shapeOf(job, arena);
  const { derivation, derives, nodes, adjoints, block, slots, perturbation, directionLength } = shape;
  const surrogate = derives && method ? SURROGATE[method.surrogate.kind] : SURROGATE.none;
  const samples = method?.surrogate.samples ?? 0;
  const groups = method && drawsDirections(method) ? groupsOf(layout, method).length : 0;

  const at = arena.take(RECORD_BYTES.task);
  const layersAt = arena.take(layout.layers.length * RECORD_BYTES.layer);
  const headsAt = arena.take(layout.heads.length * RECORD_BYTES.head);
  const factorsAt = arena.take(3 * RECORD_BYTES.factor);
  const quads = layout.heads.map((head) => Math.ceil(head.rank / 4));
  const ones = arena.take(16 * Math.max(...quads));

  const set = new SetLayout();
  const sums = new SetLayout();
  const layers = layout.layers.map((layer) => placeLayer(shape, layer, set, sums));
  const packedGradient = arena.take(adjoints ? sums.bytes : 0);
  const untabled = set.bytes;
  const placedLayers = layers.map((layer) => ({
    ...layer,
    ...placeSums(shape, layer, set),
    gradientBias: packedGradient + layer.gradientBias,
    gradientColumns: packedGradient + layer.gradientColumns,
  }));
  // A table pays where many rows look it up; those of many directions would take more memory than they are worth.
  const directionTables = perturbation === 'parameters' && job.directionCount === 1;
  const directionBytes = directionTables ? set.bytes : untabled;
  const factors = placeFactors(shape);
  const heads = placeHeads(shape, quads, ones);

  const P = layout.size;
  const widest = Math.max(...layout.hidden.flat().map((layer) => bytesOf(layer.outputs)));
  const widestBits = Math.max(...layers.map((layer) => layer.bitsStride));
  const state = () => arena.floats(P);
  const total = job.rows.reduce((n, rows) => n * rows, 1);
  const planDirections = 16 + 4 * job.rows.reduce((n, rows) => n + rows, 0);
  // A tile of row numbers may reach beyond the last of them.
  const beyond = perturbation === 'parameters' ? 16 : TILE_BYTES;
  const planBytes = Math.ceil((planDirections + 4 * job.directionCount * directionLength + beyond) / 16) * 16;
  const wsg = surrogate === SURROGATE.WSG;
  const task: TaskRecord = {
    parameters: P,
    layerCount: layout.layers.length,
    headCount: job.output && !method ? 1 : layout.heads.length,
    first: shape.first,
    T: network.T,
    block,
    slots,
    keep: Number(shape.keep),
    fused: Number(shape.fused),
    derivation,
    global: Number(shape.global),
    perturbation: PERTURBATION[perturbation],
    surrogate,
    samples,
    directionCount: job.directionCount,
    directionLength,
    groups,
    optimiser: OPTIMISER[job.optimiser?.kind ?? 'sgd'],
    seed: 0,
    leak: network.leak,
    threshold: network.threshold,
    reset: RESET[network.reset],
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
    restCurrents: arena.take(nodes ? widest : 0),
    shiftedCurrents: arena.take(nodes ? widest : 0),
    bothBits: arena.take(nodes ? 2 * network.T * widestBits : 0),
    upward: arena.take(nodes ? widestBits : 0),
    gram: arena.take(nodes ? Math.max(...quads.map((n) => 64 * n * n)) : 0),
    derivatives: arena.take(8 * job.directionCount * groups),
    thetaSet: arena.take(set.bytes),
    workSet: derivation === DERIVATION.differences && !nodes ? arena.take(set.bytes) : 0,
    directionSets:
      derivation === DERIVATION.forward && perturbation !== 'activity'
        ? arena.take(directionBytes * job.directionCount)
        : 0,
    plainSets: perturbation === 'flipout' ? arena.take(directionBytes * job.directionCount) : 0,
    directionBytes,
    directionTables: Number(directionTables),
    packedGradient,
    packedGradientBytes: adjoints ? sums.bytes : 0,
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
