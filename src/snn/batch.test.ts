import { describe, expect, it } from 'vitest';
import { largestZ, networkOf, randomCase } from '../../tests/support/snn.ts';
import { type BatchSpec, drawBatch, gather, rowsFrom } from './batch.ts';

const both = (rows: number[], sampling: BatchSpec['sampling'], hold = 1): BatchSpec => ({
  rows,
  sampling,
  hold,
});

describe('drawBatch', () => {
  it('draws stratified: one row from each of equal runs', () => {
    for (const [count, n] of [
      [32, 101],
      [16, 100],
      [10, 10],
      [7, 8],
      [1, 5],
    ]) {
      for (let step = 0; step < 50; step++) {
        const [rows] = drawBatch(both([count], ['stratified']), [n], 1, step);
        expect(rows).toHaveLength(count);
        rows.forEach((row, i) => {
          expect(row).toBeGreaterThanOrEqual(Math.floor((i * n) / count));
          expect(row).toBeLessThanOrEqual(Math.ceil(((i + 1) * n) / count) - 1);
        });
      }
    }
  });

  it('keeps to the rows there are when a batch is larger', () => {
    const [rows] = drawBatch(both([12], ['stratified']), [5], 1, 0);
    expect(new Set(rows)).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('reaches every row alike', () => {
    for (const sampling of ['stratified', 'replacement'] as const) {
      const counts = new Float64Array(20);
      const N = 4000;
      for (let step = 0; step < N; step++)
        for (const row of drawBatch(both([5], [sampling]), [20], 1, step)[0]) counts[row]++;
      // Each row is drawn 5/20 times a step; a stratum gives 1 of its 4 rows: variance 3/16, with replacement 5 · 19/400.
      const variance = sampling === 'stratified' ? 3 / 16 : 95 / 400;
      for (const count of counts)
        expect(Math.abs(count - N / 4) / Math.sqrt(N * variance)).toBeLessThan(largestZ(40));
    }
  });

  it('draws with replacement: rows repeat within a batch', () => {
    const repeats = Array.from(
      { length: 50 },
      (_, step) => drawBatch(both([10], ['replacement']), [20], 1, step)[0],
    );
    expect(repeats.some((rows) => new Set(rows).size < 10)).toBe(true);
  });

  it('holds a batch for the given number of steps', () => {
    const spec = both([4, 4], ['replacement', 'stratified'], 8);
    const at = (step: number) => drawBatch(spec, [800, 101], 1, step);
    for (let step = 1; step < 8; step++) expect(at(step)).toEqual(at(0));
    expect(at(8)).not.toEqual(at(7));
    for (let step = 9; step < 16; step++) expect(at(step)).toEqual(at(8));
    // Held batches are those of the steps without holding.
    expect(at(8)).toEqual(drawBatch({ ...spec, hold: 1 }, [800, 101], 1, 1));
  });

  it('differs by seed, step and factor', () => {
    const spec = both([8, 8], ['replacement', 'replacement']);
    const [a, b] = drawBatch(spec, [800, 800], 1, 0);
    expect(a).not.toEqual(b);
    expect(drawBatch(spec, [800, 800], 2, 0)[0]).not.toEqual(a);
    expect(drawBatch(spec, [800, 800], 1, 1)[0]).not.toEqual(a);
    expect(drawBatch(spec, [800, 800], 1, 0)).toEqual([a, b]);
  });
});

describe('gather', () => {
  it('takes the chosen rows and the targets on their tensor product', () => {
    const { data } = randomCase(
      networkOf([
        [2, 3],
        [1, 3],
        [1, 3],
      ]),
      [4, 3, 5],
      1,
      true,
    );
    const rows = [Uint32Array.of(3, 0), Uint32Array.of(1, 1, 2), Uint32Array.of(4, 0)];
    const batch = gather(data, rows);
    batch.factors.forEach((factor, m) => {
      const { width, inputs, scale } = data.factors[m];
      expect([factor.rows, factor.width]).toEqual([rows[m].length, width]);
      expect(Array.from(factor.scale)).toEqual(Array.from(rows[m], (row) => scale[row]));
      expect(Array.from(factor.inputs)).toEqual(
        Array.from(rows[m]).flatMap((row) =>
          Array.from({ length: width }, (_, i) => inputs[row * width + i]),
        ),
      );
    });
    const expected = [...rows[0]].flatMap((a) =>
      [...rows[1]].flatMap((b) => [...rows[2]].map((c) => data.target[(a * 3 + b) * 5 + c])),
    );
    expect(Array.from(batch.target)).toEqual(expected);
  });

  it('takes the time steps at which its rows are read, and so do rows from one on', () => {
    const { data } = randomCase(networkOf([[2, 3]]), [4], 1);
    const [factor] = data.factors;
    const read = { ...factor, readAt: Uint16Array.of(5, 2, 7, 3) };
    const [batch] = gather({ ...data, factors: [read] }, [Uint32Array.of(3, 0, 3)]).factors;
    expect(batch.readAt).toEqual(Uint16Array.of(3, 5, 3));
    expect(rowsFrom(read, 1, 2).readAt).toEqual(Uint16Array.of(2, 7));
    expect(rowsFrom(factor, 1, 2)).not.toHaveProperty('readAt');
  });

  it('leaves out targets that are not there', () => {
    const { data } = randomCase(networkOf([[2, 3]]), [4], 1);
    expect(gather({ ...data, target: new Float64Array(0) }, [Uint32Array.of(1)]).target).toHaveLength(0);
  });
});
