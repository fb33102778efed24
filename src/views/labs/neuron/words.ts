import type { InputName, NeuronCourse, NeuronSettings } from '../../../state/labs/neuron.ts';
import { formatNumber, formatTick } from '../../figures/canvas/ticks.ts';

export const INPUT_WORDS: Record<InputName, { readonly label: string; readonly hint: string }> = {
  steady: { label: 'Steady', hint: 'The same current at every time step' },
  drawn: { label: 'Drawn', hint: 'A current drawn by hand: with the pointer, or with the arrow keys' },
  step: { label: 'Step', hint: 'On for the middle half of the time' },
  ramp: { label: 'Ramp', hint: 'Rises from nothing to the current that is set' },
  sine: { label: 'Wave', hint: 'Swells and fades twice' },
  noise: { label: 'Noise', hint: 'Random at every step, with the current as mean and standard deviation' },
  train: { label: 'Spike train', hint: 'Spikes from somewhere else, at random, each worth the current' },
};

/** What happens at one time step, as a sum: 0.80 + 0.26 = 1.06; of an SRM neuron I + R, what came through the synapse and what its spikes left. */
export function stepText(
  { arrived, membranes, spikes, left }: NeuronCourse,
  { threshold, leak, reset, kind }: NeuronSettings,
  time: number,
): string {
  const [k, n] = [time - 1, formatNumber];
  const before = time > 1 ? left[k - 1] : 0;
  const kept = leak === 1 ? n(before) : `${formatTick(leak)} × ${n(before)}`;
  const [first, second] = kind === 'SRM' ? [n(arrived[k]), membranes[k] - arrived[k]] : [kept, arrived[k]];
  const sign = second < 0 ? '−' : '+';
  const sum = `${first} ${sign} ${n(Math.abs(second))} = ${n(membranes[k])}`;
  if (spikes[k] === 0) return `${sum}, below ϑ: no spike`;
  const what = reset === 'zero' ? 'set to 0' : `${n(left[k])} is left`;
  return `${sum}, at least ϑ = ${formatTick(threshold)}: a spike, ${what}`;
}

/** Where everything that flowed in went: 8.32 = 8 spikes × 1 + 0.32 left; behind a synapse, what of it came through. */
export function balanceText(
  facts: {
    readonly inflow: number;
    readonly arrived: number;
    readonly spikes: number;
    readonly remaining: number;
    readonly lost: number;
  },
  { threshold, leak, reset, kind }: NeuronSettings,
): string {
  const { inflow, arrived, spikes, remaining, lost } = facts;
  const n = formatNumber;
  if (kind !== 'LIF') return `${n(inflow)} flowed in, ${n(arrived)} came through the synapse`;
  const parts = [`${spikes} ${spikes === 1 ? 'spike' : 'spikes'} × ${formatTick(threshold)}`];
  if (reset === 'zero') parts.push(`${n(lost)} lost by the reset`);
  const leaked = inflow - spikes * threshold - remaining - lost;
  if (leak < 1) parts.push(`${n(leaked)} leaked`);
  parts.push(`${n(remaining)} left`);
  return `${n(inflow)} flowed in = ${parts.join(' + ')}`;
}
