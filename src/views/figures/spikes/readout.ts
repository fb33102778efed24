import type { NetworkSpec } from '../../../snn/network.ts';
import type { ProbeTrace } from '../../../worker/protocol.ts';
import { formatNumber } from '../canvas/ticks.ts';
import { layerName } from '../network-of.ts';
import type { Selection, Widths } from '../selection.ts';
import { spikingAt } from './raster.ts';

const MOST_NAMED = 5;

/** Which neurons spike at the time cursor: “time step 12 · spiking in layer 1: neurons 3, 7, 9 · layer 2: none”. Neurons count from 1. */
export function spikesText(network: NetworkSpec, widths: Widths, trace: ProbeTrace, time: number): string {
  const parts: string[] = [];
  trace.spikes.forEach((layers, factor) => {
    layers.forEach((spikes, depth) => {
      const spiking = spikingAt(spikes, widths[factor][depth], time);
      const numbers = spiking.slice(0, MOST_NAMED).map((j) => j + 1);
      const rest = spiking.length - numbers.length;
      const list =
        numbers.length === 0
          ? 'none'
          : (numbers.length === 1 ? 'neuron ' : 'neurons ') +
            numbers.join(', ') +
            (rest > 0 ? ` and ${rest} more` : '');
      parts.push(`${layerName(network, factor, depth)}: ${list}`);
    });
  });
  return `time step ${time} · spiking in ${parts.join(' · ')}`;
}

/** How many neurons spike at the time cursor: “time step 12: 9 of 12 spike in layer 1, 3 of 12 in layer 2”. Of many layers the sum. */
export function spikeCounts(network: NetworkSpec, widths: Widths, trace: ProbeTrace, time: number): string {
  const layers = trace.spikes.flatMap((factor, f) =>
    factor.map((spikes, depth) => {
      const width = widths[f][depth];
      return { name: layerName(network, f, depth), width, spiking: spikingAt(spikes, width, time).length };
    }),
  );
  const sum = (of: 'spiking' | 'width') => layers.reduce((total, layer) => total + layer[of], 0);
  const [first, ...others] =
    layers.length > MOST_LAYERS
      ? [{ name: `${layers.length} layers`, width: sum('width'), spiking: sum('spiking') }]
      : layers;
  return [
    `time step ${time}: ${first.spiking} of ${first.width} spike in ${first.name}`,
    ...others.map(({ name, width, spiking }) => `${spiking} of ${width} in ${name}`),
  ].join(', ');
}
const MOST_LAYERS = 2;

/** U of the selected neuron at the time cursor, before the reset. */
export function potentialText(trace: ProbeTrace, widths: Widths, selected: Selection): string {
  const { factor, depth, neuron, time } = selected;
  const membranes = trace.membranes[factor]?.[depth];
  if (!membranes) return '';
  const at = (time - 1) * widths[factor][depth] + neuron;
  const spikes = trace.spikes[factor][depth][at] === 1;
  return `U = ${formatNumber(membranes[at])} at time step ${time}${spikes ? ', spike' : ''}`;
}
