import type { HeadValue } from './combine.ts';
import type { Scope } from './directions.ts';
import type { SurrogateSpec } from './surrogate.ts';

/** BP: reverse mode. RFG: randomized forward-mode gradient. WP: weight perturbation, finite differences of the true loss. */
export type GradientKind = 'BP' | 'RFG' | 'WP';

/**
 * Methods beyond the paper that take no gradient of the spiking network. RF: hidden weights sampled, read-out by ridge
 * regression. ANN: a network of rates is trained, its weights are then run with spikes. Computed in src/training/indirect.
 */
export type Indirect = 'RF' | 'ANN';

export interface MethodSpec {
  /** BP where the method is indirect: the gradient that one may compare with. */
  readonly gradient: GradientKind;
  readonly indirect?: Indirect;
  readonly scope: Scope;
  /** RFG under G and L: every row sees the direction with signs of its own. */
  readonly flipout?: boolean;
  readonly surrogate: SurrogateSpec;
  /** ε of WP. */
  readonly epsilon: number;
  /** Perturbation scale s_l of each layer. */
  readonly scales: readonly number[];
}

export interface GradientResult {
  readonly loss: number;
  readonly heads: readonly HeadValue[];
  /** Gradient (BP) or its estimate (RFG, WP), length P. */
  readonly gradient: Float64Array;
  /**
   * Directional derivatives [direction][group]: one group under G, one a layer under L and A; empty for BP. Where every row
   * is perturbed in its own way (A, flipout) they are summed over the rows; A leaves those of linear layers at 0.
   */
  readonly derivatives: Float64Array;
}
