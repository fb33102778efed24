import { normalQuantile, RandomSequence, Stream } from './random.ts';

/** Number of different entries of the table of normal samples. */
export const NORMAL_TABLE_SIZE = 65536;

/** Entries repeated behind the end, so that a whole layer (width ≤ 512, padded) reads without wrapping. */
export const NORMAL_TABLE_PADDING = 512;

let table: Float32Array | undefined;

/**
 * The 65,536 normal quantiles Φ⁻¹((i + ½)/65536), shuffled by a fixed key and rounded to float32, followed by the first
 * 512 again. WSG samples are δ = σ · table[offset + neuron]: one random word a (step, layer, time step, row, sample)
 * is the offset, so the samples are the same bits in every engine.
 */
export function normalTable(): Float32Array {
  if (table) return table;
  const order = new RandomSequence(0, Stream.normalTable).permutation(NORMAL_TABLE_SIZE);
  table = new Float32Array(NORMAL_TABLE_SIZE + NORMAL_TABLE_PADDING);
  for (let i = 0; i < NORMAL_TABLE_SIZE; i++) table[order[i]] = normalQuantile((i + 0.5) / NORMAL_TABLE_SIZE);
  table.copyWithin(NORMAL_TABLE_SIZE, 0, NORMAL_TABLE_PADDING);
  return table;
}
