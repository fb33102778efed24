import type { HeadValue } from './combine.ts';
import type { Layer, Layout } from './network.ts';
import type { SurrogateSpec } from './surrogate.ts';

/**
 * How the gradient of a step comes about. reverse: reverse mode, a scan back through time. forward: forward mode, a JVP
 * along drawn directions. differences: losses of the spiking network with something perturbed by +ε and by -ε. rates: the reverse mode of
 * a network of rates in place of the spikes. fit: none, the read-out is fitted by ridge regression.
 */
export type Derivation = 'reverse' | 'forward' | 'differences' | 'rates' | 'fit';

/**
 * What the random numbers of a step perturb. parameters: all rows of a batch see the same δθ. flipout: each row sees it with
 * signs of its own. activity: each row's currents are perturbed, and no parameter.
 */
export type Perturbation = 'parameters' | 'flipout' | 'activity';

/** What an engine has to compute for the gradient of a step. */
export interface MethodSpec {
  readonly derivation: Derivation;
  readonly perturbation: Perturbation;
  /** One directional derivative for every layer, or one for all of θ. */
  readonly layerwise: boolean;
  readonly surrogate: SurrogateSpec;
  /** ε of finite differences. */
  readonly epsilon: number;
  /** Activity: the layer before a read-out takes the mean over all ξ in place of one drawn. */
  readonly averaged?: boolean;
  /** Perturbation scale s_l of each layer. */
  readonly scales: readonly number[];
}

/** Gradient or estimate of it, with the loss and the heads at the unperturbed weights. */
export interface GradientResult {
  readonly loss: number;
  readonly heads: readonly HeadValue[];
  /** Gradient, or its estimate, length P. */
  readonly gradient: Float64Array;
  /**
   * Directional derivatives [direction][group] as `groupsOf` has them; empty in reverse mode. Where every row
   * is perturbed in its own way (activity, flipout) they are summed over the rows; activity leaves those of linear layers at 0.
   */
  readonly derivatives: Float64Array;
}

/** Methods that draw directions. */
export const drawsDirections = ({ derivation }: Pick<MethodSpec, 'derivation'>): boolean =>
  derivation === 'forward' || derivation === 'differences';

/** Methods that put a surrogate in place of the spike's derivative. */
export const usesSurrogate = ({ derivation }: Pick<MethodSpec, 'derivation'>): boolean =>
  derivation === 'reverse' || derivation === 'forward';

/** Methods that take no gradient of the spiking network: computed in src/training/indirect, whatever the engine. */
export const isIndirect = ({ derivation }: Pick<MethodSpec, 'derivation'>): boolean =>
  derivation === 'rates' || derivation === 'fit';

/** Reverse mode with the same surrogate: the gradient that estimates are compared with. */
export const reverseMode = (method: MethodSpec): MethodSpec => ({
  ...method,
  derivation: 'reverse',
  perturbation: 'parameters',
  layerwise: false,
});

/** Finite differences of the currents of hidden layers, row by row: node perturbation. */
export const shiftsCurrents = ({
  derivation,
  perturbation,
}: Pick<MethodSpec, 'derivation' | 'perturbation'>): boolean =>
  derivation === 'differences' && perturbation === 'activity';

/** Whether a hidden layer's number is the mean over all ξ: nothing but linear layers reads its spikes. */
export const isAveraged = (
  { averaged }: Pick<MethodSpec, 'averaged'>,
  { hidden }: Layout,
  { factor, depth }: Layer,
): boolean => averaged === true && depth === hidden[factor].length - 1;

/** The parts of θ that get a directional derivative of their own: all of it (undefined) or each layer by its index. */
export function groupsOf(
  layout: Layout,
  { layerwise }: Pick<MethodSpec, 'layerwise'>,
): (number | undefined)[] {
  return layerwise ? layout.layers.map((layer) => layer.index) : [undefined];
}

/** An engine lacks something: the message names both. */
export class NotComputedError extends Error {
  override readonly name = 'NotComputedError';
  constructor(engine: string, kind: string, what: string) {
    super(`${engine} has no ${kind} “${what}”`);
  }
}
