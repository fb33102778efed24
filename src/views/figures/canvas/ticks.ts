/** A linear scale from data to pixels. */
export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

export function linearScale(from: number, to: number, pixelFrom: number, pixelTo: number): Scale {
  const slope = (pixelTo - pixelFrom) / (to - from);
  const scale = (value: number) => pixelFrom + (value - from) * slope;
  return Object.assign(scale, { invert: (pixel: number) => from + (pixel - pixelFrom) / slope });
}

/** Round numbers (1, 2 or 5 times a power of ten apart) inside [from, to], about `count` of them. */
export function niceTicks(from: number, to: number, count: number): number[] {
  if (!(to > from) || count < 1) return [];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  // The step nearest to the rough one on a logarithmic scale.
  const share = rough / power;
  const step = power * (share < Math.SQRT2 ? 1 : share < Math.sqrt(10) ? 2 : share < Math.sqrt(50) ? 5 : 10);
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++)
    // Adding 0 turns -0 into 0.
    ticks.push(Number((k * step).toPrecision(12)) + 0);
  return ticks;
}

/** Smallest of 1, 2, 4, 5, 6, 8 and 10 times a power of ten that is at least `value` (> 0). */
export function niceBound(value: number, steps: readonly number[] = [1, 2, 4, 5, 6, 8, 10]): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = steps.find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

/** Number with a true minus sign; as short as its precision allows. */
export function formatNumber(value: number, digits = 2): string {
  const text = Math.abs(value) < 1e5 ? value.toFixed(digits) : value.toExponential(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** A tick's label: no more decimals than needed; from 10,000 on as 1.2e4 and below 0.0001 as 5e−5, so that it fits beside its axis. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const short =
    size === 0 || (size < 1e4 && size >= 0.99999e-4)
      ? String(Number(value.toPrecision(6)))
      : Number(value.toPrecision(4)).toExponential().replace('+', '');
  return short.replaceAll('-', '\u2212');
}

/** Point of the plane as text: (0.20, −0.35). */
export function formatPoint(x: number, y: number): string {
  return `(${formatNumber(x)}, ${formatNumber(y)})`;
}
