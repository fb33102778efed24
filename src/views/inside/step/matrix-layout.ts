import type { Layer } from '../../../snn/network.ts';

/** Rows and columns of a layer that are drawn at most; a wider layer is cut and says so. */
export const MOST_CELLS = 40;
const GAP = 1.6;

/** Place of one layer's matrix, in cells: weights, then a little apart the column of biases. */
export interface MatrixPlace {
  readonly layer: Layer;
  readonly rows: number;
  readonly columns: number;
  /** Left end of the weights and of the biases. */
  readonly left: number;
  readonly bias: number;
}

/** Matrices beside each other, each factor's from left to right; `width` and `height` in cells. */
export function placeMatrices(layers: readonly Layer[]): {
  places: MatrixPlace[];
  width: number;
  height: number;
} {
  let left = 0;
  let height = 1;
  const places = layers.map((layer) => {
    const rows = Math.min(layer.outputs, MOST_CELLS);
    const columns = Math.min(layer.inputs, MOST_CELLS);
    const place = { layer, rows, columns, left, bias: left + columns + 0.4 };
    // Room for the name under narrow ones.
    left = place.bias + 1 + GAP;
    height = Math.max(height, rows);
    return place;
  });
  return { places, width: left - GAP, height };
}

/** Largest |value|, without the few largest of many: what fills a cell. */
export function cellScale(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort();
  if (sizes.length === 0) return 1;
  return sizes[Math.floor(0.995 * (sizes.length - 1))] || sizes[sizes.length - 1] || 1;
}
