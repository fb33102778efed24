import { gaussianSurrogate } from '../../../snn/surrogate.ts';
import { type SamplesSettings, type Shift, surrogateAt, THRESHOLD } from '../../../state/labs/samples.ts';
import { drawArrow } from '../../figures/canvas/arrow.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../../figures/canvas/surface.ts';
import { formatNumber, formatTick, linearScale, niceBound, niceTicks } from '../../figures/canvas/ticks.ts';

/** Ends of the axis of membrane potentials. */
export const FROM = -1;
export const TO = 3;
const BINS = 64;

export interface ShiftsBoxes {
  /** The step and the curve over it. */
  readonly curves: Box;
  /** A dot for each shift. */
  readonly dots: Box;
}

export function shiftsBoxes(width: number, height: number, scale: number): ShiftsBoxes {
  const left = 44 * scale;
  const across = { left, width: Math.max(10, width - left - 12) };
  const room = Math.max(60, height - 12 - 36 * scale - 8);
  const curves = 0.52 * room;
  return {
    curves: { ...across, top: 8, height: curves },
    dots: { ...across, top: 8 + curves + 12, height: room - curves },
  };
}

interface ShiftsPicture {
  readonly settings: SamplesSettings;
  readonly shifts: readonly Shift[];
  readonly boxes: ShiftsBoxes;
}

/** Highest value of the axis of derivatives: the curve and the step fit below it. */
const topOf = (sigma: number) =>
  niceBound(Math.max(1.15, 1.1 * gaussianSurrogate(0, sigma)), [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10]);

/** The spike's step with its stand-in SG over U, and below where each random shift carried U. */
export function drawShifts(frame: Frame, { settings, shifts, boxes }: ShiftsPicture): void {
  const { ctx, theme, ratio } = frame;
  const { curves, dots } = boxes;
  const { membrane, sigma } = settings;
  const x = linearScale(FROM, TO, curves.left, curves.left + curves.width);
  const top = topOf(sigma);
  const y = linearScale(0, top, curves.top + curves.height, curves.top);
  drawYAxis(frame, curves, {
    ticks: niceTicks(0, top, Math.min(5, Math.max(2, curves.height / 34))),
    scale: y,
    grid: true,
  });
  drawOtherSide(frame, dots, x(THRESHOLD), membrane >= THRESHOLD);

  const xs = Array.from({ length: 301 }, (_, k) => FROM + ((TO - FROM) * k) / 300);
  ctx.beginPath();
  for (const value of xs) ctx.lineTo(x(value), y(gaussianSurrogate(value - THRESHOLD, sigma)));
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2.2;
  ctx.stroke();
  ctx.lineTo(x(TO), y(0));
  ctx.lineTo(x(FROM), y(0));
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = theme.accent;
  ctx.fill();
  ctx.globalAlpha = 1;
  for (const [x0, y0, x1, y1] of [
    [FROM, 0, THRESHOLD, 0],
    [THRESHOLD, 0, THRESHOLD, 1],
    [THRESHOLD, 1, TO, 1],
  ])
    line(frame, x(x0), y(y0), x(x1), y(y1), theme.ink, 1.3, [4, 3]);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  haloText(frame, 'the spike’s step H', x(TO) - 4, y(1) - 3, theme.ink);

  drawDots(frame, dots, x, settings, shifts);

  const level = crisp(x(THRESHOLD), ratio);
  line(frame, level, curves.top, level, dots.top + dots.height, theme.accent, 1.2, [5, 4]);
  drawXAxis(frame, dots, { ticks: [-1, 0, 1, 2, 3], scale: x, label: 'membrane potential U' });
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  haloText(frame, 'ϑ', level + 4, curves.top + 2, theme.ink);
  drawHere(frame, boxes, x(membrane), y(surrogateAt(settings)), settings);
}

/** Tints where a shift has crossed the threshold. */
function drawOtherSide({ ctx, theme }: Frame, box: Box, level: number, above: boolean): void {
  ctx.globalAlpha = 0.6;
  ctx.fillStyle = theme.fill;
  if (above) ctx.fillRect(box.left, box.top, level - box.left, box.height);
  else ctx.fillRect(level, box.top, box.left + box.width - level, box.height);
  ctx.globalAlpha = 1;
}

/** U, and SG's value there. */
function drawHere(
  frame: Frame,
  { curves, dots }: ShiftsBoxes,
  x: number,
  y: number,
  settings: SamplesSettings,
): void {
  const { ctx, theme } = frame;
  line(frame, x, y, x, dots.top + dots.height, theme.trace, 1.6);
  ctx.fillStyle = theme.panel;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2.2;
  ctx.beginPath();
  ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = theme.trace;
  ctx.beginPath();
  ctx.arc(x, dots.top + dots.height, 6, 0, 2 * Math.PI);
  ctx.fill();
  const left = settings.membrane < THRESHOLD;
  ctx.textAlign = left ? 'right' : 'left';
  ctx.textBaseline = 'middle';
  ctx.font = theme.fontBold;
  const beside = x + (left ? -9 : 9);
  haloText(
    frame,
    `SG = ${formatNumber(surrogateAt(settings))}`,
    beside,
    Math.max(y - 6, curves.top + 8),
    theme.ink,
  );
  haloText(frame, `U = ${formatTick(settings.membrane)}`, beside, curves.top + curves.height - 9, theme.ink);
  ctx.font = theme.font;
}

/** A dot where each shift ended, piled up; those that crossed the threshold are strong. The last one is an arrow. */
function drawDots(
  frame: Frame,
  box: Box,
  x: (value: number) => number,
  { membrane }: SamplesSettings,
  shifts: readonly Shift[],
): void {
  const { ctx, theme } = frame;
  const bins = new Map<number, number>();
  const width = box.width / BINS;
  const placed = shifts.map(({ delta, term }) => {
    const bin = Math.floor((x(membrane + delta) - box.left) / width);
    const height = bins.get(bin) ?? 0;
    bins.set(bin, height + 1);
    return { bin, height, crossed: term !== 0 };
  });
  const highest = Math.max(0, ...bins.values());
  const arrow = 30;
  const pitch = Math.min(0.9 * width, (box.height - arrow) / Math.max(1, highest));
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  const radius = Math.max(0.8, Math.min(5, 0.45 * Math.min(width, Math.max(pitch, 2))));
  for (const { bin, height, crossed } of placed) {
    ctx.fillStyle = crossed ? theme.accent : theme.muted;
    ctx.globalAlpha = crossed ? 1 : 0.55;
    ctx.beginPath();
    ctx.arc(
      box.left + (bin + 0.5) * width,
      box.top + box.height - 2 - radius - height * pitch,
      radius,
      0,
      2 * Math.PI,
    );
    ctx.fill();
  }
  ctx.restore();
  const last = shifts.at(-1);
  if (!last) return;
  const y = box.top + 22;
  const end = Math.min(Math.max(x(membrane + last.delta), box.left), box.left + box.width);
  drawArrow(frame, [x(membrane), y], [end, y], { colour: last.term !== 0 ? theme.accent : theme.muted });
  const gives = last.term !== 0 ? `crosses: gives ${formatNumber(last.term)}` : 'stays: gives 0';
  ctx.textBaseline = 'bottom';
  ctx.font = theme.fontBold;
  const text = `δ = ${formatNumber(last.delta)} ${gives}`;
  const half = ctx.measureText(text).width / 2;
  ctx.textAlign = 'center';
  const middle = (x(membrane) + end) / 2;
  haloText(
    frame,
    text,
    Math.min(Math.max(middle, box.left + half), box.left + box.width - half),
    y - 7,
    theme.ink,
  );
  ctx.font = theme.font;
}
