import type { LegendEntry } from '../../../io/legend.ts';
import type { Layer } from '../../../snn/network.ts';
import type { Frame } from '../../figures/canvas/surface.ts';
import type { FigureTheme } from '../../figures/canvas/theme.ts';
import { formatError } from '../../format.ts';
import { cellScale, layoutMatrices, type MatrixPlace } from './matrix-layout.ts';

const TOP = 4;
const BOTTOM = 46;

/** Height in pixels that the matrices of `layers` take at a width. */
export function matricesHeight(layers: readonly Layer[], width: number): number {
  return Math.ceil(TOP + layoutMatrices(layers, width - 2).height + BOTTOM);
}

/**
 * One number for every parameter as a square whose area is its size: filled where it is positive, hollow where it is
 * negative. What fills a cell is each layer's own and written under it.
 */
export function drawMatrices(frame: Frame, layers: readonly Layer[], values: ArrayLike<number>): void {
  const { ctx } = frame;
  const { places, cell, width } = layoutMatrices(layers, frame.width - 2);
  ctx.save();
  ctx.translate(Math.max(1, (frame.width - width) / 2), TOP);
  places.forEach((place) => {
    const scale = cellScale(Array.prototype.slice.call(values, place.layer.weights, place.layer.end));
    drawMatrix(frame, place, values, cell, scale);
    drawName(frame, place, cell, scale);
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
  ctx.strokeRect(left, 0, columns * cell, rows * cell);
  ctx.strokeRect(bias, 0, cell, rows * cell);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      square(frame, left + j * cell, i * cell, cell, values[layer.weights + i * layer.inputs + j] / scale);
    square(frame, bias, i * cell, cell, values[layer.biases + i] / scale);
  }
}

/** What filled and hollow squares mean. */
export const matricesLegend = (theme: FigureTheme): LegendEntry[] =>
  [
    { text: 'positive', value: 1 },
    { text: 'negative; area for size, a full cell being the value under the layer', value: -1 },
  ].map(({ text, value }) => ({
    text,
    mark: (ctx, x, y) => square({ ctx, theme }, x - 6, y - 6, 12, value),
  }));

function square(
  { ctx, theme }: Pick<Frame, 'ctx' | 'theme'>,
  x: number,
  y: number,
  cell: number,
  value: number,
): void {
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

function drawName({ ctx, theme }: Frame, place: MatrixPlace, cell: number, scale: number): void {
  const { layer, rows, columns, left, bias } = place;
  const middle = (left + bias + cell) / 2;
  const top = rows * cell + 5;
  const cut = layer.outputs > rows || layer.inputs > columns ? ', cut' : '';
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillStyle = theme.ink;
  ctx.font = theme.fontBold;
  ctx.fillText(layer.name, middle, top);
  ctx.fillStyle = theme.muted;
  ctx.font = theme.font;
  ctx.fillText(`${layer.outputs} × ${layer.inputs + 1}${cut}`, middle, top + 14);
  ctx.fillText(`■ ${formatError(scale)}`, middle, top + 28);
}
