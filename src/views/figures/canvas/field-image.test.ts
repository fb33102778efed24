import { describe, expect, it } from 'vitest';
import { LUT_SIZE } from './colour-map.ts';
import { paintField, squareField, valueAt } from './field-image.ts';

/** A table whose entries are their own indices. */
const ramp = Uint32Array.from({ length: LUT_SIZE }, (_, i) => i + 1);
const field = (n: number, f: (x: number, y: number) => number) => {
  const at = (k: number) => -1 + (2 * k) / (n - 1);
  const values = Float32Array.from({ length: n * n }, (_, k) => f(at(k % n), at(Math.floor(k / n))));
  return { n, values };
};

describe('squareField', () => {
  it('takes squares only', () => {
    expect(squareField(new Float32Array(9))?.n).toBe(3);
    expect(squareField(new Float32Array(10))).toBeUndefined();
    expect(squareField(new Float32Array(1))).toBeUndefined();
  });
});

describe('valueAt', () => {
  const plane = field(5, (x, y) => 2 * x - 3 * y + 1);

  it('is exact for a plane, y upwards', () => {
    for (const [x, y] of [
      [0, 0],
      [0.3, -0.7],
      [-1, 1],
      [1, 1],
    ])
      expect(valueAt(plane, x, y)).toBeCloseTo(2 * x - 3 * y + 1, 5);
  });

  it('takes the border outside', () => {
    expect(valueAt(plane, 5, -9)).toBeCloseTo(valueAt(plane, 1, -1), 6);
  });
});

describe('paintField', () => {
  it('interpolates values, with y = 1 in the first row', () => {
    const plane = field(3, (x, y) => 0.5 * x + 0.25 * y);
    const [width, height] = [20, 12];
    const pixels = new Uint32Array(width * height);
    paintField(plane, ramp, -1, 1, pixels, width, height);
    for (let py = 0; py < height; py++) {
      for (let px = 0; px < width; px++) {
        const x = -1 + (2 * (px + 0.5)) / width;
        const y = 1 - (2 * (py + 0.5)) / height;
        const expected = ((0.5 * x + 0.25 * y + 1) / 2) * (LUT_SIZE - 1) + 1;
        expect(Math.abs(pixels[py * width + px] - expected)).toBeLessThanOrEqual(0.5001);
      }
    }
  });

  it('holds values beyond the range at the ends and leaves no-numbers transparent', () => {
    const pixels = new Uint32Array(3 * 3);
    paintField({ n: 2, values: [9, 9, 9, 9] }, ramp, -1, 1, pixels, 3, 3);
    expect([...pixels]).toEqual(new Array(9).fill(LUT_SIZE));
    paintField({ n: 2, values: [-9, -9, -9, -9] }, ramp, -1, 1, pixels, 3, 3);
    expect([...pixels]).toEqual(new Array(9).fill(1));
    paintField({ n: 2, values: [Number.NaN, 0, 0, 0] }, ramp, -1, 1, pixels, 3, 3);
    expect(pixels[6]).toBe(0);
  });

  it('paints a field of zeros in the colour of zero', () => {
    const pixels = new Uint32Array(4);
    paintField({ n: 2, values: [0, 0, 0, 0] }, ramp, -0.05, 0.05, pixels, 2, 2);
    expect([...pixels]).toEqual(new Array(4).fill((LUT_SIZE - 1) / 2 + 1));
  });
});
