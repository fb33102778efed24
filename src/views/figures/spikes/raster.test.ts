import { describe, expect, it } from 'vitest';
import { livelyNeuron, meanFiringRate, neuronAt, rasterLayers, shownNeurons, spikingAt } from './raster.ts';

describe('shownNeurons', () => {
  it('shows all where there is room', () => {
    expect(shownNeurons(5, 10)).toEqual([0, 1, 2, 3, 4]);
    expect(shownNeurons(64, 64)).toHaveLength(64);
  });

  it('cuts layers of more than 64 neurons to 32 spread evenly', () => {
    const shown = shownNeurons(128, 1000);
    expect(shown).toHaveLength(32);
    expect(shown.slice(0, 3)).toEqual([0, 4, 8]);
    expect(shownNeurons(512, 20)).toHaveLength(20);
  });

  it('always shows the selected neuron, once and in order', () => {
    for (const keep of [0, 1, 77, 127]) {
      const shown = shownNeurons(128, 1000, keep);
      expect(shown).toContain(keep);
      expect(new Set(shown).size).toBe(32);
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
    }
  });
});

describe('rasterLayers', () => {
  it('gives every row the same height and keeps layers apart', () => {
    const [first, second] = rasterLayers([[16, 8]], 153);
    expect(first.height / 16).toBeCloseTo(second.height / 8, 9);
    expect(second.top).toBeGreaterThan(first.top + first.height);
    expect(second.top + second.height).toBeCloseTo(153, 9);
  });

  it('cuts so that rows stay legible', () => {
    const layers = rasterLayers([[64, 64], [64]], 120);
    for (const layer of layers) expect(layer.height / layer.neurons.length).toBeGreaterThan(2.5);
  });

  it('finds the neuron of a height again', () => {
    const layers = rasterLayers([[16, 128]], 200, { factor: 0, depth: 1, neuron: 77 });
    for (const layer of layers)
      layer.neurons.forEach((neuron, k) => {
        const y = layer.top + ((k + 0.5) / layer.neurons.length) * layer.height;
        expect(neuronAt(layers, y)).toEqual({ factor: layer.factor, depth: layer.depth, neuron });
      });
    expect(neuronAt(layers, -50)).toEqual({ factor: 0, depth: 0, neuron: 0 });
    expect(neuronAt(layers, 900).depth).toBe(1);
  });
});

describe('spikes', () => {
  // [t][neuron] of 3 neurons over 4 steps.
  const spikes = Uint8Array.from([1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0]);

  it('are counted', () => {
    expect(meanFiringRate(spikes)).toBeCloseTo(5 / 12, 9);
    expect(spikingAt(spikes, 3, 2)).toEqual([0, 2]);
    expect(spikingAt(spikes, 3, 4)).toEqual([0]);
  });

  it('tell the liveliest neuron of the last layer', () => {
    expect(livelyNeuron([[new Uint8Array(8), spikes]], [[2, 3]])).toEqual({ factor: 0, depth: 1, neuron: 2 });
  });
});
