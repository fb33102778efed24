import type { Layer } from '../../../snn/network.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import { cellScale, type MatrixPlace, placeMatrices } from './matrix-layout.ts';

const TOP = 4;
const BOTTOM = 32;
const LARGEST_CELL = 17;

/** Height in pixels that the matrices of `layers` take at a width. */
export function matricesHeight(layers: readonly Layer[], width: number): number {
  const { height } = placeMatrices(layers);
  return Math.ceil(TOP + height * cellSize(layers, width) + BOTTOM);
}

function cellSize(layers: readonly Layer[], width: number): number {
  return Math.min(LARGEST_CELL, (width - 2) / placeMatrices(layers).width);
}

/**
 * One number for every parameter as a square whose area is its size: filled where it is positive, hollow where it is
 * negative. `lit` is the layer that something happens in; the others are drawn faintly.
 */
export function drawMatrices(
  frame: Frame,
  layers: readonly Layer[],
  values: ArrayLike<number>,
  lit?: number,
): void {
  const { ctx } = frame;
  const cell = cellSize(layers, frame.width);
  const { places, width } = placeMatrices(layers);
  const scale = cellScale(values);
  ctx.save();
  ctx.translate(Math.max(1, (frame.width - width * cell) / 2), TOP);
  places.forEach((place, index) => {
    ctx.globalAlpha = lit === undefined || lit === index ? 1 : 0.25;
    drawMatrix(frame, place, values, cell, scale);
    ctx.globalAlpha = 1;
    drawName(frame, place, cell, index === lit);
  });
  ctx.restore();
}

function drawMatrix(
  frame: Frame,
  { layer, rows, columns, left, bias }: MatrixPlace,
  values: ArrayLike<number>,
  cell: number,
  scale: number,
): void {
  const { ctx, theme } = frame;
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(left * cell, 0, columns * cell, rows * cell);
  ctx.strokeRect(bias * cell, 0, cell, rows * cell);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      square(frame, (left + j) * cell, i * cell, cell, values[layer.weights + i * layer.inputs + j] / scale);
    square(frame, bias * cell, i * cell, cell, values[layer.biases + i] / scale);
  }
}

function square({ ctx, theme }: Frame, x: number, y: number, cell: number, value: number): void {
  const side = 0.86 * cell * Math.sqrt(Math.min(1, Math.abs(value)));
  if (!(side > 0.4)) return;
  const inset = (cell - side) / 2;
  const hollow = value < 0 && side >= 4;
  ctx.fillStyle = value < 0 ? theme.negative : theme.positive;
  ctx.fillRect(x + inset, y + inset, side, side);
  if (!hollow) return;
  const rim = Math.max(1.2, side * 0.14);
  ctx.fillStyle = theme.panel;
  ctx.fillRect(x + inset + rim, y + inset + rim, side - 2 * rim, side - 2 * rim);
}

function drawName({ ctx, theme }: Frame, place: MatrixPlace, cell: number, lit: boolean): void {
  const { layer, rows, left, bias } = place;
  const middle = ((left + bias + 1) / 2) * cell;
  const top = rows * cell + 5;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.font = lit ? theme.fontBold : theme.font;
  ctx.fillStyle = lit ? theme.ink : theme.muted;
  const cut = layer.outputs > rows || layer.inputs > place.columns ? ', cut' : '';
  const words = layer.name.split(' ');
  // A narrow matrix has its name in two lines.
  if (ctx.measureText(layer.name).width > (bias + 2.4 - left) * cell) {
    ctx.fillText(words.slice(0, -1).join(' '), middle, top);
    ctx.fillText(words[words.length - 1], middle, top + 13);
  } else {
    ctx.fillText(layer.name, middle, top);
    ctx.fillStyle = theme.muted;
    ctx.font = theme.font;
    ctx.fillText(`${layer.outputs} × ${layer.inputs + 1}${cut}`, middle, top + 13);
  }
}
