import type { Layer, Layout } from '../../../snn/network.ts';
import type { Column } from './diagram.ts';

/** The layer whose weights lead into a column. */
export function layerInto(
  layout: Layout,
  column: Pick<Column, 'role' | 'factor' | 'depth'>,
): Layer | undefined {
  if (column.role === 'input') return undefined;
  return layout.layers.find(
    ({ role, factor, depth }) => role === column.role && factor === column.factor && depth === column.depth,
  );
}

/** Weight from input `i` to output `j` of a layer. */
export function weightOf(layer: Layer, theta: ArrayLike<number>, j: number, i: number): number {
  return theta[layer.weights + j * layer.inputs + i];
}

/** Largest |weight| of a layer, at least a tiny positive number. */
export function largestWeight(layer: Layer, theta: ArrayLike<number>): number {
  let most = 1e-12;
  for (let k = layer.weights; k < layer.biases; k++) most = Math.max(most, Math.abs(theta[k]));
  return most;
}

export interface NeuronWeights {
  /** From each neuron or input of the layer before. */
  readonly incoming: readonly number[];
  /** To each neuron of the next layer, or to the read-out. */
  readonly outgoing: readonly number[];
  readonly bias: number;
}

/** All weights of one hidden neuron; local-loss heads are left out. */
export function neuronWeights(
  layout: Layout,
  theta: ArrayLike<number>,
  { factor, depth, neuron }: { readonly factor: number; readonly depth: number; readonly neuron: number },
): NeuronWeights | undefined {
  const into = layout.hidden[factor]?.[depth];
  const from = layout.hidden[factor]?.[depth + 1] ?? layerInto(layout, { role: 'readout', factor, depth });
  if (!into || !from) return undefined;
  return {
    incoming: Array.from({ length: into.inputs }, (_, i) => weightOf(into, theta, neuron, i)),
    outgoing: Array.from({ length: from.outputs }, (_, j) => weightOf(from, theta, j, neuron)),
    bias: theta[into.biases + neuron],
  };
}
