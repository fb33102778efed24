/** [a b c d e f] of x' = a x + c y + e, y' = b x + d y + f: the order of canvas and SVG. */
export type Matrix = [number, number, number, number, number, number];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

export function point([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Factor on lengths, of a matrix that scales alike in all directions. */
export function scaleOf([a, b, c, d]: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** A rectangle as path data, its corners written by `at`. */
export function pathRect(
  at: (x: number, y: number) => string,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  return `M${at(x, y)}L${at(x + width, y)}L${at(x + width, y + height)}L${at(x, y + height)}Z`;
}

/** Shift of a text's baseline in em: `dominant-baseline` is not known everywhere. */
export function textShift(baseline: string): number {
  return { top: 0.8, hanging: 0.75, middle: 0.35, bottom: -0.2, ideographic: -0.2 }[baseline] ?? 0;
}

/** A gradient as the canvas gives it out. */
export class SvgGradient {
  readonly stops: string[] = [];
  constructor(
    readonly id: string,
    readonly ends: readonly [number, number, number, number],
  ) {}
  addColorStop(offset: number, colour: string): void {
    this.stops.push(`<stop offset="${offset}" stop-color="${xmlText(colour)}"/>`);
  }
}

/** A number with at most three decimals. */
export function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Text as it may stand in an attribute or between tags. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
