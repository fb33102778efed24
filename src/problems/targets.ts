import { arriving } from './arriving.ts';

/** A function on the square [-1, 1]². */
export type Surface = (x: number, y: number) => number;

/** What a target is made from. */
export interface TargetParams {
  readonly target: TargetName;
  readonly formula: string;
  readonly painting: string;
}

/** Functions on [-1, 1]² to choose from; all of the hat's height or so. */
export const PICKED = {
  ripples: (x, y) => 0.7 * Math.cos(3 * Math.PI * Math.hypot(x, y)),
  saddle: (x, y) => 0.7 * (x * x - y * y),
  step: (x, y) => (x + 0.4 * y >= 0 ? 0.7 : -0.1),
  checkerboard: (x, y) => (Math.floor(2 * x + 2) % 2 === Math.floor(2 * y + 2) % 2 ? 0.6 : -0.2),
} as const satisfies Record<string, Surface>;

export const TARGETS = ['hat', 'ripples', 'saddle', 'step', 'checkerboard', 'formula', 'painted'] as const;
export type TargetName = (typeof TARGETS)[number];

/** Nodes along each side of a painted function. */
export const PAINT_NODES = 16;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LEVELS = DIGITS.length - 1;

/** A painting as text: one digit of 64 levels from -1 to 1 for each of 16 × 16 nodes, rows from y = -1 up. */
export function encodePainting(values: ArrayLike<number>): string {
  return Array.from(
    values,
    (v) => DIGITS[Math.round(((Math.max(-1, Math.min(1, v)) + 1) / 2) * LEVELS)],
  ).join('');
}

/** Inverse of `encodePainting` up to rounding; missing digits are 0. */
export function decodePainting(text: string): Float32Array {
  return Float32Array.from({ length: PAINT_NODES ** 2 }, (_, n) => {
    const digit = n < text.length ? DIGITS.indexOf(text[n]) : -1;
    return digit < 0 ? 0 : (2 * digit) / LEVELS - 1;
  });
}

/** Bilinear interpolation of a painting. */
export function paintedSurface(values: ArrayLike<number>): Surface {
  const last = PAINT_NODES - 1;
  return (x, y) => {
    const u = ((x + 1) / 2) * last;
    const v = ((y + 1) / 2) * last;
    const j = Math.max(0, Math.min(last - 1, Math.floor(u)));
    const i = Math.max(0, Math.min(last - 1, Math.floor(v)));
    const at = (di: number, dj: number) => values[(i + di) * PAINT_NODES + j + dj];
    const lower = at(0, 0) * (j + 1 - u) + at(0, 1) * (u - j);
    const upper = at(1, 0) * (j + 1 - u) + at(1, 1) * (u - j);
    return lower * (i + 1 - v) + upper * (v - i);
  };
}

/** Largest |f| that a formula may have: far inside what float32 data, their squares and sums can hold. */
const LARGEST_VALUE = 1e6;

/** Thrown for a formula that cannot be used; the message says what is wrong with it. */
export class FormulaError extends Error {
  constructor(
    readonly formula: string,
    readonly reason: string,
  ) {
    super(`formula: “${formula}” is not allowed: ${reason}`);
    this.name = 'FormulaError';
  }
}

let parser: typeof import('./formula.ts') | undefined;

/** Loads the formula parser when the target is a formula; a problem's data can be made only after that. */
export async function loadTarget(params: Pick<TargetParams, 'target'>): Promise<void> {
  if (params.target === 'formula') parser ??= await arriving(() => import('./formula.ts'));
}

/**
 * The function to be learned. A formula's surface throws FormulaError wherever it is not a number of at most LARGEST_VALUE.
 * @throws FormulaError when a formula cannot be read.
 */
export function targetSurface(params: TargetParams, hat: Surface): Surface {
  if (params.target === 'hat') return hat;
  if (params.target === 'painted') return paintedSurface(decodePainting(params.painting));
  if (params.target !== 'formula') return PICKED[params.target];
  if (!parser) throw new FormulaError(params.formula, 'the parser has not been loaded');
  let surface: Surface;
  try {
    surface = parser.parseFormula(params.formula);
    surface(0.1, 0.2);
  } catch (error) {
    throw new FormulaError(
      params.formula,
      `${error instanceof Error ? error.message : error}; allowed: ${parser.FORMULA_ALLOWED}`,
    );
  }
  return (x, y) => {
    const value = surface(x, y);
    if (!(Math.abs(value) <= LARGEST_VALUE))
      throw new FormulaError(
        params.formula,
        `at (${x.toFixed(2)}, ${y.toFixed(2)}) it is ${Number(value.toPrecision(7))}, which is ${Number.isFinite(value) ? 'too large' : 'no finite number'}; allowed: values from -${LARGEST_VALUE} to ${LARGEST_VALUE} on the whole square`,
      );
    return value;
  };
}
