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

/** A colour of CSS as SVG 1.1 has it, with its opacity, 0 to 1, apart. @throws Error that names a colour of another form */
export function paintOf(style: string): { readonly colour: string; readonly alpha: number } {
  const text = style.trim().toLowerCase();
  if (text === 'transparent') return { colour: 'none', alpha: 1 };
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(text)?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return {
      colour: `#${digits.slice(0, 6)}`,
      alpha: digits.length > 6 ? Number.parseInt(digits.slice(6), 16) / 255 : 1,
    };
  }
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(text)?.[1]
    .split(/[\s,/]+/)
    .filter(Boolean);
  if (parts && parts.length >= 3) {
    const [red, green, blue] = parts.map((part) => Math.round(Number.parseFloat(part)));
    const alpha =
      parts[3] === undefined ? 1 : Number.parseFloat(parts[3]) / (parts[3].endsWith('%') ? 100 : 1);
    return { colour: `rgb(${red}, ${green}, ${blue})`, alpha };
  }
  if (/^[a-z]+$/.test(text)) return { colour: text, alpha: 1 };
  throw new Error(`a drawing has no colour “${style}”: hexadecimal, rgb() and names are allowed`);
}

/** A font of CSS in short (“italic 600 11px Arial, sans-serif”) as attributes, and its size in px. @throws Error that names it */
export function fontOf(font: string): { readonly size: number; readonly attributes: string } {
  const match = /^(italic\s+)?(?:(bold|\d{3})\s+)?([\d.]+)px\s+(.+)$/.exec(font.trim());
  if (!match)
    throw new Error(`a drawing has no font “${font}”: [italic] [weight] size in px, family is allowed`);
  const [, italic, weight, size, family] = match;
  return {
    size: Number(size),
    attributes:
      `font-family="${xmlText(family)}" font-size="${size}px"` +
      `${italic ? ' font-style="italic"' : ''}${weight ? ` font-weight="${weight}"` : ''}`,
  };
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
    const paint = paintOf(colour);
    const opacity = paint.alpha < 1 ? ` stop-opacity="${decimals(paint.alpha)}"` : '';
    this.stops.push(`<stop offset="${offset}" stop-color="${paint.colour}"${opacity}/>`);
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
