import { gaussianSurrogate, type SurrogateSpec } from '../../../snn/surrogate.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../canvas/axes.ts';
import type { Box, Frame } from '../canvas/surface.ts';
import { formatTick, linearScale, niceBound, niceTicks, type Scale } from '../canvas/ticks.ts';
import type { Histogram } from './histogram.ts';
import { meanWeakForm, weakForm } from './weak-form.ts';

const LEFT = 30;
const RIGHT = 36;
const AXIS = 21;
const CAPTION = 20;

/** Half the width of the x axis: holds 4σ, and the resting potential of a neuron whose threshold is ϑ. */
export function halfWidth(sigma: number, threshold: number): number {
  return niceBound(Math.max(4 * sigma, 1.5 * threshold), [1, 1.5, 2, 3, 4, 5, 6, 8, 10]);
}

export interface SurrogatePicture {
  /** Undefined where no surrogate is used. */
  readonly surrogate?: SurrogateSpec;
  /** Samples δ of the present draw, and the number of draws so far. */
  readonly deltas: readonly number[];
  readonly draws: number;
  readonly histogram?: Histogram;
  /** Greatest share of the histogram's axis. */
  readonly most: number;
  readonly half: number;
  readonly caption: string;
}

/** The curves over x = U - ϑ: SG, and with WSG the estimate of the present draw and, of more than one, their mean. */
export function curvesOf({
  surrogate,
  deltas,
  draws,
  half,
}: Pick<SurrogatePicture, 'surrogate' | 'deltas' | 'draws' | 'half'>) {
  const xs = Array.from({ length: 241 }, (_, k) => -half + (2 * half * k) / 240);
  if (!surrogate) return { xs };
  const { kind, sigma, samples } = surrogate;
  const weak = kind === 'WSG';
  return {
    xs,
    gaussian: xs.map((x) => gaussianSurrogate(x, sigma)),
    estimate: weak ? xs.map((x) => weakForm(x, deltas, sigma)) : undefined,
    mean: weak && draws > 1 ? meanWeakForm(xs, draws, samples, sigma) : undefined,
  };
}

const NAME = 'U − ϑ';

/** The step and its stand-in over x = U - ϑ, and behind them how many of the membranes lie at each x. */
export function drawSurrogate(frame: Frame, picture: SurrogatePicture): void {
  const { ctx, width, height, theme } = frame;
  const { surrogate, half } = picture;
  const box: Box = {
    left: LEFT,
    top: CAPTION,
    width: width - LEFT - (RIGHT * theme.fontSize) / 11.5,
    height: Math.max(20, height - AXIS - CAPTION),
  };
  const x = linearScale(-half, half, box.left, box.left + box.width);
  if (surrogate) {
    const from = Math.max(box.left, x(-2 * surrogate.sigma));
    const to = Math.min(box.left + box.width, x(2 * surrogate.sigma));
    ctx.save();
    ctx.globalAlpha = 0.1;
    ctx.fillStyle = theme.accent;
    ctx.fillRect(from, box.top, to - from, box.height);
    ctx.restore();
  }
  drawHistogram(frame, box, picture, x);
  drawCurves(frame, box, picture, x);

  const ticks = niceTicks(-half, half, 4);
  const [last = 0, first = 0] = [ticks.at(-1), ticks.at(-2)];
  // The name stands between the last two numbers, or in place of the first of them.
  const beside = ctx.measureText(`${NAME}${formatTick(first)}`).width + 12 < x(last) - x(first);
  const format = (tick: number) => (tick === first && !beside ? '' : formatTick(tick));
  drawXAxis(frame, box, { ticks, scale: x, format });
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  const middle = beside ? (x(first) + x(last)) / 2 : x(first);
  ctx.fillText(NAME, middle, box.top + box.height + 6);
}

function drawCurves(
  frame: Frame,
  box: Box,
  { surrogate, deltas, draws, half }: SurrogatePicture,
  x: Scale,
): void {
  const { ctx, theme } = frame;
  const peak = surrogate ? gaussianSurrogate(0, surrogate.sigma) : 0;
  const top = niceBound(
    Math.max(1.25, (surrogate?.kind === 'WSG' ? 1.9 : 1.15) * peak),
    [1, 1.5, 2, 3, 4, 5, 6, 8, 10],
  );
  const y = linearScale(0, top, box.top + box.height, box.top);
  drawYAxis(frame, box, {
    ticks: niceTicks(0, top, Math.min(4, Math.max(2, box.height / 34))),
    scale: y,
    grid: true,
  });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 2, box.width, box.height + 3);
  ctx.clip();
  ctx.lineJoin = 'round';
  const { xs, gaussian, estimate, mean } = curvesOf({ surrogate, deltas, draws, half });
  const curve = (values: readonly number[], colour: string, width: number, dash: number[] = []) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    values.forEach((value, k) => {
      ctx.lineTo(x(xs[k]), y(value));
    });
    ctx.stroke();
    ctx.setLineDash([]);
  };
  if (surrogate) {
    curve(gaussian ?? [], theme.accent, surrogate.kind === 'SG' ? 2.2 : 1.2);
    if (mean) curve(mean, theme.muted, 1.6);
    if (estimate) {
      curve(estimate, theme.trace, 2.2);
      // δ carries x across the threshold from x = -δ on: there the estimate jumps.
      for (const delta of deltas) line(frame, x(-delta), y(0), x(-delta), y(0) - 9, theme.trace, 2.2);
    }
  }
  // The step: 0 below the threshold, 1 from it on.
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.3;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(x(-half), y(0));
  ctx.lineTo(x(0), y(0));
  ctx.lineTo(x(0), y(1));
  ctx.lineTo(x(half), y(1));
  ctx.stroke();
  ctx.restore();
  drawLegend(frame, box, surrogate, draws, y(1));
}

/** Names of the curves, each with a piece of its line. */
function drawLegend(
  frame: Frame,
  box: Box,
  surrogate: SurrogateSpec | undefined,
  draws: number,
  step: number,
): void {
  const { ctx, theme } = frame;
  const right = box.left + box.width;
  const entries: [string, string, number, number[], 'left' | 'right'][] = [
    ['H(U − ϑ)', theme.ink, 1.2, [4, 3], 'right'],
  ];
  if (surrogate?.kind === 'SG') {
    entries.push([`SG, σ = ${formatTick(surrogate.sigma)}`, theme.accent, 2.2, [], 'left']);
  } else if (surrogate) {
    const { samples, sigma } = surrogate;
    entries.push([`WSG of ${samples} δ`, theme.trace, 2.2, [], 'left']);
    entries.push([`SG, σ = ${formatTick(sigma)}`, theme.accent, 1.2, [], 'left']);
    if (draws > 1) entries.push([`mean of ${draws}`, theme.muted, 1.6, [], 'left']);
  }
  let row = 0;
  ctx.textBaseline = 'middle';
  for (const [name, colour, width, dash, side] of entries) {
    // The step's name stands on the step.
    const y = side === 'left' ? box.top + 9 + 1.25 * theme.fontSize * row++ : Math.max(box.top + 7, step - 9);
    const from = side === 'left' ? box.left + 5 : right - 16;
    const text = side === 'left' ? from + 19 : from - 4;
    line(frame, from, y, from + 15, y, colour, width, dash);
    ctx.textAlign = side;
    haloText(frame, name, text, y + 0.5, theme.ink);
  }
}

function drawHistogram(
  frame: Frame,
  box: Box,
  { histogram, most, surrogate, caption }: SurrogatePicture,
  x: Scale,
): void {
  const { ctx, theme } = frame;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillStyle = theme.fillStrong;
  ctx.fillRect(2, 2, 9, 9);
  ctx.fillStyle = theme.ink;
  ctx.fillText(caption, 16, 1);
  if (!histogram) return;
  const { shares, from, to, below, above } = histogram;
  const y = linearScale(0, most, box.top + box.height, box.top);
  const step = (to - from) / shares.length;
  shares.forEach((share, k) => {
    const left = from + k * step;
    const inside = !surrogate || Math.abs(left + step / 2) <= 2 * surrogate.sigma;
    ctx.fillStyle = inside ? theme.fillStrong : theme.fill;
    const top = y(Math.min(share, most));
    ctx.fillRect(x(left) + 0.5, top, Math.max(1, x(left + step) - x(left) - 1), box.top + box.height - top);
  });
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  drawYAxis(frame, box, { ticks: [most], scale: y, format: percent, side: 'right' });
  ctx.fillStyle = theme.muted;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  if (below >= 0.005) ctx.fillText(`◂ ${percent(below)}`, box.left + 2, box.top + box.height - 3);
  ctx.textAlign = 'right';
  if (above >= 0.005) ctx.fillText(`${percent(above)} ▸`, box.left + box.width - 2, box.top + box.height - 3);
}
