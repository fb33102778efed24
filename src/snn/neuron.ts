/** What a spike leaves of the membrane potential: U - ϑ, or 0. */
export type Reset = 'subtract' | 'zero';

/**
 * What currents pass before they charge a membrane. exponential: the synaptic current of a current-based LIF neuron (CuBa-LIF).
 * response: the post-synaptic kernel of the spike response model (SRM), with constants drawn for each neuron.
 */
export type SynapseSpec =
  | { readonly kind: 'exponential'; readonly decay: number }
  | {
      readonly kind: 'response';
      readonly seed: number;
      /** Delays are drawn from 0 … longestDelay time steps. */
      readonly longestDelay: number;
      /** Least and greatest decay of the post-synaptic and of the refractory kernel, per time step. */
      readonly decays: readonly [number, number];
      readonly refractory: readonly [number, number];
    };

/** Constants of a neuron's equations. */
export interface NeuronSpec {
  /** Threshold ϑ. */
  readonly threshold: number;
  /** Leak λ; 1 = the IF neuron of the paper. */
  readonly leak: number;
  readonly reset: Reset;
  /** Without one currents charge the membrane as they are. */
  readonly synapse?: SynapseSpec;
}

/** Arithmetic on real numbers: the tests put one in its place that counts. */
export interface Arithmetic {
  add(a: number, b: number): number;
  subtract(a: number, b: number): number;
  multiply(a: number, b: number): number;
}

export const FLOAT64: Arithmetic = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

/**
 * One neuron over time, with Z its current (what its synapse makes of it, synapse.ts) and U⁺ its membrane potential after the reset:
 *
 *     U[t] = λ U⁺[t-1] + Z[t],   S[t] = H(U[t] - ϑ),   U⁺[t] = U[t] - S[t] ϑ   (subtract),   (1 - S[t]) U[t]   (zero).
 *
 * Tangent and adjoint differentiate this with the surrogate f in place of H' and with the S of the reset held fixed
 * (detached): no surrogate passes through the reset. Hence U̇⁺ = R U̇ with R = 1 (subtract) or 1 - S (zero): after a reset to
 * zero nothing is left of what was before, neither of U nor of its tangent. They are transposes of each other:
 *
 *     U̇[t] = λ R[t-1] U̇[t-1] + Ż[t],   Ṡ[t] = f(U[t] - ϑ) U̇[t],      Ū[t] = R[t] λ Ū[t+1] + f(U[t] - ϑ) S̄[t] ,   Z̄ = Ū .
 *
 * Each engine has these equations in a file `neuron` of its own.
 */
export class Neuron {
  constructor(
    private readonly spec: NeuronSpec,
    private readonly by: Arithmetic = FLOAT64,
  ) {}

  /** U[t] from U⁺[t-1] and Z[t]. */
  membrane(after: number, current: number, leak = this.spec.leak): number {
    return this.by.add(this.leaked(after, leak), current);
  }

  /** U - ϑ: the neuron spikes where this is not negative, and the surrogate is taken here. */
  distance(membrane: number): number {
    return this.by.subtract(membrane, this.spec.threshold);
  }

  /** U⁺[t] from U[t] and S[t], 0 or 1. */
  reset(membrane: number, spike: number): number {
    if (spike === 0) return membrane;
    return this.spec.reset === 'zero' ? 0 : this.by.subtract(membrane, this.spec.threshold);
  }

  /** U̇[t] from U̇⁺[t-1] and Ż[t]. */
  tangent(after: number, current: number, leak = this.spec.leak): number {
    return this.by.add(this.leaked(after, leak), current);
  }

  /** U̇⁺[t] from U̇[t] and S[t]. */
  resetTangent(tangent: number, spike: number): number {
    return this.readsSpikes && spike === 1 ? 0 : tangent;
  }

  /** Ū[t] from Ū[t+1], S[t], f(U[t] - ϑ) and S̄[t]. */
  adjoint(
    later: number,
    spike: number,
    surrogate: number,
    spikeAdjoint: number,
    leak = this.spec.leak,
  ): number {
    const before = this.leaked(this.resetTangent(later, spike), leak);
    return this.by.add(before, this.by.multiply(surrogate, spikeAdjoint));
  }

  /** Whether tangent and adjoint depend on the neuron's own spikes. */
  get readsSpikes(): boolean {
    return this.spec.reset === 'zero';
  }

  private leaked(value: number, leak: number): number {
    return leak === 1 ? value : this.by.multiply(leak, value);
  }
}
