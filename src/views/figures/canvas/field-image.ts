import { LUT_SIZE, type Lut } from './colour-map.ts';

/** n × n nodes on the square [-1, 1]²: values[i · n + j] at x = -1 + 2j/(n-1), y = -1 + 2i/(n-1). */
export interface Field {
  readonly n: number;
  readonly values: ArrayLike<number>;
}

/** The field on a square grid, or undefined when `values` are not one. */
export function squareField(values: ArrayLike<number>): Field | undefined {
  const n = Math.round(Math.sqrt(values.length));
  return n >= 2 && n * n === values.length ? { n, values } : undefined;
}

/** Bilinear interpolation at (x, y); points outside the square take its border's value. */
export function valueAt({ n, values }: Field, x: number, y: number): number {
  const u = clamp(((x + 1) / 2) * (n - 1), 0, n - 1);
  const v = clamp(((y + 1) / 2) * (n - 1), 0, n - 1);
  const j = Math.min(Math.floor(u), n - 2);
  const i = Math.min(Math.floor(v), n - 2);
  const at = (row: number) => values[row * n + j] + (u - j) * (values[row * n + j + 1] - values[row * n + j]);
  return at(i) + (v - i) * (at(i + 1) - at(i));
}

/**
 * Colours `pixels` (width × height, top row first, y upwards) with the field, interpolated as values and only then
 * looked up on the range [from, to]. Pixels that are no number stay transparent.
 */
export function paintField(
  { n, values }: Field,
  lut: Lut,
  from: number,
  to: number,
  pixels: Uint32Array,
  width: number,
  height: number,
): void {
  const left = new Uint16Array(width);
  const weight = new Float64Array(width);
  for (let px = 0; px < width; px++) {
    const u = clamp(((px + 0.5) / width) * (n - 1), 0, n - 1);
    left[px] = Math.min(Math.floor(u), n - 2);
    weight[px] = u - left[px];
  }
  const row = new Float64Array(n);
  const slope = (LUT_SIZE - 1) / (to - from);
  for (let py = 0; py < height; py++) {
    const v = (1 - (py + 0.5) / height) * (n - 1);
    const i = Math.min(Math.floor(v), n - 2);
    for (let j = 0; j < n; j++) {
      const below = values[i * n + j];
      row[j] = (below + (v - i) * (values[(i + 1) * n + j] - below) - from) * slope + 0.5;
    }
    const start = py * width;
    for (let px = 0; px < width; px++) {
      const j = left[px];
      const index = row[j] + weight[px] * (row[j + 1] - row[j]);
      pixels[start + px] =
        index < 0 ? lut[0] : index >= LUT_SIZE ? lut[LUT_SIZE - 1] : index >= 0 ? lut[index | 0] : 0;
    }
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
