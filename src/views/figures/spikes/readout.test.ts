import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../snn/network.ts';
import type { ProbeTrace } from '../../../worker/protocol.ts';
import { potentialText, spikeCounts, spikesText } from './readout.ts';

const network: NetworkSpec = {
  factors: [{ name: 'hat', inputs: 2, hidden: [3, 8] }],
  rank: 1,
  localRank: 0,
  T: 1,
  threshold: 1,
  leak: 1,
  reset: 'subtract',
  centre: 0,
};
const widths = [[3, 8]];
const trace: ProbeTrace = {
  T: 1,
  spikes: [[Uint8Array.of(0, 0, 0), Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1)]],
  membranes: [[Float32Array.of(0.5, 0, 0), Float32Array.of(1.25, 1, 1, 1, -0.5, 1, 1, 1)]],
  output: 0,
};
const at = { factor: 0, time: 1, playing: false, picked: true };

describe('readout', () => {
  it('names spiking neurons from 1, the first few of many', () => {
    expect(spikesText(network, widths, trace, 1)).toBe(
      'time step 1 · spiking in layer 1: none · layer 2: neurons 1, 2, 3, 4, 6 and 2 more',
    );
  });

  it('counts the spiking neurons of each layer, of many layers together', () => {
    expect(spikeCounts(network, widths, trace, 1)).toBe(
      'time step 1: 0 of 3 spike in layer 1, 7 of 8 in layer 2',
    );
    const deep = { ...network, factors: [{ name: 'hat', inputs: 2, hidden: [3, 8, 3, 8] }] };
    const [layers] = trace.spikes;
    expect(spikeCounts(deep, [[3, 8, 3, 8]], { ...trace, spikes: [[...layers, ...layers]] }, 1)).toBe(
      'time step 1: 14 of 22 spike in 4 layers',
    );
  });

  it('gives the potential of the selected neuron', () => {
    expect(potentialText(trace, widths, { ...at, depth: 1, neuron: 0 })).toBe(
      'U = 1.25 at time step 1, spike',
    );
    expect(potentialText(trace, widths, { ...at, depth: 1, neuron: 4 })).toBe('U = −0.50 at time step 1');
  });
});
