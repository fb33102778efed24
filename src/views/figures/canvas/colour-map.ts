/**
 * Colour maps as lookup tables of packed pixels (RGBA bytes in memory order, as ImageData holds them).
 */

export type Rgb = readonly [red: number, green: number, blue: number];
export type Scheme = 'light' | 'dark';

/** Entries of a lookup table: odd, so that the middle of a symmetric range has an entry of its own. */
export const LUT_SIZE = 511;
export type Lut = Uint32Array;

/**
 * Anchors of the diverging map in OKLCH (lightness, chroma, hue in degrees) from zero outwards. Both arms have the same
 * lightness, so equal distance from zero looks equally strong; blue against red-orange stays apart for every common
 * colour vision. The arms leave a neutral zero: near white on light panels, near black on dark ones.
 */
const ARMS: Record<Scheme, { zero: readonly [number, number, number]; lightness: readonly number[] }> = {
  light: { zero: [0.975, 0.003, 95], lightness: [0.76, 0.52] },
  dark: { zero: [0.25, 0.008, 265], lightness: [0.52, 0.8] },
};
const HUES: Record<Scheme, { negative: readonly number[]; positive: readonly number[] }> = {
  light: { negative: [252, 260], positive: [48, 36] },
  dark: { negative: [258, 240], positive: [38, 58] },
};
const CHROMA: Record<Scheme, { negative: readonly number[]; positive: readonly number[] }> = {
  light: { negative: [0.095, 0.16], positive: [0.115, 0.175] },
  dark: { negative: [0.13, 0.105], positive: [0.14, 0.13] },
};

/** Blue – neutral – red-orange, interpolated in OKLab (B. Ottosson, 2020); entry (LUT_SIZE - 1)/2 is zero. */
export function diverging(scheme: Scheme): Lut {
  const cached = divergingCache.get(scheme);
  if (cached) return cached;
  const middle = (LUT_SIZE - 1) / 2;
  const lut = new Uint32Array(LUT_SIZE);
  const { zero, lightness } = ARMS[scheme];
  for (const [arm, direction] of [
    ['negative', -1],
    ['positive', 1],
  ] as const) {
    const stops = [
      lch(...zero),
      ...lightness.map((l, k) => lch(l, CHROMA[scheme][arm][k], HUES[scheme][arm][k])),
    ];
    for (let i = 0; i <= middle; i++)
      lut[middle + direction * i] = pack(oklabToRgb(piecewise(stops, i / middle)));
  }
  divergingCache.set(scheme, lut);
  return lut;
}
const divergingCache = new Map<Scheme, Lut>();

/**
 * Cividis (Nuñez, Anderton and Renslow, PLoS ONE 13(7), 2018), in the polynomial form by the same authors that
 * d3-scale-chromatic 3 publishes.
 */
export function cividis(): Lut {
  cividisLut ??= Uint32Array.from({ length: LUT_SIZE }, (_, i) => {
    const t = i / (LUT_SIZE - 1);
    return pack([
      -4.54 - t * (35.34 - t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57)))),
      32.49 + t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37)))),
      81.24 + t * (442.36 - t * (2482.43 - t * (6167.24 - t * (6614.94 - t * 2475.67)))),
    ]);
  });
  return cividisLut;
}
let cividisLut: Lut | undefined;

/** Entry of `value` on the range [from, to]; values beyond it take its ends. */
export function lutIndex(value: number, from: number, to: number): number {
  const i = Math.round(((value - from) / (to - from)) * (LUT_SIZE - 1));
  return i < 0 ? 0 : i >= LUT_SIZE ? LUT_SIZE - 1 : i;
}

export function cssColour(lut: Lut, index: number): string {
  const [r, g, b] = unpack(lut[index]);
  return `rgb(${r} ${g} ${b})`;
}

/** Bytes red, green, blue of a packed opaque pixel. */
export function unpack(pixel: number): Rgb {
  const bytes = new Uint8Array(Uint32Array.of(pixel).buffer);
  return [bytes[0], bytes[1], bytes[2]];
}

const packed = new Uint32Array(1);
const packedBytes = new Uint8ClampedArray(packed.buffer);

function pack([red, green, blue]: Rgb): number {
  packedBytes[0] = red;
  packedBytes[1] = green;
  packedBytes[2] = blue;
  packedBytes[3] = 255;
  return packed[0];
}

function lch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

function piecewise(stops: readonly Rgb[], t: number): Rgb {
  const at = t * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  const mix = (c: 0 | 1 | 2) => stops[k][c] + (at - k) * (stops[k + 1][c] - stops[k][c]);
  return [mix(0), mix(1), mix(2)];
}

/** OKLab → sRGB bytes (not rounded, not clamped). */
function oklabToRgb([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function gamma(linear: number): number {
  return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
}
