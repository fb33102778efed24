import { describe, expect, it } from 'vitest';
import { NORMAL_TABLE_PADDING, NORMAL_TABLE_SIZE, normalTable } from './normal-table.ts';
import { normalQuantile } from './random.ts';

describe('normalTable', () => {
  const table = normalTable();
  const entries = table.subarray(0, NORMAL_TABLE_SIZE);

  it('holds every quantile once, rounded to float32', () => {
    const sorted = entries.slice().sort();
    for (let i = 0; i < NORMAL_TABLE_SIZE; i += 97)
      expect(sorted[i]).toBe(Math.fround(normalQuantile((i + 0.5) / NORMAL_TABLE_SIZE)));
    expect(new Set(entries).size).toBe(NORMAL_TABLE_SIZE);
  });

  it('repeats its beginning behind the end', () => {
    expect(table).toHaveLength(NORMAL_TABLE_SIZE + NORMAL_TABLE_PADDING);
    expect(table.slice(NORMAL_TABLE_SIZE)).toEqual(table.slice(0, NORMAL_TABLE_PADDING));
  });

  it('has mean 0, variance 1, no skewness and kurtosis 3, up to the cut of its tails', () => {
    const moment = (power: number) => entries.reduce((sum, x) => sum + x ** power, 0) / NORMAL_TABLE_SIZE;
    expect(Math.abs(moment(1))).toBeLessThan(1e-9);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(1e-4);
    expect(Math.abs(moment(3))).toBeLessThan(1e-6);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5e-3);
  });

  it('is shuffled: neighbours up to 64 apart are uncorrelated', () => {
    for (let lag = 1; lag <= 64; lag++) {
      let sum = 0;
      for (let i = 0; i < NORMAL_TABLE_SIZE; i++) sum += table[i] * table[i + lag];
      expect(Math.abs(sum) / Math.sqrt(NORMAL_TABLE_SIZE)).toBeLessThan(5);
    }
  });

  it('is the same object and the same bits each time', () => {
    expect(normalTable()).toBe(table);
    // Fixed for good: runs that were shared would change with it.
    expect(Array.from(table.subarray(0, 4))).toMatchInlineSnapshot(`
      [
        1.3428006172180176,
        -0.3081340193748474,
        0.06658175587654114,
        0.261091947555542,
      ]
    `);
  });
});
