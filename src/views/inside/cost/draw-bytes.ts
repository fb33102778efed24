import type { Table } from '../../../io/csv.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { linearScale, niceBound } from '../../figures/canvas/ticks.ts';
import { formatSI } from '../../format.ts';

interface BytesChart {
  readonly times: readonly number[];
  /** Bytes for each of `times`: of the run's method, and of BP where that is another. */
  readonly own: readonly number[];
  readonly backprop?: readonly number[];
  readonly method: string;
  readonly backpropName: string;
  /** T of the run. */
  readonly T: number;
}

/** The curves as they are drawn. */
export function bytesTable({ times, own, backprop, method }: Omit<BytesChart, 'T' | 'backpropName'>): Table {
  const both = backprop !== undefined;
  return {
    header: ['T', 'bytes', ...(both ? ['bytes_by_BP'] : [])],
    titles: ['T', `${method}, bytes`, ...(both ? ['BP, bytes'] : [])],
    rows: times.map((T, i) => [T, own[i], ...(both ? [backprop[i]] : [])]),
  };
}

/** Memory that the gradient needs over the number of time steps. */
export function drawBytes(frame: Frame, { times, own, backprop, method, backpropName, T }: BytesChart): void {
  const { ctx, theme, width, height } = frame;
  const names = [method, ...(backprop ? [backpropName] : [])];
  const room = Math.max(84, 20 + Math.max(...names.map((name) => ctx.measureText(name).width)));
  const box = { left: 66, top: 12, width: width - 66 - room, height: height - 52 };
  const last = times[times.length - 1];
  const most = niceBound(Math.max(1, ...own, ...(backprop ?? [])));
  const x = linearScale(0, last, box.left, box.left + box.width);
  const y = linearScale(0, most, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: [0, most / 2, most],
    scale: y,
    format: (value) => `${formatSI(value)}B`,
    grid: true,
    label: 'kept',
  });
  drawXAxis(frame, box, {
    ticks: [1, ...[1, 2, 3, 4].map((quarter) => (quarter * last) / 4)],
    scale: x,
    label: 'time steps T',
  });
  line(frame, x(T), box.top, x(T), box.top + box.height, theme.ink, 1.25, [5, 4]);
  const curve = (bytes: readonly number[], colour: string, dash: number[], name: string) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2.25;
    ctx.setLineDash(dash);
    ctx.beginPath();
    times.forEach((time, i) => {
      ctx.lineTo(x(time), y(bytes[i]));
    });
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    haloText(frame, name, x(last) + 6, y(bytes[bytes.length - 1]), theme.ink);
  };
  if (backprop) curve(backprop, theme.trace, [6, 4], backpropName);
  curve(own, theme.accent, [], method);
}
