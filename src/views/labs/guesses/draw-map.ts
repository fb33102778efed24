import {
  averageOf,
  BEST,
  type Guess,
  type GuessesSettings,
  gradientAt,
  lossAt,
  REACH,
  runningAverages,
  stepped,
  type Vector,
} from '../../../state/labs/guesses.ts';
import { drawArrow } from '../../figures/canvas/arrow.ts';
import { drawXAxis, drawYAxis, haloText, line } from '../../figures/canvas/axes.ts';
import { levelLine } from '../../figures/canvas/contour.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import type { Box, Frame } from '../../figures/canvas/surface.ts';
import { linearScale } from '../../figures/canvas/ticks.ts';

const NODES = 61;
const LEVELS = [0.02, 0.08, 0.2, 0.4, 0.7, 1.1, 1.6, 2.2, 2.9, 3.8];
/** Arrows are as long as the vectors, times this. */
const ARROW = 0.65;

let contours: { level: number; segments: ReturnType<typeof levelLine> }[] | undefined;

function contoursOf() {
  if (contours) return contours;
  const values = new Float64Array(NODES * NODES);
  const at = (k: number) => REACH * (-1 + (2 * k) / (NODES - 1));
  for (let i = 0; i < NODES; i++)
    for (let j = 0; j < NODES; j++) values[i * NODES + j] = lossAt(at(j), at(i));
  const field: Field = { n: NODES, values };
  contours = LEVELS.map((level) => ({ level, segments: levelLine(field, level) }));
  return contours;
}

/** The largest square that fits, with room for its axes. */
export function mapBox(width: number, height: number, scale: number): Box {
  const [left, bottom] = [50 * scale, 36 * scale];
  const side = Math.max(60, Math.min(width - left - 10, height - bottom - 8));
  return { left: left + (width - left - 10 - side) / 2, top: 8, width: side, height: side };
}

interface MapPicture {
  readonly settings: GuessesSettings;
  readonly guesses: readonly Guess[];
  readonly trail: readonly Vector[];
  readonly box: Box;
}

/** The loss as level lines, and arrows from the parameters: the gradient, the last guess and what it makes of it, the average; and the step against that. */
export function drawMap(frame: Frame, { settings, guesses, trail, box }: MapPicture): void {
  const { ctx, theme } = frame;
  const x = linearScale(-REACH, REACH, box.left, box.left + box.width);
  const y = linearScale(-REACH, REACH, box.top + box.height, box.top);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  contoursOf().forEach(({ segments }, k) => {
    ctx.strokeStyle = k < 3 ? theme.muted : theme.fillStrong;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (const [x0, y0, x1, y1] of segments) {
      ctx.moveTo(x(REACH * x0), y(REACH * y0));
      ctx.lineTo(x(REACH * x1), y(REACH * y1));
    }
    ctx.stroke();
  });
  drawBest(frame, x(BEST[0]), y(BEST[1]));
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  for (const [a, b] of [...trail, [settings.a, settings.b] as const]) ctx.lineTo(x(a), y(b));
  ctx.stroke();
  ctx.fillStyle = theme.ink;
  for (const [a, b] of trail) dot(frame, x(a), y(b), 2.6);

  const { a, b } = settings;
  const tip = ([da, db]: Vector, by = ARROW): [number, number] => [x(a + by * da), y(b + by * db)];
  const here: [number, number] = [x(a), y(b)];
  ctx.fillStyle = theme.accent;
  ctx.globalAlpha = Math.max(0.3, Math.min(0.6, 12 / Math.max(1, guesses.length)));
  for (const { estimate } of guesses.slice(0, -1)) {
    const [left, top] = tip(estimate);
    dot(frame, left, top, 3.2);
  }
  ctx.globalAlpha = 1;
  drawPath(
    frame,
    runningAverages(guesses).map((average) => tip(average)),
  );
  const last = guesses.at(-1);
  if (last) {
    const [da, db] = last.direction;
    const length = 0.3 / Math.hypot(da, db);
    const [forth, back] = [tip(last.direction, length * REACH), tip(last.direction, -length * REACH)];
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1.2;
    ctx.setLineDash([3, 3]);
    ctx.beginPath();
    ctx.moveTo(...back);
    ctx.lineTo(...here);
    ctx.stroke();
    ctx.setLineDash([]);
    drawArrow(frame, here, tip(last.estimate), { colour: theme.negative, width: 2 });
    drawArrow(frame, here, forth, { colour: theme.muted, dash: [5, 4], width: 2 });
  }
  drawArrow(frame, here, tip(gradientAt(a, b)), { colour: theme.trace, width: 5 });
  const average = averageOf(guesses);
  if (guesses.length > 1) drawArrow(frame, here, tip(average), { colour: theme.accent, width: 2.5 });
  if (last) {
    const [nextA, nextB] = stepped(settings, average);
    line(frame, ...here, x(nextA), y(nextB), theme.ink, 1.4, [2, 3]);
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 1.6;
    ctx.beginPath();
    ctx.arc(x(nextA), y(nextB), 4, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.fillStyle = theme.ink;
  dot(frame, ...here, 5);
  ctx.restore();
  drawLegend(frame, box, guesses.length);
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  const ticks = [-2, -1, 0, 1, 2];
  drawXAxis(frame, box, { ticks, scale: x, label: 'parameter a' });
  drawYAxis(frame, box, { ticks, scale: y });
  drawUpright(frame, 'parameter b', box);
}

/** How the average moved as guesses came. */
function drawPath({ ctx, theme }: Frame, path: readonly (readonly [number, number])[]): void {
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  for (const point of path) ctx.lineTo(...point);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function drawUpright({ ctx, theme }: Frame, label: string, box: Box): void {
  ctx.save();
  ctx.translate(box.left - 3.2 * theme.fontSize, box.top + box.height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.muted;
  ctx.fillText(label, 0, 0);
  ctx.restore();
}

function dot({ ctx }: Frame, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}

/** A cross where the loss is least. */
function drawBest({ ctx, theme }: Frame, x: number, y: number): void {
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.8;
  ctx.beginPath();
  ctx.moveTo(x - 5, y - 5);
  ctx.lineTo(x + 5, y + 5);
  ctx.moveTo(x - 5, y + 5);
  ctx.lineTo(x + 5, y - 5);
  ctx.stroke();
  ctx.fillStyle = theme.ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText('least loss', x + 10, y + 1);
}

/** What the arrows are, in the corner that is lowest. */
function drawLegend(frame: Frame, box: Box, guesses: number): void {
  const { ctx, theme } = frame;
  const entries: [string, string, number, number[]][] = [['gradient: uphill', theme.trace, 5, []]];
  if (guesses > 0) {
    entries.push(['last guess', theme.muted, 2, [5, 4]], ['number × guess', theme.negative, 2, []]);
    if (guesses > 1) entries.push([`mean of ${guesses} guesses`, theme.accent, 2.5, []]);
    entries.push(['step against it', theme.ink, 1.4, [2, 3]]);
  }
  const pitch = 1.4 * theme.fontSize;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  entries.forEach(([name, colour, width, dash], k) => {
    const y = box.top + box.height - 12 - (entries.length - 1 - k) * pitch;
    line(frame, box.left + 10, y, box.left + 32, y, colour, width, dash);
    haloText(frame, name, box.left + 39, y + 0.5, theme.ink);
  });
}
