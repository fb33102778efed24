import type { Widths } from '../selection.ts';

/** Layers with more neurons are cut, to this many at most. */
const MOST_WHOLE = 64;
const MOST_CUT = 32;
const LEAST_ROW = 2.6;
const LAYER_GAP = 9;

/** Rows of one hidden layer in the raster. */
export interface RasterLayer {
  readonly factor: number;
  readonly depth: number;
  readonly width: number;
  /** Neurons shown, in order. */
  readonly neurons: readonly number[];
  readonly top: number;
  readonly height: number;
}

/**
 * The neurons of a layer that are shown when at most `room` rows fit: all, or at most 32 evenly spread ones of which
 * `keep` is always one.
 */
export function shownNeurons(width: number, room: number, keep?: number): number[] {
  if (width <= Math.min(MOST_WHOLE, room)) return Array.from({ length: width }, (_, j) => j);
  const count = Math.max(1, Math.min(MOST_CUT, Math.floor(room), width));
  const neurons = Array.from({ length: count }, (_, k) => Math.floor((k * width) / count));
  if (keep !== undefined && keep < width && !neurons.includes(keep)) {
    const nearest = neurons.reduce(
      (best, j, k) => (Math.abs(j - keep) < Math.abs(neurons[best] - keep) ? k : best),
      0,
    );
    neurons[nearest] = keep;
  }
  return neurons;
}

/** Shares `height` below `above` among all hidden layers: every row is as high as any other, layers are set apart. */
export function rasterLayers(
  widths: Widths,
  height: number,
  selected?: { readonly factor: number; readonly depth: number; readonly neuron: number },
  above = 0,
): RasterLayer[] {
  const layers = widths.flatMap((depths, factor) => depths.map((width, depth) => ({ factor, depth, width })));
  const space = height - above - LAYER_GAP * (layers.length - 1);
  const room = Math.max(1, Math.floor(space / layers.length / LEAST_ROW));
  const shown = layers.map(({ factor, depth, width }) => {
    const keep = selected?.factor === factor && selected.depth === depth ? selected.neuron : undefined;
    return shownNeurons(width, room, keep);
  });
  const rows = shown.reduce((sum, neurons) => sum + neurons.length, 0);
  let top = above;
  return layers.map((layer, k) => {
    const placed = { ...layer, neurons: shown[k], top, height: (space * shown[k].length) / rows };
    top += placed.height + LAYER_GAP;
    return placed;
  });
}

/** The neuron whose row is at height `y`, or the nearest one. */
export function neuronAt(layers: readonly RasterLayer[], y: number) {
  const distance = (layer: RasterLayer) => Math.max(layer.top - y, y - layer.top - layer.height, 0);
  const layer = layers.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  const row = Math.floor(((y - layer.top) / layer.height) * layer.neurons.length);
  const neuron = layer.neurons[Math.min(layer.neurons.length - 1, Math.max(0, row))];
  return { factor: layer.factor, depth: layer.depth, neuron };
}

/** Mean rate of a layer: spikes by neuron and time step. */
export function meanFiringRate(spikes: Uint8Array): number {
  let sum = 0;
  for (const spike of spikes) sum += spike;
  return spikes.length > 0 ? sum / spikes.length : 0;
}

/** Neurons of a layer that spike at `time` (1 … T); `spikes` is [t][neuron]. */
export function spikingAt(spikes: Uint8Array, width: number, time: number): number[] {
  const spiking: number[] = [];
  for (let j = 0; j < width; j++) if (spikes[(time - 1) * width + j] === 1) spiking.push(j);
  return spiking;
}

const LIVELY_RATE = 0.3;

/** The neuron of the last hidden layer of the first factor whose rate is nearest to 0.3: its membrane shows most. */
export function livelyNeuron(spikes: readonly (readonly Uint8Array[])[], widths: Widths) {
  const depth = widths[0].length - 1;
  const width = widths[0][depth];
  const layer = spikes[0]?.[depth] ?? new Uint8Array(0);
  const T = layer.length / width;
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let neuron = 0; neuron < width; neuron++) {
    let firingRate = 0;
    for (let at = neuron; at < layer.length; at += width) firingRate += layer[at] / T;
    if (Math.abs(firingRate - LIVELY_RATE) < distance) {
      distance = Math.abs(firingRate - LIVELY_RATE);
      best = neuron;
    }
  }
  return { factor: 0, depth, neuron: best };
}
