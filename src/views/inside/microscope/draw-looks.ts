import type { Table } from '../../../io/csv.ts';
import { drawMarker, laneLook } from '../../compare/lane-looks.ts';
import { drawXAxis, drawYAxis } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { linearScale, niceTicks } from '../../figures/canvas/ticks.ts';
import { columnOf } from './draw-cosines.ts';
import type { Look } from './use-draws.ts';

/** Mean cosines of every look as they are drawn. */
export function looksTable(layers: readonly string[], looks: readonly Look[]): Table {
  return {
    header: ['step', ...layers.map((name) => columnOf({ name }))],
    titles: ['step', ...layers],
    rows: looks.map(({ step, layers }) => [step, ...layers]),
  };
}

/** Mean cosine with BP's gradient over the steps at which weights were looked at, a line a layer. */
export function drawLooks(frame: Frame, looks: readonly Look[]): void {
  const { ctx, theme, width, height } = frame;
  const box = { left: 46, top: 10, width: width - 60, height: height - 50 };
  const steps = looks.map(({ step }) => step);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const least = Math.min(0, ...looks.flatMap(({ layers }) => layers.map((cosine) => cosine ?? 0)));
  const low = Math.max(-1, Math.floor(4 * least) / 4);
  const x = linearScale(first, Math.max(last, first + 1), box.left + 4, box.left + box.width - 4);
  const y = linearScale(low, 1, box.top + box.height, box.top);
  drawYAxis(frame, box, { ticks: niceTicks(low, 1, 4), scale: y, grid: true, label: 'cosine' });
  drawXAxis(frame, box, {
    ticks: niceTicks(first, Math.max(last, first + 1), 5).filter(Number.isInteger),
    scale: x,
    label: 'training steps done',
  });
  (looks[0]?.layers ?? []).forEach((_, layer) => {
    const look = laneLook(layer, theme.scheme);
    const points = looks.flatMap(({ step, layers }): [number, number][] => {
      const cosine = layers[layer];
      return cosine === undefined ? [] : [[x(step), y(cosine)]];
    });
    ctx.strokeStyle = look.colour;
    ctx.lineWidth = 1.75;
    ctx.lineJoin = 'round';
    ctx.setLineDash([...look.dash]);
    ctx.beginPath();
    for (const [px, py] of points) ctx.lineTo(px, py);
    ctx.stroke();
    ctx.setLineDash([]);
    const [end] = points.slice(-1);
    if (end) drawMarker(ctx, look, ...end, 4, theme.panel);
  });
}
