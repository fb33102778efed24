import type { Scale } from '../figures/canvas/ticks.ts';

/** The next 1, 2 or 5 times a power of ten at or beyond a positive value, downwards or upwards. */
export function snap(value: number, way: 'down' | 'up'): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const steps = [1, 2, 5, 10].map((step) => Number((step * power).toPrecision(12)));
  const slack = 1e-9 * value;
  return way === 'up'
    ? steps.find((step) => step >= value - slack)!
    : steps.filter((step) => step <= value + slack).pop()!;
}

/** Range of a logarithmic axis that holds all positive values and at least [low, high]. */
export function logRange(
  values: Iterable<number>,
  low: number,
  high: number,
): readonly [low: number, high: number] {
  let least = low;
  let most = high;
  for (const value of values) {
    if (!(value > 0) || value === Number.POSITIVE_INFINITY) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [snap(least, 'down'), snap(most, 'up')];
}

/** Ticks of a logarithmic axis: 1, 2, 5 of every decade if there are few decades, else the decades, thinned. */
export function logTicks(low: number, high: number, most: number): number[] {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const within = (ticks: number[]) =>
    ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const decades = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const dense = within(decades.flatMap((d) => [1, 2, 5].map((m) => Number(`${m}e${d}`))));
  if (dense.length <= most) return dense;
  const sparse = within(decades.map((d) => Number(`1e${d}`)));
  // Where only the ends have room, it is both of them.
  const every = Math.ceil((sparse.length - 1) / Math.max(1, most - 1));
  return sparse.filter((_, i) => i % every === 0);
}

/** Logarithmic scale from [low, high] to pixels. */
export function logScale(low: number, high: number, pixelLow: number, pixelHigh: number): Scale {
  const slope = (pixelHigh - pixelLow) / Math.log(high / low);
  const scale = (value: number) => pixelLow + Math.log(value / low) * slope;
  return Object.assign(scale, { invert: (pixel: number) => low * Math.exp((pixel - pixelLow) / slope) });
}

/** Steps to be named on an axis of log(step + 1): 0, 1, 10, 100 … and `last`, where it leaves room. */
export function stepTicks(last: number): number[] {
  const ticks = [0];
  for (let tick = 1; tick <= last / 2.5; tick *= 10) ticks.push(tick);
  return [...ticks, last];
}

/** 0, 10, 1k, 100k, 10M. */
export function formatStep(step: number): string {
  const short = (unit: number) => Number((step / unit).toPrecision(2));
  if (step >= 1e6) return `${short(1e6)}M`;
  return step >= 1e3 ? `${short(1e3)}k` : String(step);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0.05, 1, 20; 10⁻⁴ and 5·10⁻⁵ where decimals would get long. */
export function formatLogTick(value: number): string {
  if (value >= 1e-3 && value < 1e4) return String(Number(value.toPrecision(3)));
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('');
  const power = `10${exponent < 0 ? '⁻' : ''}${digits}`;
  const factor = Math.round(value / 10 ** exponent);
  return factor === 1 ? power : `${factor}·${power}`;
}
