import { arriving } from '../../problems/arriving.ts';
import { ConfigError } from '../../settings/fields.ts';
import type { LabName } from '../presentation.ts';
import type { LabModel } from './lab.ts';

const MODELS: Partial<Record<LabName, () => Promise<LabModel>>> = {
  neuron: async () => (await arriving(() => import('./neuron.ts'))).neuronLab,
};

/** A lab's model, loaded when it is first asked for. @throws ConfigError where there is none of that name. */
export async function labModel(name: LabName): Promise<LabModel> {
  const load = MODELS[name];
  if (!load) throw new ConfigError('lab', name, Object.keys(MODELS).join(', '));
  return load();
}
