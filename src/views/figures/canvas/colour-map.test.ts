import { describe, expect, it } from 'vitest';
import {
  cividis,
  cssColour,
  diverging,
  LUT_SIZE,
  lutIndex,
  type Rgb,
  type Scheme,
  unpack,
} from './colour-map.ts';

/** OKLab lightness of an sRGB colour. */
function lightness(rgb: Rgb): number {
  const [r, g, b] = rgb.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
}

const middle = (LUT_SIZE - 1) / 2;

describe.each<Scheme>(['light', 'dark'])('diverging map, %s', (scheme) => {
  const lut = diverging(scheme);
  const at = (i: number) => unpack(lut[i]);

  it('has its neutral colour exactly at zero', () => {
    expect(lutIndex(0, -0.8, 0.8)).toBe(middle);
    expect(lutIndex(0, -0.05, 0.05)).toBe(middle);
    const zero = at(middle);
    expect(Math.max(...zero) - Math.min(...zero)).toBeLessThan(10);
  });

  it('is blue below and red-orange above', () => {
    const [low, high] = [at(0), at(LUT_SIZE - 1)];
    expect(low[2]).toBeGreaterThan(low[0] + 60);
    expect(high[0]).toBeGreaterThan(high[2] + 60);
  });

  it('gets steadily stronger away from zero, alike on both sides', () => {
    const sign = scheme === 'light' ? -1 : 1;
    for (let d = 10; d <= middle; d += 10) {
      const [below, above] = [lightness(at(middle - d)), lightness(at(middle + d))];
      expect(sign * (above - lightness(at(middle + d - 10)))).toBeGreaterThan(0);
      expect(Math.abs(below - above)).toBeLessThan(0.03);
    }
  });

  it('keeps inside the colours a screen has', () => {
    // A colour outside would be clipped, and lightness would jump.
    for (let i = 1; i < LUT_SIZE; i++) {
      expect(Math.abs(lightness(at(i)) - lightness(at(i - 1)))).toBeLessThan(0.012);
    }
  });
});

describe('cividis', () => {
  it('runs from dark blue to yellow with growing lightness', () => {
    expect(cssColour(cividis(), 0)).toBe('rgb(0 32 81)');
    const [r, g, b] = unpack(cividis()[LUT_SIZE - 1]);
    expect(r).toBeGreaterThan(240);
    expect(g).toBeGreaterThan(225);
    expect(b).toBeLessThan(90);
    for (let i = 20; i < LUT_SIZE; i += 20)
      expect(lightness(unpack(cividis()[i]))).toBeGreaterThan(lightness(unpack(cividis()[i - 20])));
  });
});

describe('lutIndex', () => {
  it('holds values beyond the range at its ends', () => {
    expect(lutIndex(-9, -1, 1)).toBe(0);
    expect(lutIndex(9, -1, 1)).toBe(LUT_SIZE - 1);
    expect(lutIndex(1, 0, 1)).toBe(LUT_SIZE - 1);
  });
});
