import { type Chain, isNeurons, type Neurons } from './graph.ts';

export interface NirCourse {
  /** Mean over the time steps of what reaches the Output: [row][output]. */
  readonly output: Float64Array;
  /** Spikes of each stage of neurons: [stage] of [row][neuron]. */
  readonly spikes: readonly Float64Array[];
  /** Currents of the neuron that was asked for, over the time steps of the last row. */
  readonly currents: Float64Array;
}

interface NirRequest {
  readonly chain: Chain;
  /** [row][input], the same at every time step. */
  readonly inputs: ArrayLike<number>;
  readonly T: number;
  readonly dt: number;
  /** A neuron whose currents are kept: `stage` counts the stages of neurons. */
  readonly keep?: { readonly stage: number; readonly neuron: number };
}

/**
 * What a neuron's equation comes to in a step of forward Euler, as snnTorch and Norse take it: v ← (1 - dt/τ) v + (dt/τ) (r I + v_leak)
 * for LIF, v ← v + dt r I for IF. `leak` is what is left of v, `gain` the factor on I, `drift` what is added.
 */
export function eulerStep(neurons: Neurons, dt: number, j: number) {
  const share = neurons.tau ? dt / neurons.tau[j] : dt;
  const leak = neurons.tau ? 1 - share : 1;
  return { leak, gain: share * neurons.r[j], drift: neurons.v_leak ? share * neurons.v_leak[j] : 0 };
}

/** Runs a chain as NIR means it, by forward Euler from v = 0, each stage reading the stage before it within the same time step. */
export function simulateNir({ chain, inputs, T, dt, keep }: NirRequest): NirCourse {
  const { stages, outputs } = chain;
  const rows = inputs.length / chain.inputs;
  const neurons = stages.filter(isNeurons);
  const steps = neurons.map((stage) => Array.from(stage.r, (_, j) => eulerStep(stage, dt, j)));
  const output = new Float64Array(rows * outputs);
  const spikes = neurons.map(({ r }) => new Float64Array(rows * r.length));
  const currents = new Float64Array(keep ? T : 0);
  const first = new Float64Array(chain.inputs);
  const made = stages.map((stage) => new Float64Array(isNeurons(stage) ? stage.r.length : stage.outputs));
  const potentials = neurons.map(({ r }) => new Float64Array(r.length));

  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < first.length; i++) first[i] = inputs[row * first.length + i];
    for (const v of potentials) v.fill(0);
    for (let t = 0; t < T; t++) {
      let x = first;
      let n = 0;
      stages.forEach((stage, at) => {
        const out = made[at];
        if (!isNeurons(stage)) {
          const { weight, bias } = stage;
          for (let j = 0; j < out.length; j++) {
            let sum = bias ? bias[j] : 0;
            for (let i = 0; i < x.length; i++) sum += weight[j * x.length + i] * x[i];
            out[j] = sum;
          }
        } else {
          const v = potentials[n];
          for (let j = 0; j < v.length; j++) {
            const { leak, gain, drift } = steps[n][j];
            v[j] = leak * v[j] + gain * x[j] + drift;
            out[j] = v[j] > stage.v_threshold[j] ? 1 : 0;
            if (out[j] === 1) v[j] = stage.v_reset[j];
            spikes[n][row * v.length + j] += out[j];
          }
          if (keep?.stage === n) currents[t] = x[keep.neuron];
          n++;
        }
        x = out;
      });
      for (let j = 0; j < outputs; j++) output[row * outputs + j] += x[j] / T;
    }
  }
  return { output, spikes, currents };
}
