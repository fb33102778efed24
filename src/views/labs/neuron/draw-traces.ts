import type { NeuronCourse, NeuronSettings } from '../../../state/labs/neuron.ts';
import { drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../../figures/canvas/surface.ts';
import { formatNumber, niceTicks } from '../../figures/canvas/ticks.ts';
import { drawTimeAxis, drawTimeCursor, timeScale } from '../../figures/canvas/time-axis.ts';
import { drawPotential } from '../../figures/spikes/draw-membrane.ts';
import { membranePath, potentialRange, type Range } from '../../figures/spikes/membrane.ts';
import { currentScale, type TraceRows } from './traces.ts';

interface TracesPicture {
  readonly settings: NeuronSettings;
  readonly courses: readonly NeuronCourse[];
  readonly rows: TraceRows;
  readonly range: Range;
  readonly time: number;
  /** How far the simulation has come; T where all of it is shown. */
  readonly until: number;
  /** Said in the current's row, on a screen. */
  readonly hint: string;
}

/** Current, membrane potential and spikes over the same time steps, of both neurons where there are two. */
export function drawTraces(frame: Frame, picture: TracesPicture): void {
  const { settings, courses, rows, time, until } = picture;
  const { T } = settings;
  drawCurrent(frame, picture);
  courses.forEach((course, n) => {
    const name = courses.length > 1 ? `U${'₁₂'[n]}` : 'U';
    const box = rows.membranes[n];
    drawTimeCursor(frame, box, T, time);
    const path = membranePath(course.membranes, course.spikes, 1, 0, settings);
    const potentials = potentialRange(path, settings.threshold);
    drawPotential(
      frame,
      box,
      { path, range: potentials, threshold: settings.threshold, T, time, until },
      name,
    );
    drawSpikes(frame, rows.spikes[n], course, picture, courses.length > 1 ? `S${'₁₂'[n]}` : 'spikes');
  });
  drawTimeAxis(frame, rows.spikes[rows.spikes.length - 1], T);
}

/** Z as a bar at each time step; those still to come are faint. */
function drawCurrent(
  frame: Frame,
  { courses, settings, rows, range, time, until, hint }: TracesPicture,
): void {
  const { ctx, theme, ratio } = frame;
  const box = rows.current;
  const { T } = settings;
  const x = timeScale(T, box);
  const y = currentScale(range, box);
  const cell = box.width / T;
  drawTimeCursor(frame, box, T, time);
  drawYAxis(frame, box, {
    ticks: niceTicks(range.from, range.to, Math.max(2, Math.round(box.height / 32))),
    scale: y,
    label: box.height > 5.5 * theme.fontSize ? 'current Z' : 'Z',
    grid: true,
  });
  const zero = crisp(y(0), ratio);
  courses[0].currents.forEach((current, k) => {
    const left = x(k + 1) - cell / 2;
    const top = y(current);
    ctx.globalAlpha = k + 1 <= until ? 1 : 0.35;
    ctx.fillStyle = theme.fillStrong;
    ctx.fillRect(left, Math.min(top, zero), cell - 0.75, Math.abs(top - zero));
    line(frame, left, top, left + cell - 0.75, top, theme.ink, 2);
  });
  ctx.globalAlpha = 1;
  const { arrived } = courses[0];
  const behind = settings.kind !== 'LIF';
  if (behind) {
    ctx.strokeStyle = theme.trace;
    ctx.lineWidth = 2;
    ctx.setLineDash([]);
    ctx.lineJoin = 'round';
    ctx.beginPath();
    for (let k = 0; k < Math.min(until, T); k++) ctx.lineTo(x(k + 1), y(arrived[k]));
    ctx.stroke();
  }
  line(frame, box.left, zero, box.left + box.width, zero, theme.muted);
  const now = courses[0].currents[time - 1];
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.ink;
  if (behind) {
    const through = arrived[time - 1];
    const [at, own] = apart(box, y(through), y(now), theme.fontSize * 1.15);
    ctx.fillText(`Z = ${formatNumber(now)}`, box.left + box.width + 5, own);
    ctx.fillStyle = theme.trace;
    ctx.fillText(`I = ${formatNumber(through)}`, box.left + box.width + 5, at);
  } else ctx.fillText(`Z = ${formatNumber(now)}`, box.left + box.width + 5, clampTo(box, y(now)));
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  if (hint && !frame.onPaper) haloText(frame, hint, box.left + box.width - 6, box.top + 4, theme.muted);
}

/** Two places beside a box, `distance` apart at the least, the first above the second where their values are equal. */
function apart(box: Box, a: number, b: number, distance: number): [number, number] {
  const order = a <= b ? 1 : -1;
  const middle = clampTo({ ...box, top: box.top + distance / 2, height: box.height - distance }, (a + b) / 2);
  const half = Math.max(distance, Math.abs(b - a)) / 2;
  return [clampTo(box, middle - order * half), clampTo(box, middle + order * half)];
}

const clampTo = ({ top, height }: Box, y: number) => Math.min(Math.max(y, top + 6), top + height - 6);

/** A dark mark a spike, and how many there are. */
function drawSpikes(
  frame: Frame,
  box: Box,
  { spikes }: NeuronCourse,
  { settings: { T }, until, time }: TracesPicture,
  name: string,
): void {
  const { ctx, theme, ratio } = frame;
  const x = timeScale(T, box);
  drawTimeCursor(frame, box, T, time);
  const bottom = crisp(box.top + box.height, ratio);
  line(frame, box.left, bottom, box.left + box.width, bottom, theme.line);
  const width = Math.max(2, Math.round(Math.min(6, (box.width / T) * 0.3) * ratio) / ratio);
  let count = 0;
  ctx.fillStyle = theme.ink;
  spikes.forEach((spike, k) => {
    if (spike === 0 || k + 1 > until) return;
    count++;
    ctx.fillRect(Math.round((x(k + 1) - width / 2) * ratio) / ratio, box.top + 2, width, box.height - 4);
  });
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  ctx.fillText(name, box.left - 6, box.top + box.height / 2);
  ctx.textAlign = 'left';
  ctx.font = theme.fontBold;
  ctx.fillText(`= ${count}`, box.left + box.width + 5, box.top + box.height / 2);
  ctx.font = theme.font;
}
