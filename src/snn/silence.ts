import type { Network } from './network.ts';

/** A hidden neuron. */
export interface NeuronId {
  readonly factor: number;
  readonly depth: number;
  readonly neuron: number;
}

/**
 * θ of the same network with the given neurons cut off: whatever reads a silenced neuron sees no spikes of it. Where
 * read-outs see rate - centre, its constant -centre stays, as for a neuron that never fires. Neurons that the network does
 * not have are passed over.
 */
export function silence(network: Network, theta: Float64Array, neurons: readonly NeuronId[]): Float64Array {
  const { layout } = network;
  const cut = theta.slice();
  for (const { factor, depth, neuron } of neurons) {
    for (const layer of layout.layers) {
      if (layer.factor !== factor) continue;
      const reads = layer.role === 'hidden' ? layer.depth === depth + 1 : layer.depth === depth;
      if (!reads || neuron >= layer.inputs) continue;
      for (let j = 0; j < layer.outputs; j++) {
        const w = layer.weights + j * layer.inputs + neuron;
        if (layer.role !== 'hidden') cut[layer.biases + j] -= network.centre * cut[w];
        cut[w] = 0;
      }
    }
  }
  return cut;
}
