import { Neuron, type NeuronSpec } from '../../../snn/neuron.ts';
import { niceTicks } from '../canvas/ticks.ts';

export type Vertex = readonly [time: number, potential: number];

export interface MembranePath {
  /** U from 0 at time 0 through U before the reset at every step; at a spike it is reset at the same time. */
  readonly line: readonly Vertex[];
  /** Tops of the membrane at its spikes. */
  readonly spikes: readonly Vertex[];
}

/** U of one neuron as a line; `membranes` is before the reset, both arrays are [t][neuron]. */
export function membranePath(
  membranes: ArrayLike<number>,
  spikes: ArrayLike<number>,
  width: number,
  neuron: number,
  spec: NeuronSpec,
): MembranePath {
  const model = new Neuron(spec);
  const line: Vertex[] = [[0, 0]];
  const tops: Vertex[] = [];
  for (let at = neuron, time = 1; at < membranes.length; at += width, time++) {
    line.push([time, membranes[at]]);
    if (spikes[at] === 1) {
      tops.push([time, membranes[at]]);
      line.push([time, model.reset(membranes[at], 1)]);
    }
  }
  return { line, spikes: tops };
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

const UNUSED = 0.5;

/**
 * Range of potentials that holds the path, zero and the threshold, and room above for upstrokes. Keeps `current` until
 * the path leaves it or uses less than half of it.
 */
export function potentialRange(path: MembranePath, threshold: number, current?: Range): Range {
  let low = 0;
  let high = threshold;
  for (const [, potential] of path.line) {
    low = Math.min(low, potential);
    high = Math.max(high, potential);
  }
  const fits = current && low >= current.from && high <= upstrokeFoot(current);
  if (current && fits && high - low > UNUSED * (current.to - current.from)) return current;
  const [first = low, second = high] = niceTicks(low, high, 4);
  const step = second - first || 1;
  const from = Math.floor(low / step + 1e-9) * step;
  return { from, to: high + 0.3 * (high - from) };
}

/** Potential above which a range is kept free for upstrokes. */
export function upstrokeFoot({ from, to }: Range): number {
  return to - 0.12 * (to - from);
}
