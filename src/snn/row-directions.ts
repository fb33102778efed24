import type { Perturbation } from './method.ts';
import type { Layout } from './network.ts';

/** Where the numbers of a layer's rows lie in a direction vector: row n has `each` of them, from at + n · each on. */
export interface RowPlace {
  readonly at: number;
  readonly each: number;
}

/**
 * Of every layer. activity: ξ of a hidden layer's neurons, and nothing of linear layers. flipout: behind the P numbers of
 * δθ the signs r of every layer's outputs and then s of its inputs.
 * @param rows rows of each factor.
 */
export function rowPlaces(layout: Layout, kind: Perturbation, rows: readonly number[]): RowPlace[] {
  let next = kind === 'activity' ? 0 : layout.size;
  return layout.layers.map(({ role, factor, inputs, outputs }) => {
    const sizes = { parameters: 0, flipout: outputs + inputs, activity: role === 'hidden' ? outputs : 0 };
    const place = { at: next, each: sizes[kind] };
    next += place.each * (rows[factor] ?? 0);
    return place;
  });
}

/** Numbers that one direction vector takes. */
export function directionSize(layout: Layout, kind: Perturbation, rows: readonly number[]): number {
  if (kind === 'parameters') return layout.size;
  const last = layout.layers[layout.layers.length - 1];
  const { at, each } = rowPlaces(layout, kind, rows)[last.index];
  return at + each * (rows[last.factor] ?? 0);
}

/**
 * The direction in parameter space that one row of a factor sees, length P, zero outside the factor's layers (or outside
 * layer `only`). flipout: D ∘ r sᵀ in a layer's weights and β ∘ r in its bias, where δθ has D and β. activity: ξ in the bias
 * and nothing in the weights: a current held over all time steps is perturbed as by a bias.
 */
export function rowDirection(
  layout: Layout,
  kind: Perturbation,
  places: readonly RowPlace[],
  vector: ArrayLike<number>,
  factor: number,
  row: number,
  only?: number,
): Float64Array {
  const direction = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    if (layer.factor !== factor || (only !== undefined && only !== layer.index)) continue;
    const { inputs, outputs, weights, biases } = layer;
    const { at, each } = places[layer.index];
    const start = at + row * each;
    for (let j = 0; j < outputs && each > 0; j++) {
      const r = vector[start + j];
      direction[biases + j] = kind === 'activity' ? r : r * vector[biases + j];
      if (kind === 'activity') continue;
      for (let i = 0; i < inputs; i++) {
        const w = weights + j * inputs + i;
        direction[w] = r * vector[start + outputs + i] * vector[w];
      }
    }
  }
  return direction;
}
