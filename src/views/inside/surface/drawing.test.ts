import { describe, expect, it } from 'vitest';
import type { FigureTheme } from '../../figures/canvas/theme.ts';
import { firstView, turned } from './camera.ts';
import { drawingAsSvg, drawingOf, projected } from './drawing.ts';

const theme = { scheme: 'light', ink: '#111', line: '#ccc', font: '12px x', fontSize: 12 } as FigureTheme;
const hill = { n: 9, values: Float32Array.from({ length: 81 }, (_, k) => (k === 40 ? 1 : 0)) };
const request = {
  target: hill,
  network: hill,
  bound: 1,
  heights: [-0.2, 1.2] as const,
  view: firstView(false),
  theme,
  stacked: false,
};

describe('surfaces drawn without WebGL', () => {
  it('are seen from the side that the camera has', () => {
    const above = { azimuth: 0, elevation: 90, distance: 1 };
    const front = { azimuth: 0, elevation: 0, distance: 1 };
    expect(projected(front, 0.3, 0.2, 0.1)).toEqual({ right: 0.2, up: 0.1, near: 0.3 });
    const seen = projected(above, 0.3, 0.2, 0.1);
    expect([seen.right, seen.up, seen.near].map((v) => Number(v.toFixed(9)))).toEqual([0.2, -0.3, 0.1]);
  });

  it('fill their places, faces behind first, and the hill stands above its foot', () => {
    const { shapes, width, height } = drawingOf(request, 600, 300);
    // A floor and 8 × 8 faces each.
    expect(shapes).toHaveLength(2 * 65);
    for (const { points } of shapes)
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(height);
      }
    const [floor, ...faces] = shapes.slice(0, 65);
    const top = Math.min(...faces.flatMap(({ points }) => points.map(([, y]) => y)));
    expect(top).toBeLessThan(Math.min(...floor.points.map(([, y]) => y)));
  });

  it('turn, stand beneath each other where there is little room, and become a file', () => {
    const points = (view = request.view, stacked = false) =>
      drawingOf({ ...request, view, stacked }, 400, 560).shapes.map((shape) => shape.points);
    expect(points(turned(request.view, 15, 0))).not.toEqual(points());
    expect(Math.max(...points(request.view, true)[65].map(([, y]) => y))).toBeGreaterThan(280);
    const svg = drawingAsSvg(drawingOf(request, 600, 300));
    expect(svg.match(/<polygon/g)).toHaveLength(130);
    expect(svg).toContain('Spiking network');
  });
});
