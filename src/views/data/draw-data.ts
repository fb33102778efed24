import { type Column, LINE_NODES, MAP_NODES, ownUnit } from '../../problems/samples.ts';
import { drawXAxis, drawYAxis, fitText } from '../figures/canvas/axes.ts';
import { cssColour, diverging, type Lut, lutIndex } from '../figures/canvas/colour-map.ts';
import type { Box, Frame } from '../figures/canvas/surface.ts';
import { linearScale, niceBound, niceTicks } from '../figures/canvas/ticks.ts';
import { drawColourBar } from '../figures/prediction/colour-bar.ts';
import { FieldImage } from '../figures/prediction/draw-map.ts';
import { type Points, unitText } from './samples-of.ts';

const LEFT = 46;
const RIGHT = 10;
const TOP = 8;
const AXIS = 34;
const BAR = 10;
const BAR_NUMBERS = 20;

/** Place of the axes: a square with a colour bar below it, or what there is of the canvas. */
export function dataBox(width: number, height: number, square: boolean): Box {
  const room = { width: Math.max(20, width - LEFT - RIGHT), height: Math.max(20, height - TOP - AXIS) };
  if (!square) return { left: LEFT, top: TOP, ...room };
  const side = Math.max(20, Math.floor(Math.min(room.width, room.height - BAR - BAR_NUMBERS)));
  return {
    left: LEFT + Math.max(0, Math.floor((room.width - side) / 2)),
    top: TOP,
    width: side,
    height: side,
  };
}

/** Values that colours or heights go over. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

interface Layer {
  readonly points: Points;
  /** Ringed points are those of the test. */
  readonly ringed?: boolean;
}

const images = new WeakMap<HTMLCanvasElement, FieldImage>();

/** Axes of a square in the columns' own units. */
function drawAxes(frame: Frame, box: Box, [first, second]: readonly Column[], vertical: Range): void {
  const { ctx, theme } = frame;
  const ticksOf = ({ from, to }: Range, room: number) => niceTicks(from, to, room < 150 ? 2 : 4);
  drawXAxis(frame, box, {
    ticks: ticksOf(first, box.width),
    scale: linearScale(first.from, first.to, box.left, box.left + box.width),
    format: (value) => unitText(value, first),
    label: fitText(ctx, first.name, box.width),
  });
  drawYAxis(frame, box, {
    ticks: ticksOf(vertical, box.height),
    scale: linearScale(vertical.from, vertical.to, box.top + box.height, box.top),
    format: (value) => unitText(value, vertical),
    label: second && fitText(ctx, second.name, box.height),
    grid: !second || undefined,
  });
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
}

/** Over two inputs: the network's output as a map, points in the colours of their values, axes in the columns' units. */
export function drawDataMap(
  frame: Frame,
  canvas: HTMLCanvasElement,
  model: {
    readonly inputs: readonly Column[];
    readonly range: Range;
    readonly field?: ArrayLike<number>;
    readonly layers: readonly Layer[];
  },
): void {
  const { inputs, range } = model;
  const box = dataBox(frame.width, frame.height, true);
  const lut = diverging(frame.theme.scheme);
  drawMap(frame, canvas, box, lut, model);
  drawAxes(frame, box, inputs, inputs[1]);
  const bar = { left: box.left, top: box.top + box.height + AXIS, width: box.width, height: BAR };
  const middle = (range.from + range.to) / 2;
  const ticks = [range.from, middle, range.to];
  drawColourBar(frame, bar, { lut, ticks, ...range, open: true });
}

/** The same without axes and colour bar. */
export function drawMap(
  frame: Frame,
  canvas: HTMLCanvasElement,
  box: Box,
  lut: Lut,
  {
    range,
    field,
    layers,
  }: { readonly range: Range; readonly field?: ArrayLike<number>; readonly layers: readonly Layer[] },
): void {
  if (field?.length === MAP_NODES ** 2) {
    const image = images.get(canvas) ?? new FieldImage();
    images.set(canvas, image);
    image.draw(frame, box, { n: MAP_NODES, values: field }, lut, range.from, range.to);
  }
  const x = linearScale(-1, 1, box.left, box.left + box.width);
  const y = linearScale(-1, 1, box.top + box.height, box.top);
  const { ctx, theme } = frame;
  const colour = (value: number) => cssColour(lut, lutIndex(value, range.from, range.to));
  for (const { points, ringed } of layers) {
    const { inputs, values } = points;
    const radius = radiusOf(values.length);
    for (let i = 0; i < values.length; i++) {
      ctx.beginPath();
      ctx.arc(x(inputs[2 * i]), y(inputs[2 * i + 1]), radius, 0, 2 * Math.PI);
      ctx.fillStyle = colour(values[i]);
      ctx.fill();
      ctx.strokeStyle = ringed ? theme.ink : theme.muted;
      ctx.lineWidth = ringed && radius > SMALL ? 1.25 : 0.5;
      ctx.stroke();
    }
  }
}

/** Points of this radius have thin rings, or there would be nothing but rings. */
const SMALL = 1.6;
const radiusOf = (count: number) => (count > 600 ? SMALL : count > 150 ? 2.2 : 3);

/** Over one input: points, test points ringed, and the network's output as a line. */
export function drawDataCurve(
  frame: Frame,
  model: CurveModel & { readonly input: Column; readonly target?: Column },
): void {
  const { range, input, target } = model;
  const box = dataBox(frame.width, frame.height, false);
  drawAxes(frame, box, target ? [input, target] : [input], range);
  drawCurve(frame, box, model);
}

interface CurveModel {
  readonly range: Range;
  readonly line?: ArrayLike<number>;
  readonly layers: readonly Layer[];
  /** Where the probe is, in [-1, 1]. */
  readonly cursor?: number;
}

/** The same without axes. */
export function drawCurve(frame: Frame, box: Box, { range, line, layers, cursor }: CurveModel): void {
  const { ctx, theme } = frame;
  const x = linearScale(-1, 1, box.left, box.left + box.width);
  const y = linearScale(range.from, range.to, box.top + box.height, box.top);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - 3, box.top - 3, box.width + 6, box.height + 6);
  ctx.clip();
  ctx.lineWidth = 1;
  if (range.from < 0 && range.to > 0) {
    ctx.strokeStyle = theme.muted;
    ctx.beginPath();
    ctx.moveTo(box.left, y(0));
    ctx.lineTo(box.left + box.width, y(0));
    ctx.stroke();
  }
  if (cursor !== undefined) {
    ctx.strokeStyle = theme.muted;
    ctx.setLineDash([3, 3]);
    ctx.beginPath();
    ctx.moveTo(x(cursor), box.top);
    ctx.lineTo(x(cursor), box.top + box.height);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  for (const { points, ringed } of layers) {
    const { inputs, values } = points;
    const radius = radiusOf(values.length);
    ctx.fillStyle = theme.fillStrong;
    ctx.strokeStyle = theme.trace;
    ctx.lineWidth = 1.25;
    for (let i = 0; i < values.length; i++) {
      ctx.beginPath();
      ctx.arc(x(inputs[i]), y(values[i]), radius, 0, 2 * Math.PI);
      if (ringed) ctx.stroke();
      else ctx.fill();
    }
  }
  if (line?.length === LINE_NODES) {
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    for (let i = 0; i < line.length; i++) ctx.lineTo(x(-1 + (2 * i) / (LINE_NODES - 1)), y(line[i]));
    ctx.stroke();
  }
  ctx.restore();
}

/** The range of a table's targets in round numbers, around their mean for colours. */
export function targetRange(target: Column, around = (target.from + target.to) / 2): Range {
  const half = Math.max(target.to - around, around - target.from);
  const step = 10 ** Math.floor(Math.log10(half)) / 2;
  const middle = Number((Math.round(around / step) * step).toPrecision(12));
  const high = niceBound(half + Math.abs(middle - around));
  return { from: middle - high, to: middle + high };
}

/** The nodes' own places, for tables: of a line, or of a square row by row from below. */
export function nodesOf(inputs: readonly Column[]): number[][] {
  if (inputs.length === 1)
    return Array.from({ length: LINE_NODES }, (_, k) => [
      ownUnit(inputs[0], -1 + (2 * k) / (LINE_NODES - 1)),
    ]);
  const at = (k: number) => -1 + (2 * k) / (MAP_NODES - 1);
  return Array.from({ length: MAP_NODES ** 2 }, (_, k) => [
    ownUnit(inputs[0], at(k % MAP_NODES)),
    ownUnit(inputs[1], at(Math.floor(k / MAP_NODES))),
  ]);
}
