import { describe, expect, it } from 'vitest';
import { textFaults, textFrame } from '../../../tests/support/canvas-text.ts';
import { LossSeries } from '../../state/loss-series.ts';
import type { Frame } from '../figures/canvas/surface.ts';
import { drawCurves, placeNames } from './draw-curves.ts';
import { curvesLayout } from './layout.ts';

describe('placeNames', () => {
  it('puts a name right of its line where there is room, else left of it and lower', () => {
    expect(placeNames([100], [40], 0, 300)).toEqual([{ index: 0, row: 0, left: 104 }]);
    expect(placeNames([280], [40], 0, 300)).toEqual([{ index: 0, row: 1, left: 236 }]);
  });

  it('keeps three rows, none on another, and leaves out older names first', () => {
    const xs = Array.from({ length: 36 }, (_, i) => 150 + 4 * i);
    const widths = xs.map(() => 60);
    const placed = placeNames(xs, widths, 40, 300);
    expect(placed[0].index).toBe(35);
    expect(placed.length).toBeGreaterThan(2);
    expect(placed.length).toBeLessThan(12);
    for (const { row, left } of placed) {
      expect(row).toBeLessThan(3);
      expect(left).toBeGreaterThanOrEqual(40);
      expect(left + 60).toBeLessThanOrEqual(300);
      const others = placed.filter((other) => other.row === row && other.left !== left);
      for (const other of others) expect(Math.abs(other.left - left)).toBeGreaterThanOrEqual(60);
    }
  });

  it('leaves out a name that has no room on either side', () => {
    expect(placeNames([60], [80], 40, 100)).toEqual([]);
  });
});

describe('drawCurves', () => {
  it('shows the loss of a single step, which is no line', () => {
    const boxes = (values: readonly number[]) => {
      const filled: unknown[] = [];
      const fillRect = (...box: unknown[]) => filled.push(box);
      const measureText = () => ({ width: 10 });
      const ctx = new Proxy({ fillRect, measureText } as object, {
        get: (own, name) => Reflect.get(own, name) ?? (() => undefined),
        set: () => true,
      });
      const losses = new LossSeries();
      losses.replace(0, Float64Array.from(values));
      const run = { losses, metrics: [], changes: [], step: values.length, end: values.length };
      const frame = { ctx, width: 300, height: 200, ratio: 1, theme: { fontSize: 12 } };
      drawCurves(frame as unknown as Frame, { run, last: values.length, paper: undefined });
      return filled.length;
    };
    expect(boxes([2.5]) - boxes([2.5, 1.5])).toBe(1);
  });

  it('has its numbers, two or more on each axis, and its titles on the canvas, however low it is and large its letters', () => {
    const losses = new LossSeries();
    losses.replace(0, Float64Array.from([1e3, 1e9]));
    const metrics = [1, 1e7].map((value, step) => ({ step, value, grid: 'coarse' as const }));
    const run = { losses, metrics, changes: [], step: 2, end: 5000 };
    for (const fontSize of [11.5, 14, 18, 20])
      for (let height = Math.ceil(8.2 * fontSize); height < 420; height += 7) {
        const { frame, written } = textFrame(640, height);
        const font = `${fontSize}px sans-serif`;
        Object.assign(frame.ctx, { font });
        const theme = { ...frame.theme, fontSize, font };
        drawCurves({ ...frame, theme }, { run, last: 5000, paper: undefined });
        const texts = written.map(({ text }) => text);
        expect(textFaults(frame, written), `${fontSize} px letters on ${height} px`).toEqual([]);
        for (const end of ['0.01', '0.001', '0', '5k']) expect(texts).toContain(end);
        const { error, loss } = curvesLayout(640, height, fontSize);
        for (const { left, top, height: high } of [error, loss]) {
          const beside = written.filter(
            (text) => text.right < left && text.bottom > top && text.top < top + high,
          );
          expect(beside.length).toBeGreaterThan(1);
        }
        expect(texts.join()).toMatch(/training steps done/);
      }
  });
});
