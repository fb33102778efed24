import type { ExperimentWords } from './words.ts';

export const words: ExperimentWords = {
  title: 'Your data',
  hint: 'A spiking network learns a table of yours',
  sentence: () => 'A small spiking network learns a table of yours. Drop a CSV: it stays in this browser.',
  nothingLearned: 'the mean of the training targets',
  reasons: { elsewhere: 'only your data have it' },
};
