import { OWN_OF_INPUT, OWN_OF_NETWORK } from '../../experiments/table.ts';
import { NEURON } from '../../settings/table.ts';
import {
  type Config,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  formatField,
  isUsed,
  methodName,
} from '../../training/config.ts';
import { problemParams } from '../../training/specs.ts';
import { whyMeaningless } from '../shell/reasons.ts';

/** A lane as its differences are said. */
interface NamedConfig {
  readonly letter: string;
  readonly config: Config;
}

/** A setting that is not the same in all lanes. */
interface LaneDifference {
  /** Undefined: the method as its name says it. */
  readonly field?: FieldName;
  readonly label: string;
  /** One for each lane, in order; “–” where the setting has no meaning under the lane's others. */
  readonly values: readonly string[];
}

/** Settings that a method's name says. */
const IN_NAME: readonly FieldName[] = ['surrogate', 'gradient', 'scope', 'localLosses', 'flipout'];

/** What lanes share, by the settings that it depends on; of the data all. */
const SHARED: readonly { readonly what: string; readonly fields: readonly FieldName[] }[] = [
  { what: 'batches', fields: ['seed', 'batch', 'sampling', 'hold'] },
  {
    what: 'initial weights',
    fields: [
      ...([
        'seed',
        'dataSeed',
        'init',
        'gain',
        'currentStd',
        'fitted',
        'hidden',
        'rank',
        'centring',
      ] as const),
      ...(['T', ...NEURON] as const),
      ...[...OWN_OF_NETWORK, ...OWN_OF_INPUT].filter((name) => FIELDS[name].resets),
    ],
  },
  { what: 'number of steps', fields: ['steps'] },
];
const dataOf = (config: Config) => {
  const params = Object.entries(problemParams(config));
  return JSON.stringify([
    config.experiment,
    params.filter(([name]) => !OWN_OF_INPUT.some((own) => own === name)),
  ]);
};

/** Said first, as what is noticed first. */
const FIRST: readonly FieldName[] = ['rate', 'hold', 'K', 'optimiser', 'batch', 'law'];

const valueText = (field: FieldName, config: Config): string =>
  whyMeaningless(field, config) === undefined ? formatField(field, config[field] as never) : '–';

const differs = (values: readonly string[]) => values.some((value) => value !== values[0]);

/** Every setting in which lanes differ; those of the method's name are one. */
export function differencesOf(configs: readonly Config[]): LaneDifference[] {
  const names = configs.map(methodName);
  const fields = [
    ...FIRST,
    ...FIELD_NAMES.filter((name) => !FIRST.includes(name) && !IN_NAME.includes(name)),
  ];
  const method: LaneDifference[] = differs(names) ? [{ label: 'method', values: names }] : [];
  const others = fields
    .map((field) => ({
      field,
      label: sentenceCase(FIELDS[field].label),
      values: configs.map((config) => valueText(field, config)),
    }))
    .filter(({ values }) => differs(values));
  return [...method, ...others];
}

/** “Learning rate η” within a sentence; names such as Adam and T keep their letter. */
export const sentenceCase = (label: string) =>
  /^(Adam|WP|WSG|T\b)/.test(label) ? label : label[0].toLowerCase() + label.slice(1);

/** What all lanes share: “data”, “batches”, “initial weights”, “number of steps”. */
export function sharedOf(configs: readonly Config[]): string[] {
  const same = (field: FieldName) => !differs(configs.map((config) => valueText(field, config)));
  const shared = SHARED.filter(({ fields }) => fields.every(same)).map(({ what }) => what);
  return differs(configs.map(dataOf)) ? shared : ['data', ...shared];
}

/** Settings that the sentence names with their values; the others are counted. */
const NAMED = 3;

interface ComparedWords {
  readonly sentence: string;
  /** How many settings the sentence leaves out. */
  readonly more: number;
  /** Every difference, lane by lane. */
  readonly list: readonly string[];
}

/**
 * What lanes share and in what they differ, from their configurations. While names are hidden, settings are named without their
 * values, and those that a method brings not at all.
 */
export function comparedWords(lanes: readonly NamedConfig[], hidden: boolean): ComparedWords {
  const configs = lanes.map(({ config }) => config);
  const shared = sharedOf(configs);
  const all = differencesOf(configs);
  const same =
    shared.length === 0 ? 'Trained side by side.' : `The same ${enumerate(shared)}, trained side by side.`;
  if (all.length === 0) return { sentence: `${same} The lanes have equal settings.`, more: 0, list: [] };
  if (hidden) {
    const labels = all.filter(({ values }) => !values.includes('–')).map(({ label }) => label);
    return { sentence: `${same} The lanes differ in ${enumerate(labels)}.`, more: 0, list: [] };
  }
  const [named, rest] = [all.slice(0, NAMED), all.slice(NAMED)];
  const short = named.map(({ field, label, values }) =>
    field === undefined ? label : `${label} ${[...new Set(values)].join(' | ')}`,
  );
  return {
    sentence: `${same} Different: ${short.join('; ')}${rest.length > 0 ? ';' : '.'}`,
    more: rest.length,
    list: all.map(
      ({ label, values }) =>
        `${label}: ${values.map((value, i) => `${lanes[i].letter} ${value}`).join(' · ')}`,
    ),
  };
}

function enumerate(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** “batch 64, K = 8”: what a step of a lane takes in, as far as its name does not say it. */
export function stepSettings(config: Config, named: readonly FieldName[] = []): string {
  const fields: readonly FieldName[] = isUsed('K', config) ? ['batch', 'K'] : ['batch'];
  return fields
    .filter((field) => !named.includes(field))
    .map((field) => (field === 'batch' ? `batch ${config.batch.join(' × ')}` : `K = ${config.K}`))
    .join(', ');
}
