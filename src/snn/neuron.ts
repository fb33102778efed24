/** Constants of a neuron's equations. */
export interface NeuronSpec {
  /** Threshold ϑ. */
  readonly threshold: number;
  /** Leak λ; 1 = the IF neuron of the paper. */
  readonly leak: number;
}

/** Arithmetic on real numbers: the tests put one in its place that counts. */
interface Arithmetic {
  add(a: number, b: number): number;
  subtract(a: number, b: number): number;
  multiply(a: number, b: number): number;
}

const FLOAT64: Arithmetic = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

/**
 * One neuron over time, with Z its current and U⁺ its membrane potential after the reset:
 *
 *     U[t] = λ U⁺[t-1] + Z[t],   S[t] = H(U[t] - ϑ),   U⁺[t] = U[t] - S[t] ϑ .
 *
 * Tangent and adjoint differentiate this with the surrogate f in place of H' and with the S of the reset held fixed
 * (detached), so that U̇⁺ = U̇. They are transposes of each other:
 *
 *     U̇[t] = λ U̇⁺[t-1] + Ż[t],   Ṡ[t] = f(U[t] - ϑ) U̇[t],      Ū[t] = λ Ū[t+1] + f(U[t] - ϑ) S̄[t] ,   Z̄ = Ū .
 *
 * Each engine has these equations in a file `neuron` of its own.
 */
export class Neuron {
  constructor(
    private readonly spec: NeuronSpec,
    private readonly by: Arithmetic = FLOAT64,
  ) {}

  /** U[t] from U⁺[t-1] and Z[t]. */
  membrane(after: number, current: number): number {
    return this.by.add(this.leaked(after), current);
  }

  /** U - ϑ: the neuron spikes where this is not negative, and the surrogate is taken here. */
  distance(membrane: number): number {
    return this.by.subtract(membrane, this.spec.threshold);
  }

  /** U⁺[t] from U[t] and S[t], 0 or 1. */
  reset(membrane: number, spike: number): number {
    return spike === 0 ? membrane : this.by.subtract(membrane, this.spec.threshold);
  }

  /** U̇[t] from U̇⁺[t-1] and Ż[t]. */
  tangent(after: number, current: number): number {
    return this.by.add(this.leaked(after), current);
  }

  /** U̇⁺[t] from U̇[t] and S[t]. */
  resetTangent(tangent: number, _spike: number): number {
    return tangent;
  }

  /** Ū[t] from Ū[t+1], S[t], f(U[t] - ϑ) and S̄[t]. */
  adjoint(later: number, _spike: number, surrogate: number, spikeAdjoint: number): number {
    return this.by.add(this.leaked(later), this.by.multiply(surrogate, spikeAdjoint));
  }

  private leaked(value: number): number {
    return this.spec.leak === 1 ? value : this.by.multiply(this.spec.leak, value);
  }
}
