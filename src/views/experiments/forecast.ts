import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Forecast',
  hint: 'A spiking network reads a series sample by sample and says how it goes on. Not in the paper',
  sentence: () =>
    'A spiking network reads a series sample by sample and says how it goes on. SRM neurons have delays: how far does it reach with LIF neurons?',
  nothingLearned: 'the last sample, whatever the horizon',
  reasons: {
    elsewhere: 'only the forecast has it',
    data: 'a system’s series is forecast, not yours',
    synapticDecay: 'an LIF neuron has no synaptic current',
    longestDelay: 'only SRM neurons have delays',
    refractoryDecay: 'only SRM neurons have a refractory kernel of their own',
  },
};
