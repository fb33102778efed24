import { createStore } from 'zustand/vanilla';
import type { Layout } from '../../../snn/network.ts';

/** Numbers that the diagram's edges show in place of the weights. */
export interface EdgeValues {
  /** One for each parameter, length P. */
  readonly values: ArrayLike<number>;
  /** In the paper's symbols. */
  readonly symbol: string;
  readonly words: string;
  /** Edges compare with the largest of all layers, not with that of their own. */
  readonly acrossLayers?: boolean;
}

/** Set by the view that takes a step apart, and empty when it closes. */
export const edgeValues = createStore<{ readonly shown?: EdgeValues }>(() => ({}));

/** What is to be shown on a network's edges; undefined: its weights. */
export function valuesFor(layout: Layout): EdgeValues | undefined {
  const { shown } = edgeValues.getState();
  return shown?.values.length === layout.size ? shown : undefined;
}
