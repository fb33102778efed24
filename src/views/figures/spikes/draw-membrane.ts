import { drawYAxis, haloText, line } from '../canvas/axes.ts';
import { type Box, crisp, type Frame } from '../canvas/surface.ts';
import { formatNumber, formatTick, linearScale, niceTicks } from '../canvas/ticks.ts';
import { drawTimeAxis, drawTimeCursor, timeScale } from '../canvas/time-axis.ts';
import { type MembranePath, type Range, upstrokeFoot } from './membrane.ts';

const LEFT = 50;
const RIGHT = 44;
const AXIS = 21;
/** A membrane is far above the threshold at so many times of it. */
const FAR = 2;

/** Place of the trace on the membrane's canvas. */
export function membraneBox(width: number, height: number): Box {
  return {
    left: LEFT,
    top: 2,
    width: Math.max(10, width - LEFT - RIGHT),
    height: Math.max(10, height - AXIS),
  };
}

interface MembranePicture {
  readonly path: MembranePath;
  readonly range: Range;
  readonly threshold: number;
  readonly T: number;
  readonly time: number;
  /** Said above the threshold where a membrane goes far beyond it. */
  readonly beyond?: string;
}

/** U over time with the time steps under it. */
export function drawMembrane(frame: Frame, picture: MembranePicture): void {
  const box = membraneBox(frame.width, frame.height);
  drawTimeCursor(frame, box, picture.T, picture.time);
  drawPotential(frame, box, picture);
  drawTimeAxis(frame, box, picture.T);
}

/** U in `box` with its dashed threshold, an upstroke for each spike, and the reset; only so far as `until` where it is given. */
export function drawPotential(
  frame: Frame,
  box: Box,
  { path, range, threshold, T, time, until = T, beyond }: MembranePicture & { readonly until?: number },
  name = 'U',
): void {
  const { ctx, theme, ratio } = frame;
  const x = timeScale(T, box);
  const y = linearScale(range.from, range.to, box.top + box.height, box.top);
  const foot = upstrokeFoot(range);
  const ticks = niceTicks(range.from, foot, Math.min(6, Math.max(2, Math.round(box.height / 32))));
  const label = [`membrane potential ${name}`, `potential ${name}`, name].find(
    (words) => ctx.measureText(words).width <= box.height,
  );
  drawYAxis(frame, box, { ticks, scale: y, label, grid: true });

  const level = crisp(y(threshold), ratio);
  line(frame, box.left, level, box.left + box.width, level, theme.accent, 1.5, [5, 4]);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 1, until < T ? x(until) - box.left + 1 : box.width, box.height + 2);
  ctx.clip();
  ctx.strokeStyle = theme.trace;
  ctx.lineWidth = 1.6;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  path.line.forEach(([t, u], k) => {
    if (k === 0) ctx.moveTo(x(t), y(u));
    else ctx.lineTo(x(t), y(u));
  });
  ctx.stroke();
  for (const [t, u] of path.spikes) {
    line(frame, x(t), y(u), x(t), y(range.to) + 2, theme.trace, 1.2);
    line(frame, x(t), y(range.to) + 9, x(t), y(range.to) + 1, theme.ink, 2.4);
  }
  ctx.restore();
  drawNow(frame, box, path, x(time), y, time);

  const far = path.line.some(([, u]) => u > FAR * threshold);
  if (far && beyond && ctx.measureText(beyond).width < box.width - 8) {
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    haloText(frame, beyond, box.left + 4, box.top + box.height - 2, theme.muted);
  }
  ctx.fillStyle = theme.ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(`ϑ = ${formatTick(threshold)}`, box.left + box.width + 5, level + 0.5);
}

/** A dot at U before the reset at the time cursor, with its value. */
function drawNow(
  frame: Frame,
  box: Box,
  path: MembranePath,
  x: number,
  y: (u: number) => number,
  time: number,
): void {
  const { ctx, theme } = frame;
  const now = path.line.find(([t]) => t === time);
  if (!now) return;
  ctx.fillStyle = theme.panel;
  ctx.strokeStyle = theme.trace;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.arc(x, y(now[1]), 3.5, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();

  const text = `U = ${formatNumber(now[1])}`;
  const { width } = ctx.measureText(text);
  const onLeft = x + width + 14 > box.left + box.width;
  const left = onLeft ? Math.max(box.left + 2, x - width - 10) : x + 10;
  const middle = Math.min(Math.max(y(now[1]) + 12, box.top + 8), box.top + box.height - 8);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  haloText(frame, text, left, middle + 0.5, theme.ink);
}
