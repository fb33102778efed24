import { EXPERIMENTS } from '../../src/experiments/table.ts';
import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import { type Curve, drawKey, drawPanel, HEAD, rangesOf } from './curve-panel.ts';
import { figure } from './frame.ts';
import { type FigureRun, spreads } from './results.ts';

const WIDTH = 760;
const HEIGHT = 330;

/** Training and test error over the steps: the median over the seeds, and the range behind it. */
export function errorCurves(title: string, runs: readonly FigureRun[], methods: readonly string[]): string {
  const kinds = ['training', 'error'] as const;
  const [{ config }] = runs;
  const headings = EXPERIMENTS[config.experiment].operator
    ? { training: 'training functions', error: 'test functions' }
    : { training: 'training points', error: 'stated grid' };
  const curves = kinds.map((kind) =>
    methods.map((method): Curve => ({ method, points: spreads(runs, method, kind) })),
  );
  const ranges = rangesOf(curves.flat());
  const size = { width: WIDTH / 2, height: HEIGHT - HEAD };
  return figure(title, WIDTH, HEIGHT, [
    { left: 0, top: 0, width: WIDTH, height: HEAD, draw: (frame) => drawKey(frame, methods) },
    ...kinds.map((kind, panel) => ({
      ...size,
      left: panel * size.width,
      top: HEAD,
      draw: (frame: Frame) =>
        drawPanel(frame, size, curves[panel], ranges, { heading: headings[kind], below: 'training steps' }),
    })),
  ]);
}
