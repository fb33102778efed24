import type { NeuronFacts } from '../../../state/labs/neuron.ts';

interface Challenge {
  readonly text: string;
  readonly done: (facts: NeuronFacts) => boolean;
  /** How it stands. */
  readonly stands: (facts: NeuronFacts) => string;
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** What can be tried without a lesson, each checked as the lab is played with. */
export const CHALLENGES: readonly Challenge[] = [
  {
    text: 'Exactly 8 spikes in 32 time steps',
    done: ({ spikes, T }) => T === 32 && spikes === 8,
    stands: ({ spikes, T }) => `now ${spikes} in ${T}`,
  },
  {
    text: 'The first spike as late as possible',
    done: ({ firstSpike, T }) => firstSpike === T,
    stands: ({ firstSpike, T }) =>
      firstSpike === 0 ? 'now none' : firstSpike === T ? 'at the last step' : `now at step ${firstSpike}`,
  },
  {
    text: 'A steady current of 0.3 or more, and not one spike',
    done: ({ spikes, input, current }) => input === 'steady' && current >= 0.3 && spikes === 0,
    stands: ({ spikes, input, current }) =>
      input === 'steady' ? `now ${spikes} at ${current}` : 'now it is not steady',
  },
  {
    text: 'A second neuron that answers every second spike of the first',
    done: ({ neurons, spikes, secondSpikes }) =>
      neurons === 2 && spikes >= 4 && secondSpikes === Math.floor(spikes / 2),
    stands: ({ neurons, spikes, secondSpikes }) =>
      neurons === 1 ? 'now there is one' : `now ${times(secondSpikes)} for ${spikes}`,
  },
];
