import { OWN_OF_INPUT, OWN_OF_NETWORK } from '../../experiments/table.ts';
import { NEURON } from '../../settings/table.ts';
import { FIELD_NAMES, type FieldName } from '../../training/config.ts';

interface FieldGroup {
  readonly title: string;
  readonly fields: readonly FieldName[];
}

/** Fields that have their own control in the header or the method bar and nowhere else. */
export const BAR_FIELDS: readonly FieldName[] = [
  'experiment',
  'surrogate',
  'gradient',
  'scope',
  'localLosses',
];

const GROUPS: readonly FieldGroup[] = [
  { title: 'Recipe', fields: ['recipe', 'seed', 'dataSeed'] },
  { title: 'Gradient', fields: ['K', 'law', 'flipout', 'epsilon', 'scales', 'sigma', 'samples'] },
  { title: 'Optimiser', fields: ['optimiser', 'rate', 'rateFactors', 'beta1', 'beta2', 'stabiliser'] },
  { title: 'Schedule', fields: ['schedule', 'steps', 'finalFraction'] },
  { title: 'Batch', fields: ['batch', 'sampling', 'hold'] },
  {
    title: 'Network',
    fields: [
      'hidden',
      'T',
      ...NEURON,
      'init',
      'gain',
      'currentStd',
      'fitted',
      'centring',
      'rank',
      'localRank',
      ...OWN_OF_NETWORK,
    ],
  },
  {
    title: 'Data',
    fields: [
      'target',
      'formula',
      'painting',
      'data',
      'testShare',
      'noise',
      'boundary',
      'perFunctionScale',
      'lossWeight',
      'sensors',
      'lengthScale',
      'diffusion',
      'reaction',
      'series',
      'horizon',
      ...OWN_OF_INPUT,
      'sampleSteps',
      'trainFunctions',
      'testFunctions',
    ],
  },
];

/** Groups of the settings panel. A field that no group names is shown too, under “Other”. */
export function fieldGroups(): FieldGroup[] {
  const grouped = new Set<FieldName>([...BAR_FIELDS, ...GROUPS.flatMap((group) => group.fields)]);
  const other = FIELD_NAMES.filter((field) => !grouped.has(field));
  return other.length > 0 ? [...GROUPS, { title: 'Other', fields: other }] : [...GROUPS];
}
