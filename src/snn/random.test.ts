import { describe, expect, it } from 'vitest';
import { largestZ } from '../../tests/support/snn.ts';
import {
  MAX_SEED,
  normalQuantile,
  RandomSequence,
  Stream,
  streamKey,
  threefry,
  toIndex,
  toUniform,
} from './random.ts';

const words = (k0: number, k1: number, c0: number, c1: number) => {
  const out = new Uint32Array(2);
  threefry(k0, k1, c0, c1, out);
  return Array.from(out);
};

describe('threefry', () => {
  it('gives the known answers of Threefry-2x32 with 20 rounds', () => {
    expect(words(0, 0, 0, 0)).toEqual([0x6b200159, 0x99ba4efe]);
    const ones = 0xffffffff;
    expect(words(ones, ones, ones, ones)).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(words(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  it('takes its arguments modulo 2³² and writes where it is told', () => {
    expect(words(-1, -1, -1, -1)).toEqual([0x1cb996fc, 0xbb002be7]);
    const out = new Uint32Array(4);
    threefry(0, 0, 0, 0, out, 1);
    expect(Array.from(out)).toEqual([0, 0x6b200159, 0x99ba4efe, 0]);
  });

  it('flips half of the bits when one bit of key or counter flips', () => {
    const base = [1, streamKey(Stream.direction), 5, 7];
    const [a, b] = words(base[0], base[1], base[2], base[3]);
    const counts: number[] = [];
    for (let argument = 0; argument < 4; argument++)
      for (let bit = 0; bit < 32; bit++) {
        const other = base.slice();
        other[argument] = (other[argument] ^ (1 << bit)) >>> 0;
        const [c, d] = words(other[0], other[1], other[2], other[3]);
        counts.push(
          [a ^ c, b ^ d].reduce((sum, x) => sum + (x >>> 0).toString(2).replaceAll('0', '').length, 0),
        );
      }
    // Binomial(64, ½): mean 32, standard deviation 4.
    const mean = counts.reduce((x, y) => x + y) / counts.length;
    expect(Math.abs(mean - 32) / (4 / Math.sqrt(counts.length))).toBeLessThan(4);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    expect(Math.max(...counts)).toBeLessThan(54);
  });
});

describe('streams', () => {
  it('have numbers of their own', () => {
    const numbers = Object.values(Stream);
    expect(new Set(numbers).size).toBe(numbers.length);
    // Fixed for good: a renumbered stream would change every run that was shared.
    expect(Stream).toEqual({
      weights: 1,
      batch: 2,
      direction: 3,
      wsg: 4,
      data: 5,
      hadamardSigns: 6,
      hadamardOrder: 7,
      normalTable: 8,
      activity: 9,
      flipout: 10,
      lab: 11,
      kernels: 12,
    });
  });

  it('have different key words for every stream and part', () => {
    const keys = Object.values(Stream).flatMap((stream) =>
      [0, 1, 2, 255, 256, 2 ** 24 - 1].map((part) => streamKey(stream, part)),
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toBeGreaterThanOrEqual(0);
    expect([streamKey(Stream.wsg), streamKey(Stream.wsg, 3)]).toEqual([4, 0x304]);
  });

  it('give different words for different seed, stream, step, part and index', () => {
    const seen = new Set<number>();
    let count = 0;
    for (const seed of [0, 1, MAX_SEED])
      for (const stream of [Stream.weights, Stream.batch, Stream.wsg])
        for (const step of [0, 1, 2])
          for (const part of [0, 1, 2]) {
            const sequence = new RandomSequence(seed, stream, step, part);
            for (let i = 0; i < 20; i++, count += 1)
              seen.add(sequence.word() * 2 ** 21 + (sequence.word() >>> 11));
          }
    expect(count).toBe(1620);
    expect(seen.size).toBe(count);
  });

  it('are uncorrelated with their neighbours', () => {
    const N = 50000;
    const make = [
      new RandomSequence(1, Stream.data, 0, 0),
      new RandomSequence(2, Stream.data, 0, 0),
      new RandomSequence(1, Stream.batch, 0, 0),
      new RandomSequence(1, Stream.data, 1, 0),
      new RandomSequence(1, Stream.data, 0, 1),
    ];
    const sums = new Float64Array(6);
    let before = 0;
    for (let n = 0; n < N; n++) {
      const [x, ...others] = make.map((sequence) => Math.sqrt(12) * (sequence.uniform() - 0.5));
      others.forEach((y, k) => {
        sums[k] += x * y;
      });
      sums[4] += x * before;
      before = x;
    }
    for (const sum of sums) expect(Math.abs(sum) / Math.sqrt(N)).toBeLessThan(largestZ(5));
  });
});

describe('RandomSequence', () => {
  it('is index by index the words of its key', () => {
    const sequence = new RandomSequence(9, Stream.data, 4, 3);
    const found = Array.from({ length: 6 }, () => sequence.word());
    expect(found).toEqual([0, 1, 2].flatMap((index) => words(9, streamKey(Stream.data, 3), 4, index)));
  });

  it('has uniform numbers in the open interval, with the moments of theory and equal bins', () => {
    const N = 200_000;
    const random = new RandomSequence(3, Stream.data);
    const bins = new Float64Array(64);
    let mean = 0;
    let square = 0;
    let outside = false;
    for (let n = 0; n < N; n++) {
      const u = random.uniform();
      outside ||= !(u > 0 && u < 1);
      mean += u / N;
      square += (u - 0.5) ** 2 / N;
      bins[Math.floor(64 * u)]++;
    }
    expect(outside).toBe(false);
    expect(Math.abs(mean - 0.5) / Math.sqrt(1 / 12 / N)).toBeLessThan(5);
    expect(Math.abs(square - 1 / 12) / Math.sqrt(1 / 180 / N)).toBeLessThan(5);
    const chi = bins.reduce((sum, count) => sum + (count - N / 64) ** 2 / (N / 64), 0);
    // χ² with 63 degrees of freedom: standard deviation √126.
    expect(Math.abs(chi - 63)).toBeLessThan(5 * Math.sqrt(126));
  });

  it('has normal numbers with the moments of theory', () => {
    const N = 200_000;
    const random = new RandomSequence(3, Stream.data);
    const sums = new Float64Array(5);
    for (let n = 0; n < N; n++) {
      const x = random.normal();
      for (let p = 1; p <= 4; p++) sums[p] += x ** p / N;
    }
    // Var xᵖ: 1, 2, 15, 96.
    const z = [sums[1], (sums[2] - 1) / Math.sqrt(2), sums[3] / Math.sqrt(15), (sums[4] - 3) / Math.sqrt(96)];
    for (const value of z) expect(Math.abs(value) * Math.sqrt(N)).toBeLessThan(5);
  });

  it('has symmetric numbers inside the bound', () => {
    const random = new RandomSequence(3, Stream.data);
    const values = Array.from({ length: 10000 }, () => random.symmetric(0.25));
    expect(Math.max(...values)).toBeLessThan(0.25);
    expect(Math.max(...values)).toBeGreaterThan(0.249);
    expect(Math.min(...values)).toBeGreaterThan(-0.25);
    expect(Math.min(...values)).toBeLessThan(-0.249);
  });

  it('has integers below n, all equally often', () => {
    const N = 60000;
    const random = new RandomSequence(3, Stream.data);
    const counts = new Float64Array(6);
    for (let n = 0; n < N; n++) counts[random.below(6)]++;
    const chi = counts.reduce((sum, count) => sum + (count - N / 6) ** 2 / (N / 6), 0);
    expect(chi).toBeLessThan(5 + 5 * Math.sqrt(10));
  });

  it('has permutations: each number once, every order equally often', () => {
    const random = new RandomSequence(3, Stream.data);
    for (const n of [0, 1, 2, 100]) {
      expect(Array.from(random.permutation(n)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: n }, (_, i) => i),
      );
    }
    const N = 24000;
    const counts = new Map<string, number>();
    for (let n = 0; n < N; n++) {
      const order = random.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - N / 24) ** 2 / (N / 24), 0);
    expect(Math.abs(chi - 23)).toBeLessThan(5 * Math.sqrt(46));
  });
});

describe('toUniform and toIndex', () => {
  it('stay inside their ranges at the largest and smallest word', () => {
    expect(toUniform(0)).toBe(2 ** -25);
    expect(toUniform(0xffffffff)).toBe(1 - 2 ** -25);
    for (const n of [1, 2, 3, 10000, 2 ** 21]) {
      expect(toIndex(0, n)).toBe(0);
      expect(toIndex(0xffffffff, n)).toBe(n - 1);
    }
  });

  it('takes the high half of word × n', () => {
    for (const [word, n] of [
      [0x80000000, 10],
      [0x12345678, 10000],
      [0xdeadbeef, 2 ** 21 - 1],
    ])
      expect(toIndex(word, n)).toBe(Number((BigInt(word) * BigInt(n)) >> 32n));
  });
});

describe('normalQuantile', () => {
  it('gives the values printed with the algorithm and others known', () => {
    const known: [number, number][] = [
      [0.25, -0.67448975019608174],
      [0.001, -3.090232306167813541],
      [1e-20, -9.26234008979840769],
      [0.975, 1.95996398454005423552],
      [0.0001, -3.71901648545567793855],
      [0.5, 0],
    ];
    for (const [p, x] of known)
      expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(x)));
  });

  it('is odd about ½ and inverts the integral of the density', () => {
    for (const p of [1e-6, 0.01, 0.07, 0.2, 0.4]) {
      expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 9);
      // Φ(x) - ½ by Simpson's rule.
      const x = normalQuantile(1 - p);
      const density = (y: number) => Math.exp((-y * y) / 2) / Math.sqrt(2 * Math.PI);
      let sum = density(0) + density(x);
      for (let i = 1; i < 2000; i++) sum += (i % 2 === 1 ? 4 : 2) * density((i * x) / 2000);
      expect((sum * x) / 6000).toBeCloseTo(0.5 - p, 11);
    }
  });
});
