import {
  fontOf,
  type Matrix,
  multiply,
  decimals as n,
  paintOf,
  pathRect,
  point,
  SvgGradient,
  scaleOf,
  textShift,
  xmlText,
} from './svg-parts.ts';

/** What a canvas remembers between save() and restore(). */
interface State {
  matrix: Matrix;
  dash: readonly number[];
  /** Clip paths in force. */
  clips: readonly string[];
  fillStyle: string | SvgGradient;
  strokeStyle: string | SvgGradient;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
}

const START: State = {
  matrix: [1, 0, 0, 1, 0, 0],
  dash: [],
  clips: [],
  fillStyle: '#000',
  strokeStyle: '#000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
};
const STYLES = Object.keys(START).filter(
  (key) => !['matrix', 'dash', 'clips'].includes(key),
) as (keyof State)[];

/** Width of a text in a font. */
export type MeasureText = (text: string, font: string) => number;

/**
 * Stands in for CanvasRenderingContext2D in the figures' draw functions and writes down SVG: the same code draws on the
 * screen and into the file. Only what the figures use is there; pictures are embedded as PNG. Fonts, colours and links are written
 * in the forms of SVG 1.1, which drawing programs read: no `font` in short, no `rgb(1 2 3)`.
 */
export class SvgCanvas {
  declare fillStyle: State['fillStyle'];
  declare strokeStyle: State['strokeStyle'];
  declare lineWidth: number;
  declare lineCap: string;
  declare lineJoin: string;
  declare globalAlpha: number;
  declare font: string;
  declare textAlign: string;
  declare textBaseline: string;
  imageSmoothingEnabled = true;
  private matrix: Matrix = START.matrix;
  private dash: readonly number[] = [];
  private clips: readonly string[] = [];
  private readonly stack: State[] = [];
  private readonly parts: string[] = [];
  private readonly definitions: string[] = [];
  private readonly gradients: SvgGradient[] = [];
  private path: string[] = [];

  /** @param prefix of the ids, different for each drawing in one document. */
  constructor(
    private readonly measure: MeasureText,
    private readonly prefix = 'f',
  ) {
    Object.assign(this, START);
  }

  /** Whether nothing was drawn. */
  get blank(): boolean {
    return this.parts.length === 0;
  }

  /** All that was drawn, as the inside of an <svg> or a <g>. */
  get content(): string {
    const gradients = this.gradients.map(({ id, ends: [x1, y1, x2, y2], stops }) => {
      const box = `x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"`;
      return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${box}>${stops.join('')}</linearGradient>`;
    });
    const definitions = [...gradients, ...this.definitions].join('');
    return (definitions && `<defs>${definitions}</defs>`) + this.parts.join('');
  }

  save(): void {
    const state = { matrix: this.matrix, dash: this.dash, clips: this.clips } as State;
    for (const key of STYLES) Object.assign(state, { [key]: this[key as 'font'] });
    this.stack.push(state);
  }

  restore(): void {
    Object.assign(this, this.stack.pop());
  }

  translate(x: number, y: number): void {
    this.matrix = multiply(this.matrix, [1, 0, 0, 1, x, y]);
  }
  scale(x: number, y: number): void {
    this.matrix = multiply(this.matrix, [x, 0, 0, y, 0, 0]);
  }
  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.matrix = multiply(this.matrix, [cos, sin, -sin, cos, 0, 0]);
  }
  setTransform(...matrix: Matrix): void {
    this.matrix = matrix;
  }
  setLineDash(dash: readonly number[]): void {
    this.dash = [...dash];
  }
  getLineDash(): number[] {
    return [...this.dash];
  }

  beginPath(): void {
    this.path = [];
  }
  moveTo(x: number, y: number): void {
    this.path.push(`M${this.at(x, y)}`);
  }
  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length > 0 ? 'L' : 'M'}${this.at(x, y)}`);
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.path.push(`Q${this.at(cx, cy)} ${this.at(x, y)}`);
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.path.push(`C${this.at(ax, ay)} ${this.at(bx, by)} ${this.at(x, y)}`);
  }
  closePath(): void {
    this.path.push('Z');
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(pathRect((px, py) => this.at(px, py), x, y, width, height));
  }
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    const turn = counterclockwise ? Math.min(from - to, 2 * Math.PI) : Math.min(to - from, 2 * Math.PI);
    const sweep = counterclockwise ? 0 : 1;
    const sign = counterclockwise ? -1 : 1;
    const on = (angle: number) => this.at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const r = n(radius * scaleOf(this.matrix));
    // In two halves: an arc of a whole turn has no direction in SVG.
    this.path.push(
      `${this.path.length > 0 && !this.path[this.path.length - 1].endsWith('Z') ? 'L' : 'M'}${on(from)}`,
    );
    for (const part of [0.5, 1]) this.path.push(`A${r} ${r} 0 0 ${sweep} ${on(from + sign * turn * part)}`);
  }

  fill(): void {
    this.add(`<path d="${this.path.join('')}" ${this.paint('fill')}/>`);
  }
  stroke(): void {
    this.add(`<path d="${this.path.join('')}" fill="none" ${this.paint('stroke')}/>`);
  }
  clip(): void {
    const id = `${this.prefix}c${this.definitions.length}`;
    this.definitions.push(`<clipPath id="${id}"><path d="${this.path.join('')}"/></clipPath>`);
    this.clips = [...this.clips, id];
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    const d = pathRect((px, py) => this.at(px, py), x, y, width, height);
    this.add(`<path d="${d}" ${this.paint('fill')}/>`);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    const d = pathRect((px, py) => this.at(px, py), x, y, width, height);
    this.add(`<path d="${d}" fill="none" ${this.paint('stroke')}/>`);
  }
  /** The file starts empty: there is nothing to clear. */
  clearRect(): void {}

  fillText(text: string, x: number, y: number): void {
    this.text(text, x, y, this.paint('fill'));
  }
  strokeText(text: string, x: number, y: number): void {
    this.text(text, x, y, `fill="none" ${this.paint('stroke')}`);
  }
  private text(text: string, x: number, y: number, paint: string): void {
    const anchor = { center: 'middle', right: 'end', end: 'end' }[this.textAlign] ?? 'start';
    const { size, attributes } = fontOf(this.font);
    const base = y + textShift(this.textBaseline) * size;
    this.add(
      `<text transform="matrix(${this.matrix.map(n).join(' ')})" x="${n(x)}" y="${n(base)}" ` +
        `text-anchor="${anchor}" ${attributes} ${paint}>${xmlText(text)}</text>`,
    );
  }
  measureText(text: string): { width: number } {
    return { width: this.measure(text, this.font) };
  }

  /** drawImage(image, x, y) or drawImage(image, x, y, width, height). */
  drawImage(image: HTMLCanvasElement, x: number, y: number, width?: number, height?: number): void {
    const box = `x="${n(x)}" y="${n(y)}" width="${n(width ?? image.width)}" height="${n(height ?? image.height)}"`;
    const sharp = this.imageSmoothingEnabled ? '' : ' style="image-rendering:pixelated"';
    this.add(
      `<image transform="matrix(${this.matrix.map(n).join(' ')})" ${box} preserveAspectRatio="none" ` +
        `opacity="${n(this.globalAlpha)}"${sharp} xlink:href="${image.toDataURL('image/png')}"/>`,
    );
  }

  createLinearGradient(x1: number, y1: number, x2: number, y2: number): SvgGradient {
    const ends = [...point(this.matrix, x1, y1), ...point(this.matrix, x2, y2)] as const;
    const gradient = new SvgGradient(`${this.prefix}g${this.gradients.length}`, ends);
    this.gradients.push(gradient);
    return gradient;
  }

  private at(x: number, y: number): string {
    return point(this.matrix, x, y).map(n).join(' ');
  }

  private paint(kind: 'fill' | 'stroke'): string {
    const style = kind === 'fill' ? this.fillStyle : this.strokeStyle;
    const { colour, alpha } =
      typeof style === 'string' ? paintOf(style) : { colour: `url(#${style.id})`, alpha: 1 };
    const opacity = alpha * this.globalAlpha < 1 ? ` ${kind}-opacity="${n(alpha * this.globalAlpha)}"` : '';
    if (kind === 'fill') return `fill="${colour}"${opacity}`;
    const scale = scaleOf(this.matrix);
    const dash =
      this.dash.length > 0 ? ` stroke-dasharray="${this.dash.map((d) => n(d * scale)).join(' ')}"` : '';
    return (
      `stroke="${colour}" stroke-width="${n(this.lineWidth * scale)}"${opacity}${dash} ` +
      `stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"`
    );
  }

  private add(element: string): void {
    this.parts.push(
      this.clips.reduceRight((inner, id) => `<g clip-path="url(#${id})">${inner}</g>`, element),
    );
  }
}
