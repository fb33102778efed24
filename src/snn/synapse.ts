import { type Layer, type NetworkSpec, timeWeights } from './network.ts';
import { type Arithmetic, FLOAT64 } from './neuron.ts';
import { RandomSequence, Stream } from './random.ts';

/** Constants of each neuron of a layer, all of them float32. */
export interface Kernels {
  /** Time steps d after which a current arrives. */
  readonly delay: Uint32Array;
  /** Decay α of the post-synaptic kernel, its height g, and ζ. */
  readonly decay: Float32Array;
  readonly height: Float32Array;
  readonly before: Float32Array;
  /** λ of the membrane. */
  readonly leak: Float32Array;
  /** The bias passes the synapse as well. */
  readonly filtersBias: boolean;
}

/**
 * Constants of a hidden layer's neurons; undefined where currents charge membranes as they are. With Z the layer's currents,
 *
 *     I[t] = α I[t-1] + g Z[t-d],   U[t] = λ U⁺[t-1] + I[t] - ζ I[t-1] .
 *
 * CuBa-LIF: d = 0, g = 1, ζ = 0, λ its leak. SRM: Z is without the bias, which is added to the membrane potential from the first
 * time step on, as are the answers of the post-synaptic kernel and of the refractory kernel,
 *
 *     U[t] = b + I[t] + R[t],   R[t] = λ (R[t-1] - ϑ S[t-1]) ;   g = 1 - α, a kernel of area 1.
 *
 * With I + b in place of I this is the above with ζ = λ. d, α and λ are drawn for each neuron, uniformly between their bounds.
 */
export function kernelsOf(
  { factors, leak }: Pick<NetworkSpec, 'factors' | 'leak'>,
  { factor, index, outputs }: Layer,
): Kernels | undefined {
  const { synapse } = factors[factor];
  if (!synapse) return undefined;
  const filled = (value: number) => new Float32Array(outputs).fill(value);
  if (synapse.kind === 'exponential')
    return {
      delay: new Uint32Array(outputs),
      decay: filled(synapse.decay),
      height: filled(1),
      before: filled(0),
      leak: filled(leak),
      filtersBias: true,
    };
  const random = new RandomSequence(synapse.seed, Stream.kernels, 0, index);
  const between = ([least, most]: readonly [number, number]) => least + (most - least) * random.uniform();
  const delay = new Uint32Array(outputs);
  const decay = new Float32Array(outputs);
  const refractory = new Float32Array(outputs);
  for (let j = 0; j < outputs; j++) {
    delay[j] = random.below(synapse.longestDelay + 1);
    decay[j] = between(synapse.decays);
    refractory[j] = between(synapse.refractory);
  }
  return {
    delay,
    decay,
    height: decay.map((a) => 1 - a),
    before: refractory,
    leak: refractory,
    filtersBias: false,
  };
}

/** The synapses of one layer over time: its currents, or tangents of them, on the way to the membranes. */
export class Synapses {
  /** [t][neuron]. */
  private readonly arrived: Float64Array;
  private readonly current: Float64Array;

  constructor(
    private readonly kernels: Kernels,
    T: number,
    private readonly by: Arithmetic = FLOAT64,
  ) {
    this.current = new Float64Array(kernels.delay.length);
    this.arrived = new Float64Array(T * kernels.delay.length);
  }

  /** Before a row's first time step. */
  rest(): void {
    this.current.fill(0);
  }

  /**
   * From W s[t] + b what charges the membranes: I[t] - ζ I[t-1]. Time steps in order.
   * @param bias b, whatever is added to a neuron's current at every time step, or its tangent.
   */
  charge(t: number, z: ArrayLike<number>, bias: ArrayLike<number>, out: Float64Array | number[]): void {
    const { delay, decay, height, before, filtersBias } = this.kernels;
    const { current, arrived, by } = this;
    const width = current.length;
    for (let j = 0; j < width; j++) {
      arrived[t * width + j] = filtersBias ? z[j] : z[j] - bias[j];
      const last = current[j];
      const sent = t < delay[j] ? 0 : arrived[(t - delay[j]) * width + j];
      const kept = by.multiply(decay[j], last);
      current[j] = by.add(kept, height[j] === 1 ? sent : by.multiply(height[j], sent));
      out[j] = before[j] === 0 ? current[j] : by.subtract(current[j], by.multiply(before[j], last));
      if (!filtersBias) out[j] = by.add(out[j], by.multiply(biasShare(this.kernels, t, j), bias[j]));
    }
  }
}

/** What of the bias charges a membrane that it does not reach by the synapse: b + (I - ζ I) has it as b - ζ b from the second time step on. */
export const biasShare = ({ before }: Kernels, t: number, j: number): number => (t === 0 ? 1 : 1 - before[j]);

/** The transpose of Synapses: from ∂L/∂U of every time step, the last one first, ∂L/∂Z. */
export class SynapseAdjoints {
  /** ∂L/∂I, [t][neuron]. */
  private readonly adjoint: Float64Array;
  private readonly later: Float64Array;

  constructor(
    private readonly kernels: Kernels,
    private readonly T: number,
    private readonly by: Arithmetic = FLOAT64,
  ) {
    this.later = new Float64Array(kernels.delay.length);
    this.adjoint = new Float64Array(T * kernels.delay.length);
  }

  /** Before a row's last time step. */
  rest(): void {
    this.later.fill(0);
  }

  /**
   *     Ī[t] = Ū[t] - ζ Ū[t+1] + α Ī[t+1],   Z̄[t] = g Ī[t+d] ,
   *
   * to `out`; ∂L/∂b of the time step, Z̄[t] or (1 - ζ) Ū[t], is added to `bias`.
   */
  back(
    t: number,
    membrane: ArrayLike<number>,
    out: Float64Array | number[],
    bias: (j: number, value: number) => void,
  ): void {
    const { delay, decay, height, before, filtersBias } = this.kernels;
    const { adjoint, later, by, T } = this;
    const width = later.length;
    for (let j = 0; j < width; j++) {
      const own = before[j] === 0 ? membrane[j] : by.subtract(membrane[j], by.multiply(before[j], later[j]));
      const next = t + 1 < T ? adjoint[(t + 1) * width + j] : 0;
      adjoint[t * width + j] = by.add(own, by.multiply(decay[j], next));
      later[j] = membrane[j];
      const at = t + delay[j];
      const arriving = at < T ? adjoint[at * width + j] : 0;
      out[j] = height[j] === 1 ? arriving : by.multiply(height[j], arriving);
      bias(j, filtersBias ? out[j] : by.multiply(biasShare(this.kernels, t, j), membrane[j]));
    }
  }
}

/**
 * Ω[t][neuron] of a first layer that is fed a sequence: what an input x at time t is worth to a neuron's rate, its surrogate being the same
 * at all times. Σ_t Ω[t] x[t] stands for the sequence where activity perturbation asks for one number an input. The answer to a unit
 * current at t, weighted over time as rates are; over Σ_t Ω[t] where the bias takes the same way as currents.
 */
export function sequenceWeights(network: NetworkSpec, layer: Layer): Float64Array {
  const { T, leak } = network;
  const { outputs } = layer;
  const kernels = kernelsOf(network, layer);
  const share = timeWeights(network, layer.factor);
  const weights = new Float64Array(T * outputs);
  const membrane = new Float64Array(outputs);
  const adjoints = kernels && new SynapseAdjoints(kernels, T);
  const current = new Float64Array(outputs);
  for (let t = T - 1; t >= 0; t--) {
    for (let j = 0; j < outputs; j++) membrane[j] = share[t] + (kernels?.leak[j] ?? leak) * membrane[j];
    adjoints?.back(t, membrane, current, () => {});
    weights.set(adjoints ? current : membrane, t * outputs);
  }
  for (let j = 0; j < outputs && kernels?.filtersBias !== false; j++) {
    let sum = 0;
    for (let t = 0; t < T; t++) sum += weights[t * outputs + j];
    for (let t = 0; t < T; t++) weights[t * outputs + j] /= sum;
  }
  return weights;
}

/**
 * [at][neuron]: what the weights Ω of the last at + 1 time steps are multiplied with in a row that is read at time step `at`,
 *
 *     Ω_at[t] = gain[at] Ω[t + T - 1 - at] ,   t ≤ at ,
 *
 * so that inputs and bias weigh as they do in a row that is read at the end.
 */
export function sequenceGains(network: NetworkSpec, layer: Layer): Float64Array {
  const { T } = network;
  const { outputs, factor } = layer;
  const kernels = kernelsOf(network, layer);
  const weights = sequenceWeights(network, layer);
  const gains = new Float64Array(T * outputs);
  const last = timeWeights(network, factor)[T - 1];
  const sums = new Float64Array(outputs);
  for (let at = 0; at < T; at++) {
    const gain = timeWeights(network, factor, at)[at] / last;
    for (let j = 0; j < outputs; j++) {
      sums[j] += weights[(T - 1 - at) * outputs + j];
      gains[at * outputs + j] = kernels?.filtersBias === false ? gain : 1 / sums[j];
    }
  }
  return gains;
}

/**
 * What a current of one time step leaves of the membrane potential k = 0 … T - 1 time steps later, no spike in between: [neuron][k]. Of
 * area 1 where the bias takes the same way as currents, so that input and bias weigh alike; an SRM neuron's kernel has that area.
 */
export function potentialKernels(network: NetworkSpec, layer: Layer): Float64Array {
  const { T, leak } = network;
  const { outputs } = layer;
  const kernels = kernelsOf(network, layer);
  const synapses = kernels && new Synapses(kernels, T);
  const [impulse, nothing, charge] = [1, 0, 0].map((value) => new Float64Array(outputs).fill(value));
  const membrane = new Float64Array(outputs);
  const left = new Float64Array(outputs * T);
  for (let t = 0; t < T; t++) {
    const sent = t === 0 ? impulse : nothing;
    if (synapses) synapses.charge(t, sent, nothing, charge);
    for (let j = 0; j < outputs; j++) {
      membrane[j] = (kernels?.leak[j] ?? leak) * membrane[j] + (synapses ? charge : sent)[j];
      left[j * T + t] = membrane[j];
    }
  }
  if (kernels && !kernels.filtersBias) return left;
  for (let j = 0; j < outputs; j++) {
    const own = left.subarray(j * T, (j + 1) * T);
    const area = own.reduce((a, b) => a + b, 0);
    own.forEach((value, k) => {
      own[k] = value / area;
    });
  }
  return left;
}
