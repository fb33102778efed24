import { type Curve, drawKey, drawPanel, HEAD, rangesOf } from './curve-panel.ts';
import { figure } from './frame.ts';
import { type FigureRun, spreads } from './results.ts';

const WIDTH = 760;
const HEIGHT = 360;

/** Runs of one method, and what a step of them costs in forward passes. */
export interface Spent {
  readonly method: string;
  readonly runs: readonly FigureRun[];
  readonly passes: number;
}

/** Error over what was spent for it: the median over the seeds, and the range behind it. */
export function passCurves(title: string, spent: readonly Spent[], below: string): string {
  const curves = spent.map(({ method, runs, passes }): Curve => {
    const points = spreads(runs, method, 'error');
    return { method, points: points.map((point) => ({ ...point, step: point.step * passes })) };
  });
  const size = { width: WIDTH, height: HEIGHT - HEAD };
  const methods = curves.map(({ method }) => method);
  return figure(title, WIDTH, HEIGHT, [
    { left: 0, top: 0, width: WIDTH, height: HEAD, draw: (frame) => drawKey(frame, methods, 125) },
    {
      ...size,
      left: 0,
      top: HEAD,
      draw: (frame) => drawPanel(frame, size, curves, rangesOf(curves), { heading: title, below }),
    },
  ]);
}
