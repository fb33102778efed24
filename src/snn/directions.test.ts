import { describe, expect, it } from 'vitest';
import { dot, inScope, largestZ, networkOf, type Scope } from '../../tests/support/snn.ts';
import { type DirectionLaw, type DirectionSpec, drawDirections, hadamardEntry } from './directions.ts';
import { layoutOf } from './network.ts';
import { normalTable } from './normal-table.ts';
import { Stream, streamKey, threefry } from './random.ts';
import { directionSize, rowPlaces } from './row-directions.ts';

const layout = layoutOf(
  networkOf(
    [
      [2, 4],
      [1, 3],
    ],
    { rank: 2 },
  ),
);
const ones = layout.layers.map(() => 1);
const LAWS = ['rademacher', 'gaussian', 'hadamard'] as const;

function draw(
  law: DirectionLaw,
  step: number,
  other: Partial<DirectionSpec> & { seed?: number } = {},
): Float32Array {
  const spec = { law, ...inScope('G'), count: 1, scales: ones, ...other };
  const out = new Float32Array(spec.count * layout.size).fill(Number.NaN);
  drawDirections(spec, layout, other.seed ?? 1, step, out);
  return out;
}

describe('drawDirections', () => {
  for (const law of LAWS) {
    describe(law, () => {
      it('depends on seed and step alone, in whatever order they are asked for', () => {
        const steps = [0, 7, 3, 200, 64, 7];
        const found = steps.map((step) => draw(law, step, { count: 3 }));
        for (const [n, step] of [...steps.entries()].reverse())
          expect(draw(law, step, { count: 3 })).toEqual(found[n]);
        expect(found[0]).not.toEqual(found[1]);
        expect(draw(law, 0, { count: 3, seed: 2 })).not.toEqual(found[0]);
      });

      it('draws K different directions', () => {
        const out = draw(law, 5, { count: 4 });
        const list = [0, 1, 2, 3].map((k) => out.slice(k * layout.size, (k + 1) * layout.size).join());
        expect(new Set(list).size).toBe(4);
      });

      it('multiplies each layer by its scale', () => {
        const scales = [0.25, 1, 3, 0.3];
        for (const scope of ['G', 'L'] as const) {
          const plain = draw(law, 5, { count: 2, ...inScope(scope) });
          const scaled = draw(law, 5, { count: 2, ...inScope(scope), scales });
          for (const layer of layout.layers)
            for (let j = layer.weights; j < layer.end; j++)
              for (const base of [0, layout.size])
                expect(scaled[base + j]).toBe(Math.fround(plain[base + j] * scales[layer.index]));
        }
      });

      it('refuses an array that is too short', () => {
        const spec = { law, ...inScope('G'), count: 2, scales: ones };
        const out = new Float32Array(2 * layout.size - 1);
        expect(() => drawDirections(spec, layout, 1, 0, out)).toThrow(RangeError);
      });

      it('writes nothing behind its K · P numbers', () => {
        const out = new Float32Array(layout.size + 5).fill(7);
        drawDirections({ law, ...inScope('L'), count: 1, scales: ones.map(() => 2) }, layout, 1, 0, out);
        expect(Array.from(out.subarray(layout.size))).toEqual([7, 7, 7, 7, 7]);
      });

      it('has mean 0, variance 1 and uncorrelated entries over steps', () => {
        const N = 8192;
        const P = layout.size;
        const mean = new Float64Array(P);
        const products = new Float64Array(P * P);
        for (let step = 0; step < N; step++) {
          // Hadamard rows of a cycle hang together: the first row of another seed each time.
          const d = law === 'hadamard' ? draw(law, 0, { seed: step }) : draw(law, step);
          for (let i = 0; i < P; i++) {
            mean[i] += d[i];
            for (let j = 0; j <= i; j++) products[i * P + j] += d[i] * d[j];
          }
        }
        const limit = largestZ((P * (P + 1)) / 2) * Math.sqrt(N);
        for (let i = 0; i < P; i++) {
          expect(Math.abs(mean[i])).toBeLessThan(limit);
          if (law === 'gaussian') expect(Math.abs(products[i * P + i] - N)).toBeLessThan(Math.SQRT2 * limit);
          else expect(products[i * P + i]).toBe(N);
          for (let j = 0; j < i; j++) expect(Math.abs(products[i * P + j])).toBeLessThan(limit);
        }
      });
    });
  }

  it('rademacher and hadamard have entries ±1, both signs', () => {
    for (const law of ['rademacher', 'hadamard'] as const)
      expect([...new Set(draw(law, 3, { count: 4 }))].sort()).toEqual([-1, 1]);
  });

  it('rademacher reads one bit, gaussian one half-word of the step’s words for each entry', () => {
    const words = new Uint32Array(200);
    for (let n = 0; n < 200; n += 2) threefry(1, streamKey(Stream.direction), 3, n / 2, words, n);
    const signs = draw('rademacher', 3, { count: 4 });
    const normals = draw('gaussian', 3, { count: 4 });
    for (let j = 0; j < 4 * layout.size; j++) {
      expect(signs[j]).toBe((words[j >> 5] >>> (j & 31)) & 1 ? 1 : -1);
      expect(normals[j]).toBe(normalTable()[(words[j >> 1] >>> (16 * (j & 1))) & 0xffff]);
    }
  });

  it('does not depend on the scope for i.i.d. entries', () => {
    for (const law of ['rademacher', 'gaussian'] as const)
      expect(draw(law, 3, inScope('L'))).toEqual(draw(law, 3, inScope('G')));
  });

  it('gives a large step its own words for every block of entries', () => {
    const wide = layoutOf(networkOf([[2, 40]]));
    const spec: DirectionSpec = { law: 'rademacher', ...inScope('G'), count: 8, scales: [1, 1] };
    const out = new Float32Array(8 * wide.size);
    drawDirections(spec, wide, 1, 0, out);
    const blocks = Array.from({ length: out.length >> 6 }, (_, b) => out.slice(64 * b, 64 * b + 64).join());
    expect(new Set(blocks).size).toBe(blocks.length);
  });
});

describe('hadamardEntry', () => {
  it('is the Sylvester matrix', () => {
    const H = (n: number): number[][] => {
      if (n === 1) return [[1]];
      const half = H(n / 2);
      return [...half.map((row) => [...row, ...row]), ...half.map((row) => [...row, ...row.map((x) => -x)])];
    };
    H(32).forEach((row, i) => row.forEach((value, j) => expect(hadamardEntry(i, j)).toBe(value)));
  });

  it('has orthogonal rows, also beyond 2¹⁶', () => {
    const row = (i: number, from: number) => Array.from({ length: 64 }, (_, j) => hadamardEntry(i, from + j));
    for (const [i, j] of [
      [1, 2],
      [5, 63],
      [17, 48],
    ])
      expect(dot(row(i, 2 ** 17), row(j, 2 ** 17))).toBe(0);
    expect(hadamardEntry(2 ** 17, 2 ** 17)).toBe(-1);
    expect(hadamardEntry(2 ** 17, 2 ** 16)).toBe(1);
  });
});

describe('hadamard directions', () => {
  // One hidden layer 3 → 3 (12 numbers) and a read-out 3 → 1 (4 numbers): P = 16, itself a power of two.
  const square = layoutOf(networkOf([[3, 3]]));
  const rows = (scope: Scope, from: number, steps: number, count = 1) =>
    Array.from({ length: steps }, (_, n) => {
      const out = new Float32Array(count * square.size);
      drawDirections({ law: 'hadamard', ...inScope(scope), count, scales: [1, 1] }, square, 3, from + n, out);
      return Array.from({ length: count }, (_, k) => out.slice(k * square.size, (k + 1) * square.size));
    }).flat();

  it('are orthogonal within a cycle', () => {
    const cycle = rows('G', 0, 16);
    cycle.forEach((a, i) => cycle.forEach((b, j) => expect(dot(a, b)).toBe(i === j ? 16 : 0)));
  });

  it('draw signs and order anew in each cycle', () => {
    const [first, second] = [rows('G', 0, 16), rows('G', 16, 16)];
    expect(second).not.toEqual(first);
    // Products of two rows are free of the signs: other signs show in the rows, another order in the products.
    const products = (cycle: Float32Array[]) =>
      cycle.slice(1).map((row) => row.map((x, j) => x * cycle[0][j]).join());
    expect(products(second)).not.toEqual(products(first));
    const set = (cycle: Float32Array[]) => cycle.map((row) => row.join()).sort();
    expect(set(second)).not.toEqual(set(first));
  });

  it('take K consecutive rows a step', () => {
    expect(rows('G', 0, 4, 4)).toEqual(rows('G', 0, 16));
    expect(rows('L', 1, 2, 3)).toEqual(rows('L', 3, 6));
  });

  it('have a cycle for each layer under L', () => {
    const [hidden, readout] = square.layers;
    const part = (from: number, layer: typeof hidden) =>
      rows('L', from, 4).map((row) => row.slice(layer.weights, layer.end));
    const outer = part(0, readout);
    outer.forEach((a, i) => outer.forEach((b, j) => expect(dot(a, b)).toBe(i === j ? 4 : 0)));
    // 12 numbers are the first columns of a 16 × 16 matrix.
    const sums = new Float64Array(144);
    for (const row of rows('L', 0, 16))
      for (let i = 0; i < 12; i++) for (let j = 0; j < 12; j++) sums[12 * i + j] += row[i] * row[j];
    sums.forEach((value, n) => expect(value).toBe(n % 13 === 0 ? 16 : 0));
    // The layers' signs and orders are their own, and differ from those of G.
    expect(rows('L', 0, 4).map((row) => row.slice(0, 12))).not.toEqual(
      rows('G', 0, 4).map((row) => row.slice(0, 12)),
    );
  });
});

describe('the rows’ own signs', () => {
  const rows = [3, 2];
  const size = directionSize(layout, 'activity', rows);
  const places = rowPlaces(layout, 'activity', rows);
  const drawOf = (law: DirectionLaw, count: number, step = 4) => {
    const out = new Float32Array(count * size);
    drawDirections({ law, ...inScope('A'), rows, count, scales: ones }, layout, 1, step, out);
    return Array.from({ length: count }, (_, k) => out.subarray(k * size, (k + 1) * size));
  };

  it('are orthogonal in every row and layer for as many directions as there are neurons, and each alone is drawn', () => {
    // Four neurons, and three in the columns of four.
    const vectors = drawOf('hadamard', 8);
    const first = drawOf('rademacher', 8);
    expect(vectors[0]).toEqual(first[0]);
    expect(vectors[4]).toEqual(first[4]);
    expect(drawOf('hadamard', 8, 5)[0]).not.toEqual(vectors[0]);
    for (const { factor, index, outputs } of layout.hidden.flat())
      for (let row = 0; row < rows[factor]; row++) {
        const { at, each } = places[index];
        const own = vectors.slice(0, 4).map((v) => v.subarray(at + row * each, at + (row + 1) * each));
        // Σ_k ξ_k ξ_kᵀ = 4 on the diagonal, 0 beside it.
        for (let i = 0; i < outputs; i++)
          for (let j = 0; j < outputs; j++)
            expect(own.reduce((sum, xi) => sum + xi[i] * xi[j], 0)).toBe(i === j ? 4 : 0);
      }
  });

  it('are those that drawing all of them gives, wherever in the words a layer begins and ends', () => {
    const many = [37, 50];
    const length = directionSize(layout, 'activity', many);
    const drawn = (law: DirectionLaw) => {
      const out = new Float32Array(5 * length);
      drawDirections({ law, ...inScope('A'), rows: many, count: 5, scales: ones }, layout, 1, 4, out);
      return out;
    };
    const all = drawn('rademacher');
    const own = drawn('hadamard');
    expect(own.subarray(0, length)).toEqual(all.subarray(0, length));
    expect(own.subarray(4 * length)).toEqual(all.subarray(4 * length));
  });

  it('are 1 where the mean over them is taken', () => {
    for (const vector of drawOf('mean', 2)) expect(new Set(vector)).toEqual(new Set([1]));
  });
});
