import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Your data',
  hint: 'A spiking network learns a table of yours: CSV with one or two inputs and a target',
  sentence: () =>
    'A small spiking network learns a table of yours, dropped here as CSV: one or two inputs, one target. It stays in this browser.',
  nothingLearned: 'the mean of the training targets',
  reasons: { elsewhere: 'only your data have it' },
};
