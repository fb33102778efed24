import type { Box } from '../../figures/canvas/surface.ts';
import { linearScale, niceBound, type Scale } from '../../figures/canvas/ticks.ts';
import type { Range } from '../../figures/spikes/membrane.ts';

/** Places of the traces, one below the other over the same time axis: the current, then membrane and spikes of each neuron. */
export interface TraceRows {
  readonly current: Box;
  readonly membranes: readonly Box[];
  readonly spikes: readonly Box[];
}

const GAP = 10;
/** Share of the height that the current takes of what rows of spikes leave. */
const CURRENT = { 1: 0.3, 2: 0.2 };

/** `scale`: size of the text against its usual one. */
export function traceRows(width: number, height: number, neurons: 1 | 2, scale: number): TraceRows {
  const left = 50 * scale;
  const across = { left, width: Math.max(10, width - left - 60 * scale) };
  const spikes = 22 * scale;
  const axis = 21 * scale;
  const rest = Math.max(60, height - axis - neurons * (spikes + 2 * GAP) - 4);
  const current = CURRENT[neurons] * rest;
  const membrane = (rest - current) / neurons;
  const rows: TraceRows & { membranes: Box[]; spikes: Box[] } = {
    current: { ...across, top: 4, height: current },
    membranes: [],
    spikes: [],
  };
  for (let n = 0, top = 4 + current + GAP; n < neurons; n++) {
    rows.membranes.push({ ...across, top, height: membrane });
    rows.spikes.push({ ...across, top: top + membrane + GAP / 2, height: spikes });
    top += membrane + spikes + 2 * GAP;
  }
  return rows;
}

/** Range of the current's axis: room to draw in, and for all that flows. */
export function currentRange(currents: readonly number[]): Range {
  const high = Math.max(...currents);
  const low = Math.min(...currents);
  return {
    from: low < -0.25 ? -niceBound(-low, [1, 2.5, 5, 7.5, 10]) : -0.25,
    to: high > 1 ? niceBound(high, [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) : 1,
  };
}

export const currentScale = ({ from, to }: Range, { top, height }: Box): Scale =>
  linearScale(from, to, top + height, top);
