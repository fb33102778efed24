import { isHeld } from '../../snn/network.ts';
import { DERIVATION, type FactorRecord, type HeadRecord } from './records.ts';
import { bytesOf, type Shape, takesJacobian, tangentsOf } from './shape.ts';

/** Three factors: those that the network lacks are single rows of ones, in front. */
export function placeFactors(shape: Shape): FactorRecord[] {
  const { job, arena, derives, nodes, adjoints, derivation, perturbation, fused, first } = shape;
  const one = arena.take(16);
  const virtual: FactorRecord = {
    rows: 1,
    poolRows: 1,
    width: 0,
    inputStep: 0,
    held: 1,
    depths: 0,
    firstLayer: 0,
    inputs: one,
    scales: one,
    readAt: 0,
    indicesAt: 0,
    indices: one,
    rates: 0,
    ratesStride: 0,
    slopes: 0,
    slopesStride: 0,
    workRates: 0,
    bothRates: 0,
    rateAdjoint: 0,
    sequenceWeights: 0,
    sequenceGains: 0,
    means: 0,
    rateBytes: 0,
    tangents: 0,
    jacobian: 0,
  };
  let indicesAt = 16;
  const real = job.data.factors.map((data, m): FactorRecord => {
    const hidden = job.network.layout.hidden[m];
    const rows = job.rows[m];
    const rateBytes = hidden.reduce((n, layer) => n + bytesOf(layer.outputs), 0);
    const all = !fused && derivation !== DERIVATION.none;
    const { inputs, sequence = false, readDecay } = job.network.factors[m];
    const readAnywhen = readDecay !== undefined && data.readAt !== undefined;
    const held = isHeld(job.network, m);
    const weighs = !held && perturbation === 'activity';
    const slopeBytes = bytesOf(hidden[0].outputs);
    const allSlopes = all && hidden.length === 1 && held;
    const start = indicesAt;
    indicesAt += 4 * rows;
    return {
      rows,
      poolRows: data.rows,
      width: data.width,
      inputStep: sequence ? 4 * inputs : 0,
      held: Number(held),
      depths: hidden.length,
      firstLayer: hidden[0].index,
      inputs: arena.floats(data.rows * data.width),
      scales: arena.floats(data.rows),
      readAt: readAnywhen ? arena.floats(data.rows) : 0,
      indicesAt: start,
      indices: 0,
      rates: arena.take(rateBytes * (all ? rows : 1)),
      ratesStride: all ? rateBytes : 0,
      slopes: derives && held ? arena.take(slopeBytes * (allSlopes ? rows : 1)) : 0,
      slopesStride: allSlopes ? slopeBytes : 0,
      workRates: derivation === DERIVATION.differences ? arena.take(rateBytes * (nodes ? 2 : 1)) : 0,
      bothRates: nodes ? arena.take(2 * rateBytes) : 0,
      rateAdjoint: adjoints ? arena.take(rateBytes) : 0,
      sequenceWeights: weighs ? arena.take(slopeBytes * job.network.T) : 0,
      sequenceGains: weighs && readAnywhen ? arena.take(slopeBytes * job.network.T) : 0,
      means: weighs ? arena.take(slopeBytes * inputs) : 0,
      rateBytes,
      tangents: tangentsOf(shape, m),
      jacobian: Number(takesJacobian(shape, m)),
    };
  });
  return [...Array.from({ length: first }, () => virtual), ...real];
}

/**
 * The heads with their projections of every factor; `ones` stands for those of factors that the network
 * lacks.
 */
export function placeHeads(
  { job, arena, derivation, nodes, adjoints, fused, first }: Shape,
  quads: readonly number[],
  ones: number,
): HeadRecord[] {
  const unused = arena.take(16 * Math.max(...quads));
  return job.network.layout.heads.map((head, h) => {
    const bytes = 16 * quads[h];
    const virtual = {
      layer: 0,
      values: ones,
      base: ones,
      work: ones,
      adjoint: unused,
      curvature: 0,
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
        work: derivation === DERIVATION.differences && !nodes ? arena.take(rows * bytes) : 0,
        adjoint: adjoints ? arena.take(rows * bytes) : 0,
        curvature: nodes ? arena.take(head.rank * bytes) : 0,
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
