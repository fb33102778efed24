import { LONGEST_T, NEURON_FIELDS, neuronLab } from '../../state/labs/neuron.ts';
import { type Chain, isNeurons } from './graph.ts';
import { eulerStep, simulateNir } from './simulate.ts';

interface LabRequest {
  readonly chain: Chain;
  /** Which of its stages of neurons, and which neuron there; both from 0. */
  readonly stage: number;
  readonly neuron: number;
  /** What the chain is fed at every time step. */
  readonly inputs: readonly number[];
  readonly T: number;
  readonly dt: number;
}

/**
 * Text of the neuron lab's settings that show one neuron of a chain with the currents that reach it. Potentials and currents are
 * divided by `unit`, so that they are within what the lab shows, and v_reset is where its 0 is; the lab keeps two decimals.
 */
export function labOf({ chain, stage, neuron, inputs, T, dt }: LabRequest): {
  settings: string;
  unit: number;
} {
  const steps = Math.min(T, LONGEST_T);
  const neurons = chain.stages.filter(isNeurons)[stage];
  const { currents } = simulateNir({ chain, inputs, T: steps, dt, keep: { stage, neuron } });
  const { leak, gain, drift } = eulerStep(neurons, dt, neuron);
  const base = neurons.v_reset[neuron];
  const threshold = neurons.v_threshold[neuron] - base;
  // v = base + U gives U ← leak U + gain I + drift - (1 - leak) base.
  const drawn = Array.from(currents, (current) => gain * current + drift - (1 - leak) * base);
  const { threshold: range } = NEURON_FIELDS;
  const { min: low, max: high } = range.bounds ?? { min: 0.1, max: 2 };
  const reach = Math.max(threshold / high, ...drawn.map((z) => (z > 0 ? z / 2 : -z)));
  const unit = threshold >= low && reach <= 1 ? 1 : Math.max(reach, Math.min(threshold, 1), Number.MIN_VALUE);
  const hundredth = (value: number, from: number, to: number) =>
    Math.round(100 * Math.min(to, Math.max(from, value / unit))) / 100;
  const settings = neuronLab.format({
    ...neuronLab.parse(''),
    input: 'drawn',
    drawn: drawn.map((z) => hundredth(z, -1, 2) + 0),
    T: Math.max(8, steps),
    threshold: hundredth(threshold, low, high),
    leak: Math.round(100 * Math.min(1, Math.max(0, leak))) / 100,
    reset: 'zero',
  });
  return { settings, unit };
}
