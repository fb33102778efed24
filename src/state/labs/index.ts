import { arriving } from '../../problems/arriving.ts';
import type { LabName } from '../presentation.ts';
import type { LabModel } from './lab.ts';

const MODELS: Record<LabName, () => Promise<LabModel>> = {
  neuron: async () => (await arriving(() => import('./neuron.ts'))).neuronLab,
  samples: async () => (await arriving(() => import('./samples.ts'))).samplesLab,
  guesses: async () => (await arriving(() => import('./guesses.ts'))).guessesLab,
};

/** A lab's model, loaded when it is first asked for. */
export const labModel = (name: LabName): Promise<LabModel> => MODELS[name]();
