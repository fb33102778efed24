import { describe, expect, it } from 'vitest';
import { SvgCanvas } from '../../../io/svg-canvas.ts';
import { diverging } from '../canvas/colour-map.ts';
import type { Field } from '../canvas/field-image.ts';
import type { Frame } from '../canvas/surface.ts';
import type { FigureTheme } from '../canvas/theme.ts';
import { drawSurface } from './draw-surface.ts';

const N = 21;
const axis = Array.from({ length: N }, (_, i) => -1 + (2 * i) / (N - 1));
const field = (f: (x: number, y: number) => number): Field => ({
  n: N,
  values: axis.flatMap((y) => axis.map((x) => f(x, y))),
});
const theme = { fontSize: 12, font: '12px sans-serif', line: '#ddd', muted: '#555' } as FigureTheme;
const BOX = { left: 0, top: 0, width: 300, height: 240 };

/** Corners of the quads in the order of painting, and their colours. */
function quadsOf(shown: Field, most: number) {
  const ctx = new SvgCanvas((text) => 6 * text.length);
  const frame = { ctx, width: 300, height: 240, ratio: 1, theme } as unknown as Frame;
  const look = { lut: diverging('light'), bound: 1, heights: [-1, 1], most } as const;
  drawSurface(frame, BOX, shown, look);
  return [...ctx.content.matchAll(/d="(M[^"]*Z)" fill="([^"]*)"/g)].map(([, path, colour]) => {
    const numbers = [...path.matchAll(/-?[\d.]+/g)].map(Number);
    const ys = [1, 3, 5, 7].map((k) => numbers[k]);
    const xs = [0, 2, 4, 6].map((k) => numbers[k]);
    return { xs, y: ys.reduce((sum, y) => sum + y) / 4, colour };
  });
}

describe('drawSurface', () => {
  it('paints the parts that are further away first and keeps inside its box', () => {
    const quads = quadsOf(
      field(() => 0),
      N,
    );
    expect(quads).toHaveLength((N - 1) ** 2);
    const heights = quads.map(({ y }) => y);
    // On a flat surface what is nearer stands lower on the canvas.
    expect(heights.indexOf(Math.min(...heights))).toBe(0);
    expect(heights.indexOf(Math.max(...heights))).toBe(heights.length - 1);
    for (const { xs, y } of quads) {
      for (const x of xs) expect(x > 0 && x < BOX.width).toBe(true);
      expect(y > 0 && y < BOX.height).toBe(true);
    }
  });

  it('thins a fine grid by whole nodes', () => {
    expect(
      quadsOf(
        field(() => 0),
        11,
      ),
    ).toHaveLength(100);
    expect(
      quadsOf(
        field(() => 0),
        10,
      ),
    ).toHaveLength(25);
  });

  it('lifts what is greater, cuts what is beyond the ends and survives what is no number', () => {
    const middle = (quads: ReturnType<typeof quadsOf>) => quads[(quads.length + N - 1) >> 1].y;
    const flat = middle(
      quadsOf(
        field(() => 0),
        N,
      ),
    );
    const hill = middle(
      quadsOf(
        field((x, y) => Math.exp(-4 * (x * x + y * y))),
        N,
      ),
    );
    expect(hill).toBeLessThan(flat - 20);
    const cut = middle(
      quadsOf(
        field(() => 50),
        N,
      ),
    );
    expect(cut).toBeCloseTo(
      middle(
        quadsOf(
          field(() => 1),
          N,
        ),
      ),
      6,
    );
    for (const { y, colour } of quadsOf(
      field((x) => (x > 0 ? Number.NaN : 0)),
      N,
    )) {
      expect(Number.isFinite(y)).toBe(true);
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    }
  });
});
