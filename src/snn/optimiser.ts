import type { Layout } from './network.ts';

/** sgd: θ ← θ - η g. normalised: θ ← θ - η g/‖g‖. adam: Kingma and Ba, 2015. */
export type OptimiserKind = 'sgd' | 'normalised' | 'adam';

/** Which optimiser, its constants, and the factor of the learning rate in each layer. */
export interface OptimiserSpec {
  readonly kind: OptimiserKind;
  readonly beta1: number;
  readonly beta2: number;
  /** Added to √v̂ (adam) or to ‖g‖ (normalised). */
  readonly epsilon: number;
  /** Factor of the learning rate for each layer. */
  readonly rateFactors: readonly number[];
}

/** What one update needs beside θ and g; rounded to float32 so that every engine is handed the same numbers. */
export interface UpdateScalars {
  /** Learning rate η of this step. */
  readonly learningRate: number;
  /** 1/(1 - β₁ᵗ) and 1/(1 - β₂ᵗ), t counted from the last reset of the moments. */
  readonly correction1: number;
  readonly correction2: number;
}

/** Bias corrections of Adam after `t` ≥ 1 updates since the moments were zero. */
export function updateScalars(spec: OptimiserSpec, learningRate: number, t: number): UpdateScalars {
  return {
    learningRate: Math.fround(learningRate),
    correction1: Math.fround(1 / (1 - spec.beta1 ** t)),
    correction2: Math.fround(1 / (1 - spec.beta2 ** t)),
  };
}

/** One update of θ and the moments m, v in place: with η_l = η times the layer's factor, θ ← θ - η_l · step. */
export function update(
  spec: OptimiserSpec,
  layout: Layout,
  scalars: UpdateScalars,
  gradient: Float64Array,
  theta: Float64Array,
  m: Float64Array,
  v: Float64Array,
): void {
  const norm =
    spec.kind === 'normalised' ? Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)) + spec.epsilon : 1;
  for (const layer of layout.layers) {
    const learningRate = scalars.learningRate * spec.rateFactors[layer.index];
    for (let j = layer.weights; j < layer.end; j++) {
      const g = gradient[j];
      if (spec.kind === 'adam') {
        m[j] = spec.beta1 * m[j] + (1 - spec.beta1) * g;
        v[j] = spec.beta2 * v[j] + (1 - spec.beta2) * g * g;
        theta[j] -=
          (learningRate * m[j] * scalars.correction1) /
          (Math.sqrt(v[j] * scalars.correction2) + spec.epsilon);
      } else theta[j] -= (learningRate * g) / norm;
    }
  }
}
