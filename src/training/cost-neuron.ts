import type { NeuronSpec } from '../snn/neuron.ts';
import { adds, count, NOTHING, type Operations } from './operations.ts';

/** What the equations of src/snn/neuron.ts cost by the rules of cost.ts, each for one neuron. */
export interface NeuronCost {
  /** Each time step: U ← λU + Z and U - ϑ. */
  readonly step: Operations;
  /** Each spike: reset by subtraction takes U - ϑ once more; reset to zero sets a number. */
  readonly reset: Operations;
  /** Each time step: U̇ ← λU̇ + Ż and Ṡ = f U̇. */
  readonly tangent: Operations;
  /** Each time step: Ū ← λŪ + f S̄. */
  readonly adjoint: Operations;
  /** Whether the adjoint needs to know when the neuron itself has spiked. */
  readonly keepsSpikes: boolean;
}

export function neuronCost({ leak, reset }: NeuronSpec): NeuronCost {
  // λU is a multiplication unless λ = 1.
  const leaking = leak === 1 ? 0 : 1;
  return {
    step: count(2, leaking),
    reset: reset === 'zero' ? NOTHING : adds(1),
    tangent: count(1, leaking + 1),
    adjoint: count(1, leaking + 1),
    keepsSpikes: reset === 'zero',
  };
}
