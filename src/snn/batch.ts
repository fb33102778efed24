import type { Dataset, FactorData } from './network.ts';
import { RandomSequence, Stream } from './random.ts';

/** replacement: any row, each time anew. stratified: the rows are cut into equal runs and one is drawn from each. */
export type Sampling = 'replacement' | 'stratified';

/** How many rows of each factor a step sees, and how they are drawn. */
export interface BatchSpec {
  /** Rows drawn from each factor. */
  readonly rows: readonly number[];
  readonly sampling: readonly Sampling[];
  /** Steps for which a batch is held. */
  readonly hold: number;
}

/** Row numbers of each factor for a training step. */
export function drawBatch(
  spec: BatchSpec,
  available: readonly number[],
  seed: number,
  step: number,
): Uint32Array[] {
  const held = Math.floor(step / spec.hold);
  return spec.rows.map((count, factor) => {
    const random = new RandomSequence(seed, Stream.batch, held, factor);
    const rows = new Uint32Array(count);
    const n = available[factor];
    for (let i = 0; i < count; i++) {
      if (spec.sampling[factor] === 'replacement') rows[i] = random.below(n);
      else rows[i] = Math.min(n - 1, Math.floor(((i + random.uniform()) * n) / count));
    }
    return rows;
  });
}

/** At most `most` rows of a factor, from a row on; views of its numbers. */
export function rowsFrom(factor: FactorData, from: number, most: number): FactorData {
  const { width, inputs, scale, readAt } = factor;
  const to = Math.min(factor.rows, from + most);
  return {
    rows: to - from,
    width,
    inputs: inputs.subarray(from * width, to * width),
    scale: scale.subarray(from, to),
    ...(readAt && { readAt: readAt.subarray(from, to) }),
  };
}

/** The chosen rows of every factor and the targets on their tensor product, as a dataset of its own. */
export function gather(data: Dataset, rows: readonly Uint32Array[]): Dataset {
  const factors = data.factors.map((factor, m) => {
    const inputs = new Float64Array(rows[m].length * factor.width);
    const scale = new Float64Array(rows[m].length);
    rows[m].forEach((row, i) => {
      inputs.set(factor.inputs.subarray(row * factor.width, (row + 1) * factor.width), i * factor.width);
      scale[i] = factor.scale[row];
    });
    const { readAt } = factor;
    return {
      ...{ rows: rows[m].length, width: factor.width, inputs, scale },
      ...(readAt && { readAt: Uint16Array.from(rows[m], (row) => readAt[row]) }),
    };
  });
  const target = new Float64Array(data.target.length === 0 ? 0 : rows.reduce((n, r) => n * r.length, 1));
  const index = rows.map(() => 0);
  for (let n = 0; n < target.length; n++) {
    let at = 0;
    for (let m = 0; m < rows.length; m++) at = at * data.factors[m].rows + rows[m][index[m]];
    target[n] = data.target[at];
    for (let m = rows.length - 1; m >= 0 && ++index[m] === rows[m].length; m--) index[m] = 0;
  }
  return { factors, target };
}
