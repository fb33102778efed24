import { isAveraged, type Perturbation } from './method.ts';
import type { Layout } from './network.ts';
import { normalTable } from './normal-table.ts';
import { RandomSequence, Stream, streamKey, threefry } from './random.ts';
import { directionSize, rowPlaces } from './row-directions.ts';

/**
 * rademacher: i.i.d. ±1. gaussian: i.i.d. N(0, 1). hadamard: rows of a randomly signed Hadamard matrix in random
 * order, signs and order redrawn each cycle (per layer under L); under A the K signs of a row in a layer are orthogonal, and
 * drawn anew in every step. mean (A): so too, but for a layer before a read-out, whose ξ is 1 throughout: its part is
 * the mean over all ±1, see src/snn/node-perturbation.ts.
 */
export type DirectionLaw = 'rademacher' | 'gaussian' | 'hadamard' | 'mean';

/** Law, number and scales of the directions of a step. */
export interface DirectionSpec {
  readonly law: DirectionLaw;
  readonly perturbation: Perturbation;
  /** Hadamard rows are drawn for each layer, or for all of θ. */
  readonly layerwise: boolean;
  /** Rows of each factor in a batch; needed where the rows are perturbed each in its own way (activity, flipout). */
  readonly rows?: readonly number[];
  /** Number K of directions a step. */
  readonly count: number;
  /** Perturbation scale s_l of each layer: entries are s_l · (±1 or normal). */
  readonly scales: readonly number[];
}

/**
 * The K direction vectors of one step, one after the other in `out`, each as long as `directionSize` says: P numbers scaled
 * by s_l; under flipout the signs of the rows behind them; under A the rows' ξ alone, which no scale changes.
 * @throws RangeError when `out` is shorter than that.
 */
export function drawDirections(
  spec: DirectionSpec,
  layout: Layout,
  seed: number,
  step: number,
  out: Float32Array,
): void {
  const kind = spec.perturbation;
  const length = directionSize(layout, kind, spec.rows ?? []);
  const needed = spec.count * length;
  if (out.length < needed)
    throw new RangeError(`directions: room for ${out.length} numbers, ${needed} needed`);
  if (kind === 'activity') {
    const key = streamKey(Stream.activity);
    if (spec.law === 'gaussian') drawNormals(seed, key, step, needed, out);
    else if (spec.law === 'rademacher') drawSigns(seed, key, step, 0, needed, out);
    else drawOrthogonal(spec, layout, length, (from, to) => drawSigns(seed, key, step, from, to, out), out);
    return;
  }

  const total = spec.count * layout.size;
  if (spec.law === 'rademacher') drawSigns(seed, streamKey(Stream.direction), step, 0, total, out);
  else if (spec.law === 'gaussian') drawNormals(seed, streamKey(Stream.direction), step, total, out);
  else drawHadamard(spec, layout, seed, step, out);

  for (const layer of layout.layers) {
    const scale = spec.scales[layer.index];
    if (scale === 1) continue;
    for (let k = 0; k < spec.count; k++) {
      const base = k * layout.size;
      for (let j = layer.weights; j < layer.end; j++) out[base + j] *= scale;
    }
  }
  if (kind === 'parameters') return;
  for (let k = spec.count - 1; k >= 0; k--) {
    const base = k * length;
    out.copyWithin(base, k * layout.size, (k + 1) * layout.size);
    const signs = out.subarray(base + layout.size, base + length);
    drawSigns(seed, streamKey(Stream.flipout, k), step, 0, signs.length, signs);
  }
}

/**
 * Of every n directions of A, n being the least power of two that a layer's neurons fit in, the first keeps its signs in
 * every row and the others are those times a row of the Hadamard matrix.
 * @param draw draws the signs of a part of `out`.
 */
function drawOrthogonal(
  spec: DirectionSpec,
  layout: Layout,
  length: number,
  draw: (from: number, to: number) => void,
  out: Float32Array,
): void {
  const rows = spec.rows ?? [];
  const places = rowPlaces(layout, 'activity', rows);
  for (const layer of layout.hidden.flat()) {
    const { at, each } = places[layer.index];
    const size = each * rows[layer.factor];
    const averaged = isAveraged({ averaged: spec.law === 'mean' }, layout, layer);
    const n = powerOfTwo(each);
    for (let k = 0; k < spec.count; k++) {
      const start = k * length + at;
      const row = k % n;
      if (averaged) out.fill(1, start, start + size);
      else if (row === 0) draw(start, start + size);
      else {
        const entries = new Float32Array(each);
        for (let j = 0; j < each; j++) entries[j] = hadamardEntry(row, j);
        const signs = start - row * length;
        for (let i = 0; i < size; i += each)
          for (let j = 0; j < each; j++) out[start + i + j] = out[signs + i + j] * entries[j];
      }
    }
  }
}

const pair = new Uint32Array(2);

/** Entries from … to-1; entry j is bit j of the step's words: 64 signs a Threefry call. */
function drawSigns(
  seed: number,
  key: number,
  step: number,
  from: number,
  to: number,
  out: Float32Array,
): void {
  for (let j = from - (from % 64); j < to; j += 64) {
    threefry(seed, key, step, j >>> 6, pair);
    for (let half = 0; half < 2; half++) {
      const word = j + 32 * half;
      const start = Math.max(word, from);
      const end = Math.min(word + 32, to);
      // No branch depends on the bits: half of all would be foreseen wrongly.
      for (let i = start, bits = pair[half] >> (start - word); i < end; i++, bits >>= 1)
        out[i] = ((bits & 1) << 1) - 1;
    }
  }
}

/** Entry j is the table's normal sample at half-word j of the step's words. */
function drawNormals(seed: number, key: number, step: number, total: number, out: Float32Array): void {
  const table = normalTable();
  for (let j = 0; j < total; j += 4) {
    threefry(seed, key, step, j >>> 2, pair);
    const end = Math.min(4, total - j);
    for (let part = 0; part < end; part++)
      out[j + part] = table[(pair[part >>> 1] >>> (16 * (part & 1))) & 0xffff];
  }
}

function drawHadamard(
  spec: DirectionSpec,
  layout: Layout,
  seed: number,
  step: number,
  out: Float32Array,
): void {
  const groups = spec.layerwise
    ? layout.layers.map((layer) => ({
        part: layer.index + 1,
        start: layer.weights,
        length: layer.end - layer.weights,
      }))
    : [{ part: 0, start: 0, length: layout.size }];
  for (const { part, start, length } of groups) {
    const n = powerOfTwo(length);
    for (let k = 0; k < spec.count; k++) {
      const position = step * spec.count + k;
      const { order, signs } = hadamardCycle(seed, part, Math.floor(position / n), n);
      const row = order[position % n];
      const base = k * layout.size + start;
      for (let j = 0; j < length; j++) out[base + j] = hadamardEntry(row, j) * signs[j];
    }
  }
}

/** Entry of the Sylvester–Hadamard matrix: (-1) to the number of common one-bits of row and column. */
export function hadamardEntry(row: number, column: number): number {
  let bits = row & column;
  bits ^= bits >>> 16;
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  bits ^= bits >>> 2;
  bits ^= bits >>> 1;
  return bits & 1 ? -1 : 1;
}

function powerOfTwo(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

interface Cycle {
  readonly order: Uint32Array;
  readonly signs: Int8Array;
}
const cycles = new Map<string, Cycle>();
const CYCLES_KEPT = 64;

/** Row order and column signs of one pass through the n rows: a function of (seed, part, cycle), kept for reuse. */
function hadamardCycle(seed: number, part: number, cycle: number, n: number): Cycle {
  const key = `${seed}/${part}/${cycle}/${n}`;
  const cached = cycles.get(key);
  if (cached) return cached;
  if (cycles.size >= CYCLES_KEPT) cycles.clear();
  const order = new RandomSequence(seed, Stream.hadamardOrder, cycle, part).permutation(n);
  const words = new RandomSequence(seed, Stream.hadamardSigns, cycle, part);
  const signs = new Int8Array(n);
  for (let j = 0; j < n; j++) signs[j] = words.word() & 1 ? 1 : -1;
  const newCycle = { order, signs };
  cycles.set(key, newCycle);
  return newCycle;
}
