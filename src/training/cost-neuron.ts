import type { NeuronSpec } from '../snn/neuron.ts';
import { adds, count, NOTHING, type Operations, sum } from './operations.ts';

/** What the equations of src/snn/neuron.ts and synapse.ts cost by the rules of cost.ts, each for one neuron. */
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
  /** Numbers that a neuron's synapse keeps over time: its current, and what is on its way. */
  readonly synapseState: number;
}

export function neuronCost({ leak, reset, synapse }: NeuronSpec): NeuronCost {
  const response = synapse?.kind === 'response';
  // λU is a multiplication unless λ = 1.
  const leaking = leak === 1 && !response ? 0 : 1;
  // αI + Z; of an SRM neuron αI + gZ, less ζI, and its bias: ζ and g once more on the way back.
  const charge = response ? count(3, 4) : synapse ? count(1, 1) : NOTHING;
  const back = response ? count(2, 4) : synapse ? count(1, 1) : NOTHING;
  return {
    step: sum(count(2, leaking), charge),
    reset: reset === 'zero' ? NOTHING : adds(1),
    tangent: sum(count(1, leaking + 1), charge),
    adjoint: sum(count(1, leaking + 1), back),
    keepsSpikes: reset === 'zero',
    synapseState: response ? 1 + synapse.longestDelay : synapse ? 1 : 0,
  };
}
