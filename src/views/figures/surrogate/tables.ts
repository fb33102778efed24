import type { Table } from '../../../io/csv.ts';
import { columnsTable } from '../../../io/tables.ts';
import { curvesOf, type SurrogatePicture } from './draw-surrogate.ts';

/** The curves as they are drawn. */
export function surrogateTable(picture: SurrogatePicture): Table {
  const { xs, gaussian, estimate, mean } = curvesOf(picture);
  const { draws, deltas, surrogate } = picture;
  const columns = { U_minus_threshold: xs, heaviside: xs.map((x) => (x >= 0 ? 1 : 0)) };
  return {
    ...columnsTable({
      ...columns,
      ...(gaussian && { SG: gaussian }),
      ...(estimate && { WSG: estimate }),
      ...(mean && { WSG_mean: mean }),
    }),
    notes:
      surrogate?.kind === 'WSG'
        ? [`WSG of draw ${draws} with δ ${deltas.join(' and ')}`, `WSG_mean of ${draws} draws`]
        : [],
  };
}

/** The bars as they are drawn; what lies beyond the ends is the first and the last row. */
export function histogramTable({ histogram }: SurrogatePicture): Table | undefined {
  if (!histogram) return undefined;
  const { shares, from, to, below, above, count } = histogram;
  const edge = (k: number) => from + ((to - from) * k) / shares.length;
  return {
    header: ['from_U_minus_threshold', 'to_U_minus_threshold', 'share'],
    rows: [
      [undefined, from, below],
      ...Array.from(shares, (share, k) => [edge(k), edge(k + 1), share]),
      [to, undefined, above],
    ],
    notes: [`share of ${count} membranes at the probe`],
  };
}
