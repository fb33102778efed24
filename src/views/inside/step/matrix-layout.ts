import type { Layer } from '../../../snn/network.ts';
import { quantile } from '../../../snn/statistics.ts';

/** Rows and columns of a layer that are drawn at most; a wider layer is cut and says so. */
export const MOST_CELLS = 40;
/** Pixels between two matrices, and those that a name takes at least. */
const GAP = 12;
const NAME = 62;
const LARGEST_CELL = 14;
const SMALLEST_CELL = 1.5;

/** Place of one layer's matrix: weights, then a little apart the column of biases. */
export interface MatrixPlace {
  readonly layer: Layer;
  readonly rows: number;
  readonly columns: number;
  /** Left ends of the weights and of the biases in pixels. */
  readonly left: number;
  readonly bias: number;
}

interface MatrixLayout {
  readonly places: readonly MatrixPlace[];
  /** Side of a cell, width and height of all matrices without their names, in pixels. */
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/** Matrices beside each other in the layers' order, with cells as large as `available` pixels allow. */
export function layoutMatrices(layers: readonly Layer[], available: number): MatrixLayout {
  let cell = LARGEST_CELL;
  let layout = layOut(layers, cell);
  while (layout.width > available && cell > SMALLEST_CELL) {
    cell -= 0.25;
    layout = layOut(layers, cell);
  }
  return layout;
}

function layOut(layers: readonly Layer[], cell: number): MatrixLayout {
  let left = 0;
  let rowsMost = 1;
  const places = layers.map((layer) => {
    const rows = Math.min(layer.outputs, MOST_CELLS);
    const columns = Math.min(layer.inputs, MOST_CELLS);
    const own = (columns + 1.4) * cell;
    // A narrow one stands in the middle of the room that its name takes.
    const start = left + Math.max(0, (NAME - own) / 2);
    left += Math.max(own, NAME) + GAP;
    rowsMost = Math.max(rowsMost, rows);
    return { layer, rows, columns, left: start, bias: start + (columns + 0.4) * cell };
  });
  return { places, cell, width: left - GAP, height: rowsMost * cell };
}

/** Largest |value|, without the few largest of many: what fills a cell. */
export function cellScale(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite);
  return quantile(sizes, 0.995) || quantile(sizes, 1) || 1;
}
