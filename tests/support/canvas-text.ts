import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import type { FigureTheme } from '../../src/views/figures/canvas/theme.ts';

interface Written {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const fontSize = 11.5;
const theme: FigureTheme = {
  scheme: 'light',
  ...{ ink: '#000', muted: '#555', line: '#ddd', panel: '#fff', accent: '#c40', trace: '#24b' },
  ...{ positive: '#b40', negative: '#26b', fill: '#eee', fillStrong: '#bbb' },
  fontSize,
  scale: 1,
  font: `${fontSize}px sans-serif`,
  fontBold: `600 ${fontSize}px sans-serif`,
};

/** Width of a letter in text sizes, about that of DejaVu Sans, which is wide. */
const LETTER = 0.6;

/** A frame that draws nothing and keeps where every text stands; letters are equally wide. */
export function textFrame(width: number, height: number): { frame: Frame; written: Written[] } {
  const written: Written[] = [];
  const stack: { x: number; y: number; turned: boolean }[] = [];
  let at = { x: 0, y: 0, turned: false };
  const state: Record<string, unknown> = { font: theme.font, textAlign: 'left', textBaseline: 'alphabetic' };
  const sizeOf = () => Number(/([\d.]+)px/.exec(String(state.font))?.[1]);
  const widthOf = (text: string) => [...text].length * LETTER * sizeOf();
  const methods: Record<string, (...args: never[]) => unknown> = {
    measureText: (text: string) => ({ width: widthOf(text) }),
    save: () => stack.push(at),
    restore: () => {
      at = stack.pop() ?? at;
    },
    translate: (x: number, y: number) => {
      at = { ...at, x: at.x + x, y: at.y + y };
    },
    rotate: (angle: number) => {
      at = { ...at, turned: Math.abs(Math.abs(angle) - Math.PI / 2) < 1e-6 };
    },
    createLinearGradient: () => ({ addColorStop: () => undefined }),
    fillText: (text: string, x: number, y: number) => {
      const [wide, high] = [widthOf(text), sizeOf()];
      const before = { left: 0, center: 0.5, right: 1 }[String(state.textAlign)] ?? 0;
      const above = { top: 0, middle: 0.5, bottom: 1, alphabetic: 0.8 }[String(state.textBaseline)] ?? 0;
      // A turned text reads upwards.
      const [w, h] = at.turned ? [high, wide] : [wide, high];
      const left = at.x + (at.turned ? -above * w : x - before * w);
      const top = at.y + (at.turned ? -(1 - before) * h : y - above * h);
      if (text !== '') written.push({ text, left, right: left + w, top, bottom: top + h });
    },
  };
  const ctx = new Proxy(state, {
    get: (target, key: string) => methods[key] ?? target[key] ?? (() => undefined),
    set: (target, key: string, value) => {
      target[key] = value;
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
  return { frame: { ctx, width, height, ratio: 1, theme }, written };
}

/** Texts that lie on one another, and those that stand out of the frame, by more than 2 px. */
export function textFaults({ width, height }: Frame, written: readonly Written[]): string[] {
  const out = written.filter(
    ({ left, right, top, bottom }) => left < -2 || right > width + 2 || top < -2 || bottom > height + 2,
  );
  const pairs = written.flatMap((a, i) =>
    written
      .slice(i + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2,
      )
      .map((b) => `“${a.text}” on “${b.text}”`),
  );
  return [...out.map(({ text }) => `“${text}” out of the frame`), ...pairs];
}
