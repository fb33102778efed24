import { expect, it } from 'vitest';
import type { Frame } from '../../figures/canvas/surface.ts';
import { drawStaircase } from './draw-staircase.ts';

/** What is drawn with a colour: paths of more than two points, and squares. */
function drawn(shown: { T: number; error?: number }) {
  const paths: number[] = [];
  let points = 0;
  let squares = 0;
  let rings = 0;
  const ctx = new Proxy({} as Record<string, unknown>, {
    set: (target, name, value) => Reflect.set(target, name, value),
    get(target, name) {
      if (name === 'measureText') return () => ({ width: 20 });
      if (name === 'beginPath')
        return () => {
          points = 0;
        };
      if (name === 'lineTo' || name === 'moveTo') return () => points++;
      if (name === 'stroke') return () => paths.push(points);
      if (name === 'fillRect') return () => squares++;
      if (name === 'arc') return () => rings++;
      return Reflect.get(target, name) ?? (() => undefined);
    },
  });
  const theme = { fontSize: 12, font: '12px sans-serif' };
  drawStaircase({ ctx, theme, width: 400, height: 280, ratio: 1 } as unknown as Frame, {
    ticks: [1, 2, 4, 8, 16],
    label: 'time steps T',
    mark: 'trained at T = 8',
    times: [1, 2, 4, 8],
    errors: [0.9, 0.5, 0.3, 0.2],
    trained: 8,
    shown,
  });
  return { longest: Math.max(...paths), squares, rings };
}

it('draws what was measured and nothing between', () => {
  const { longest, squares, rings } = drawn({ T: 8, error: 0.2 });
  expect(squares).toBe(4);
  expect(rings).toBe(1);
  // Axis and grid lines have two points each: no line goes through the measured ones.
  expect(longest).toBeLessThanOrEqual(2);
});

it('has no ring where what is shown is another measure', () => {
  expect(drawn({ T: 8 }).rings).toBe(0);
});
