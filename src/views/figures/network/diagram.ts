import type { NetworkSpec } from '../../../snn/network.ts';
import type { NeuronId } from '../../../snn/silence.ts';
import { layerName } from '../network-of.ts';
import { shownNeurons } from '../spikes/raster.ts';

/** One column of nodes: inputs, hidden neurons, or the numbers of a read-out. */
export interface Column {
  readonly role: 'input' | 'hidden' | 'readout';
  readonly factor: number;
  /** Hidden depth; that of the last hidden layer for a read-out. */
  readonly depth: number;
  readonly width: number;
  /** Nodes shown, in order, at (xs[k], ys[k]). */
  readonly shown: readonly number[];
  /** Middle of the column: nodes that lie close stand left and right of it in turn. */
  readonly x: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly radius: number;
  readonly label: string;
}

export interface Diagram {
  readonly columns: readonly Column[];
  /** Where the factors' read-outs are multiplied and summed; undefined for one factor. */
  readonly product?: { readonly x: number; readonly y: number };
  /** Height under each factor's nodes that its labels take. */
  readonly labels: number;
}

const LEFT = 16;
const TOP = 6;
const RIGHT = 22;
const LABELS = 38;
/** From the read-outs to ΣΠ, and where there is room for the output's words beside the read-outs' labels. */
const PRODUCT = 50;
const WIDE_PRODUCT = 104;
const WIDE = 560;
/** Every hidden node has this room in both directions, for a pointer or a finger. */
export const NODE_ROOM = 24;
/** Nodes that are left of a column which does not fit. */
const MOST_CUT = 16;

export type SelectedNode = NeuronId;

/** Places of all nodes on a canvas: factors one below another, each from its inputs on the left to its read-out. */
export function diagramOf(
  network: NetworkSpec,
  width: number,
  height: number,
  selected?: SelectedNode,
): Diagram {
  const factors = network.factors.length;
  const band = (height - TOP) / factors;
  const right = width - RIGHT - (factors === 1 ? 0 : width < WIDE ? PRODUCT : WIDE_PRODUCT);
  const columns: Column[] = [];

  network.factors.forEach(({ inputs, hidden }, factor) => {
    const roles: Pick<Column, 'role' | 'depth' | 'width' | 'label'>[] = [
      { role: 'input', depth: -1, width: inputs, label: 'input' },
      ...hidden.map((width, depth) => ({
        role: 'hidden' as const,
        depth,
        width,
        label: layerName(network, factor, depth),
      })),
      {
        role: 'readout',
        depth: hidden.length - 1,
        width: network.rank,
        label: factors > 1 ? 'read-out' : 'output',
      },
    ];
    const pitch = (right - LEFT) / (roles.length - 1);
    // Two nodes side by side in a column, where columns are far enough from one another.
    const abreast = pitch >= 2 * NODE_ROOM ? 2 : 1;
    const room = Math.max(1, Math.floor(((band - LABELS) / NODE_ROOM) * abreast));
    roles.forEach((column, k) => {
      const isSelected =
        selected && column.role === 'hidden' && selected.factor === factor && selected.depth === column.depth;
      const fit = column.width <= room ? room : Math.min(room, MOST_CUT);
      const shown = shownNeurons(column.width, fit, isSelected ? selected.neuron : undefined);
      const step = Math.min(NODE_ROOM, (band - LABELS) / shown.length);
      const x = LEFT + k * pitch;
      const aside = column.role === 'hidden' && step < NODE_ROOM ? NODE_ROOM / 2 : 0;
      const middle = TOP + factor * band + (band - LABELS) / 2;
      columns.push({
        ...column,
        factor,
        shown,
        x,
        xs: shown.map((_, n) => x + (n % 2 === 0 ? -aside : aside)),
        ys: shown.map((_, n) => middle + (n - (shown.length - 1) / 2) * step),
        radius: Math.max(3, Math.min(column.role === 'hidden' ? 7 : 9, step * 0.36)),
      });
    });
  });
  const product = factors > 1 ? { x: width - RIGHT, y: (height - LABELS) / 2 } : undefined;
  return { columns, product, labels: LABELS };
}

/** Whether a column is the hidden layer of a neuron. */
export function isColumn(column: Column, { factor, depth }: SelectedNode): boolean {
  return column.role === 'hidden' && column.factor === factor && column.depth === depth;
}

/** Pairs of neighbouring columns of the same factor. */
export function columnPairs(columns: readonly Column[]): [Column, Column][] {
  const pairs: [Column, Column][] = [];
  for (let k = 1; k < columns.length; k++)
    if (columns[k].factor === columns[k - 1].factor) pairs.push([columns[k - 1], columns[k]]);
  return pairs;
}
