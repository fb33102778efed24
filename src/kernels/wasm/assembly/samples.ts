import { task } from './access';
import { threefry4 } from './random';
import { Factor, Layer } from './records';
import { TILE_BYTES } from './tile';

const WSG_STREAM: u32 = 4;

/**
 * Addresses of the samples δ of one layer and row for `n` time steps, [step][sample], each a row of numbers,
 * one a neuron: into task.sampleRows. The word at index (t · rows + row) · K + sample of stream (wsg, layer)
 * is an offset into the table of normal samples, as in drawnSamples of src/snn/surrogate.ts.
 */
export function findSamples(factor: Factor, layer: Layer, row: i32, t0: i32, n: i32): void {
  const K = task.samples;
  let out = task.sampleRows;
  if (layer.explicitSamples != 0) {
    const bytes = <usize>layer.tiles * TILE_BYTES;
    for (let t = t0; t < t0 + n; t++) {
      let at = layer.explicitSamples + <usize>((t * factor.rows + row) * K) * bytes;
      for (let k = 0; k < K; k++, at += bytes, out += 4) store<usize>(out, at);
    }
    return;
  }
  // Each time step needs the words of `pairs` consecutive counters.
  const pairs = (K + 1) >> 1;
  const words = task.words;
  const total = n * pairs;
  const counters = words + ((<usize>(total + 4)) << 3);
  let c = counters;
  for (let t = t0; t < t0 + n; t++) {
    const first = ((t * factor.rows + row) * K) >> 1;
    for (let p = 0; p < pairs; p++, c += 4) store<u32>(c, first + p);
  }
  const key = WSG_STREAM | ((<u32>layer.index) << 8);
  const step = stepNow;
  for (let i = 0; i < total; i += 4) {
    threefry4(task.seed, key, step, counters + ((<usize>i) << 2), words + ((<usize>i) << 3));
  }
  let word = words;
  for (let t = t0; t < t0 + n; t++, word += (<usize>pairs) << 3) {
    const odd = (<usize>(((t * factor.rows + row) * K) & 1)) << 2;
    for (let k = 0; k < K; k++, out += 4) {
      const offset = load<u32>(word + odd + ((<usize>k) << 2)) & 0xffff;
      store<usize>(out, task.normals + ((<usize>offset) << 2));
    }
  }
}

/** Training step whose samples are drawn. */
let stepNow: u32 = 0;
export function setStep(step: u32): void {
  stepNow = step;
}

/** Room that the words and counters of `n` steps take, a vector more than there are of each. */
export function sampleScratchBytes(n: i32, samples: i32): i32 {
  return (n * ((samples + 1) >> 1) + 4) * 12;
}
