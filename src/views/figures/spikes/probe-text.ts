import { EXPERIMENTS } from '../../../experiments/table.ts';
import type { LaneState } from '../../../state/lane-store.ts';
import type { LaneOpened } from '../../../worker/protocol.ts';
import { formatNumber, formatPoint } from '../canvas/ticks.ts';

/** The input whose spikes are shown: “at (0.20, −0.35)”, or the place of an operator's solution, “at y = 0.50”. */
export function probeText({ config, view, data }: Pick<LaneState, 'config' | 'view' | 'data'>): string {
  const { operator, coordinates, shape } = EXPERIMENTS[config.experiment];
  if (shape === 'scatter') return scaledText(data, view.probe[0]);
  if (shape === 'series') return 'now';
  if (!operator) {
    const [x, y] = view.probe[0] ?? [];
    return x === undefined || y === undefined ? '' : `at ${formatPoint(x, y)}`;
  }
  const places = coordinates.flatMap((name, k) => {
    const value = coordinate(data, k, view.probe[k + 1]?.[0]);
    return value === undefined ? [] : [`${name} = ${formatNumber(value)}`];
  });
  return places.length > 0 ? `at ${places.join(', ')}` : '';
}

/** An input of a table as the network is fed it; where none of its width was asked for, that of a test row is shown. */
function scaledText(data: LaneOpened | undefined, row: readonly number[] | undefined): string {
  const width = data?.test.factors[0].width;
  if (!data || width === undefined) return '';
  const shown = row?.length === width ? row : Array.from(data.test.factors[0].inputs.slice(0, width));
  return `at scaled input ${shown.map((value) => formatNumber(value)).join(', ')}`;
}

/** A coordinate in the equation's own unit: networks see it scaled. Where nothing was asked for, the grid's middle is shown. */
function coordinate(data: LaneOpened | undefined, axis: number, input?: number): number | undefined {
  const factor = data?.test.factors[axis + 1];
  const nodes = data?.operator?.axes[axis];
  if (!factor || !nodes) return undefined;
  if (input === undefined) return nodes[factor.rows >> 1];
  let nearest = 0;
  for (let row = 1; row < factor.rows; row++) {
    const [here, best] = [row, nearest].map((n) => Math.abs(factor.inputs[n * factor.width] - input));
    if (here < best) nearest = row;
  }
  return nodes[nearest];
}
