import type { ComponentType } from 'react';
import type { LabName } from '../../state/presentation.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import type { LabProps } from './props.ts';

interface LabView {
  /** Heading of its panel. */
  readonly title: string;
  /** Loaded when it is opened. */
  readonly Lab: ComponentType<LabProps>;
}

const NeuronLab = onDemand('The neuron lab', () => import('./NeuronLab.tsx'));
const SamplesLab = onDemand('The lab of samples', () => import('./SamplesLab.tsx'));
const GuessesLab = onDemand('The lab of guesses', () => import('./GuessesLab.tsx'));

/** The labs by their names. */
export const LAB_VIEWS: Record<LabName, LabView> = {
  neuron: { title: 'The neuron lab', Lab: NeuronLab },
  samples: { title: 'A slope from random shifts', Lab: SamplesLab },
  guesses: { title: 'A gradient from random guesses', Lab: GuessesLab },
};
