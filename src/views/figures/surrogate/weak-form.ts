import { NORMAL_TABLE_SIZE, normalTable } from '../../../snn/normal-table.ts';
import { Stream, streamKey, threefry } from '../../../snn/random.ts';
import { weakFormTerm } from '../../../snn/surrogate.ts';

/** Seed of the picture's own draws: they take nothing from the training's random numbers. */
const SEED = 0x5ee;

/** The δ of the `draw`-th picture: `count` samples of N(0, σ²) from the table that training uses. */
export function drawnDeltas(draw: number, count: number, sigma: number): number[] {
  const table = normalTable();
  const pair = new Uint32Array(2);
  return Array.from({ length: count }, (_, k) => {
    threefry(SEED, streamKey(Stream.wsg), draw, k, pair);
    return table[pair[0] % NORMAL_TABLE_SIZE] * sigma;
  });
}

/** WSG estimate (1/K) Σ_k δ_k/σ² (H(x + δ_k) - H(x)) at x. */
export function weakForm(x: number, deltas: readonly number[], sigma: number): number {
  return deltas.reduce((sum, delta) => sum + weakFormTerm(x, delta, sigma), 0) / deltas.length;
}

/** Mean of the estimates of all draws 0 … draws - 1 at each x. */
export function meanWeakForm(xs: readonly number[], draws: number, count: number, sigma: number): number[] {
  const sums = xs.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const deltas = drawnDeltas(draw, count, sigma);
    xs.forEach((x, k) => {
      sums[k] += weakForm(x, deltas, sigma) / draws;
    });
  }
  return sums;
}
