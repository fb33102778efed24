import { drawXAxis } from './axes.ts';
import type { Box, Frame } from './surface.ts';
import { linearScale, type Scale } from './ticks.ts';

/** Time steps 1 … T from left to right; each step is a cell with its number in the middle. */
export function timeScale(T: number, box: Box): Scale {
  return linearScale(0.5, T + 0.5, box.left, box.left + box.width);
}

/** Ticks of a time axis: 1, T, and round numbers of steps between. */
export function timeTicks(T: number): number[] {
  const step = [1, 2, 4, 8, 16, 32].find((s) => T / s <= 5) ?? 64;
  const ticks = [1];
  for (let t = step; t <= T; t += step) if (t > 1 && (t === T || T - t >= step / 2)) ticks.push(t);
  if (ticks.at(-1) !== T) ticks.push(T);
  return ticks;
}

/** Numbers of the time steps with “time step” among them. */
export function drawTimeAxis(frame: Frame, box: Box, T: number): void {
  const ticks = timeTicks(T);
  const scale = timeScale(T, box);
  drawXAxis(frame, box, { ticks, scale });
  const { ctx, theme } = frame;
  const k = Math.max(0, Math.floor(ticks.length / 2) - (ticks.length % 2 === 0 ? 1 : 0));
  const [from, to] = [scale(ticks[k]), scale(ticks[k + 1] ?? T)];
  const numbers = ctx.measureText(`${ticks[k]}${ticks[k + 1] ?? T}`).width / 2;
  const fits = (text: string) => ctx.measureText(text).width + numbers + 10 < to - from;
  const label = ['time step', 'step'].find(fits);
  if (!label) return;
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillText(label, (from + to) / 2, box.top + box.height + 6);
}

/** The time cursor: the step's cell, tinted. */
export function drawTimeCursor({ ctx, theme }: Frame, box: Box, T: number, time: number): void {
  const scale = timeScale(T, box);
  const cell = box.width / T;
  ctx.save();
  ctx.fillStyle = theme.accent;
  ctx.globalAlpha = 0.2;
  ctx.fillRect(scale(time) - cell / 2, box.top, cell, box.height);
  ctx.restore();
}
