import type { Table } from '../../../io/csv.ts';
import { gaussianSurrogate } from '../../../snn/surrogate.ts';
import {
  estimatesOf,
  runningMeans,
  type SamplesSettings,
  type Shift,
  surrogateAt,
} from '../../../state/labs/samples.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { formatNumber, linearScale, niceBound, niceTicks } from '../../figures/canvas/ticks.ts';

/** Shifts that the axis has room for at first. */
const FIRST = 20;

/** From so many shifts on the mean is compared with SG: before, where it goes can be guessed. */
export const COMPARED = 20;

/** The shifts as they are drawn: each with its mean so far, the estimate of K shifts that it belongs to, and SG. */
export function shiftsTable(settings: SamplesSettings, shifts: readonly Shift[]): Table {
  const { samples, membrane, sigma, seed } = settings;
  const running = runningMeans(shifts);
  const estimates = estimatesOf(shifts, samples);
  const surrogate = surrogateAt(settings);
  return {
    header: ['shift', 'delta', 'gives', 'mean', 'estimate', 'surrogate'],
    rows: shifts.map(({ delta, term }, k) => [
      ...[k + 1, delta, term, running[k], estimates[Math.floor(k / samples)], surrogate],
    ]),
    notes: [`U ${membrane}`, `σ ${sigma}`, `K ${samples}`, `seed of the shifts ${seed}`],
  };
}

/** The running mean over the number of shifts, SG as a line, and each estimate of K shifts as a short bar. */
export function drawMeans(frame: Frame, settings: SamplesSettings, shifts: readonly Shift[]): void {
  const { ctx, theme, width, height } = frame;
  const scale = theme.fontSize / 11.5;
  const box = { left: 44 * scale, top: 8, width: width - 56 * scale, height: height - 8 - 36 * scale };
  const { sigma, samples } = settings;
  const surrogate = surrogateAt(settings);
  const most = niceBound(Math.max(FIRST, shifts.length), [1, 2, 3, 4, 5, 6, 8, 10]);
  const top = niceBound(2.4 * gaussianSurrogate(0, sigma), [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]);
  const x = linearScale(0, most, box.left, box.left + box.width);
  const y = linearScale(0, top, box.top + box.height, box.top);
  drawYAxis(frame, box, { ticks: niceTicks(0, top, 4), scale: y, grid: true });
  drawXAxis(frame, box, { ticks: niceTicks(0, most, 4), scale: x, label: 'shifts drawn' });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 2, box.width + 6, box.height + 3);
  ctx.clip();
  estimatesOf(shifts, samples).forEach((estimate, n) => {
    const level = y(Math.min(estimate, top));
    line(frame, x(n * samples), level, x((n + 1) * samples), level, theme.fillStrong, 3);
  });
  const compared = shifts.length >= COMPARED;
  if (compared) line(frame, box.left, y(surrogate), box.left + box.width, y(surrogate), theme.accent, 2);
  const means = runningMeans(shifts);
  ctx.strokeStyle = theme.trace;
  ctx.lineWidth = 2.2;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  means.forEach((mean, k) => {
    ctx.lineTo(x(k + 1), y(mean));
  });
  ctx.stroke();
  const last = means.at(-1);
  if (last !== undefined) {
    ctx.fillStyle = theme.trace;
    ctx.beginPath();
    ctx.arc(x(means.length), y(Math.min(last, top)), 4, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();

  const pitch = 1.35 * theme.fontSize;
  const legend: (readonly [string, string, number])[] = [
    [
      last === undefined ? 'mean of all shifts' : `mean of all shifts ${formatNumber(last)}`,
      theme.trace,
      2.2,
    ],
    ...(compared ? ([[`SG ${formatNumber(surrogate)}`, theme.accent, 2]] as const) : []),
    [`estimates of ${samples} shifts each`, theme.fillStrong, 3],
  ];
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  legend.forEach(([name, colour, thickness], row) => {
    const middle = box.top + 10 + row * pitch;
    const right = box.left + box.width;
    line(frame, right - 18, middle, right - 2, middle, colour, thickness);
    haloText(frame, name, right - 24, middle + 0.5, theme.ink);
  });
}
