import {
  type Config,
  checkConfig,
  checkField,
  type ExperimentName,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  type Pinned,
} from './config.ts';

const TABLE_DEFAULTS = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, FIELDS[name].default]),
) as unknown as Config;

/** What an experiment sets beside the table's defaults. */
const EXPERIMENT: Record<ExperimentName, Pinned> = {
  hat: {},
  poisson: {
    sigma: 0.3,
    hidden: [[32]],
    rank: 8,
    localRank: 4,
    centring: true,
    init: 'operator',
    currentStd: 0.15,
    batch: [32, 32],
    sampling: 'stratified',
    schedule: 'exponential',
  },
  'reaction-diffusion': {
    sigma: 0.5,
    hidden: [[16]],
    rank: 8,
    localRank: 4,
    centring: true,
    init: 'operator',
    currentStd: 0.12,
    batch: [40, 8, 8],
    sampling: 'stratified',
    schedule: 'exponential',
    sensors: 5,
    lengthScale: 1,
    trainFunctions: 100,
    testFunctions: 100,
  },
};

type Method = Pick<Config, 'gradient' | 'scope' | 'localLosses' | 'flipout'>;
interface Preset {
  readonly experiment: ExperimentName;
  readonly recipe: Config['recipe'];
  readonly when: (method: Method) => boolean;
  readonly values: Pinned;
}

const isBP = (m: Method) => m.gradient === 'BP';
const isL = (m: Method) => m.gradient === 'RFG' && m.scope === 'L';
const isG = (m: Method) => m.gradient === 'RFG' && m.scope === 'G';
const isA = (m: Method) => m.gradient === 'RFG' && m.scope === 'A';
const isFlipout = (m: Method) => m.gradient === 'RFG' && m.flipout;
const isWP = (m: Method) => m.gradient === 'WP';
const isWPL = (m: Method) => isWP(m) && m.scope === 'L';
const isRF = (m: Method) => m.gradient === 'RF';
const isANN = (m: Method) => m.gradient === 'ANN';

/** Settings by experiment, recipe and method; the first that fits is taken. */
const PRESETS: readonly Preset[] = [
  ...(['hat', 'poisson', 'reaction-diffusion'] as const).flatMap((experiment) =>
    (['live', 'paper'] as const).map((recipe) => ({ experiment, recipe, when: isRF, values: { steps: 1 } })),
  ),
  { experiment: 'hat', recipe: 'live', when: isANN, values: { rate: 0.02, batch: [128] } },
  { experiment: 'hat', recipe: 'paper', when: isANN, values: { init: 'uniform', rate: 0.02, batch: [128] } },
  { experiment: 'poisson', recipe: 'live', when: isANN, values: { rate: 0.01, steps: 20000 } },
  { experiment: 'poisson', recipe: 'paper', when: isANN, values: { rate: 0.01, steps: 20000 } },
  { experiment: 'reaction-diffusion', recipe: 'live', when: isANN, values: { rate: 0.01, steps: 10000 } },
  { experiment: 'reaction-diffusion', recipe: 'paper', when: isANN, values: { rate: 0.01, steps: 10000 } },

  { experiment: 'hat', recipe: 'live', when: isBP, values: { rate: 0.02, batch: [128] } },
  { experiment: 'hat', recipe: 'live', when: isL, values: { rate: 0.006, batch: [64], K: 8 } },
  {
    experiment: 'hat',
    recipe: 'live',
    when: isG,
    values: { rate: 0.006, batch: [64], K: 8, scales: [0.25, 1, 1], rateFactors: [1, 0.3, 0.3] },
  },
  { experiment: 'hat', recipe: 'live', when: isA, values: { rate: 0.01, batch: [64], K: 4 } },
  {
    experiment: 'hat',
    recipe: 'live',
    when: isWPL,
    values: { rate: 0.006, rateFactors: [1, 0.3, 0.3], batch: [64], K: 8 },
  },
  { experiment: 'hat', recipe: 'live', when: isWP, values: { rate: 0.006, batch: [64], K: 8 } },
  { experiment: 'hat', recipe: 'paper', when: isBP, values: { init: 'uniform', rate: 0.02, batch: [128] } },
  {
    experiment: 'hat',
    recipe: 'paper',
    when: isL,
    values: { init: 'uniform', optimiser: 'normalised', rate: 0.03, batch: [128], steps: 20000 },
  },
  {
    experiment: 'hat',
    recipe: 'paper',
    when: isG,
    values: { init: 'uniform', rate: 0.004, rateFactors: [1, 0.3, 0.3], batch: [128], steps: 20000 },
  },
  {
    experiment: 'hat',
    recipe: 'paper',
    when: isA,
    values: { init: 'uniform', rate: 0.005, batch: [128], steps: 20000 },
  },
  {
    experiment: 'hat',
    recipe: 'paper',
    when: isWP,
    values: { init: 'uniform', rate: 0.004, rateFactors: [1, 0.3, 0.3], batch: [128], steps: 20000 },
  },

  { experiment: 'poisson', recipe: 'live', when: isBP, values: { rate: 0.01, steps: 20000 } },
  { experiment: 'poisson', recipe: 'live', when: isA, values: { rate: 0.003, steps: 20000, K: 4 } },
  { experiment: 'poisson', recipe: 'live', when: isFlipout, values: { rate: 0.003, steps: 10000, K: 4 } },
  {
    experiment: 'poisson',
    recipe: 'live',
    when: isG,
    values: { rate: 0.001, steps: 50000, K: 8, law: 'hadamard', hold: 1024 },
  },
  {
    experiment: 'poisson',
    recipe: 'live',
    when: () => true,
    values: { rate: 0.001, steps: 50000, K: 8, law: 'hadamard', hold: 1024 },
  },
  { experiment: 'poisson', recipe: 'paper', when: isBP, values: { rate: 0.01, steps: 20000 } },
  { experiment: 'poisson', recipe: 'paper', when: isA, values: { rate: 0.003, steps: 20000 } },
  { experiment: 'poisson', recipe: 'paper', when: isFlipout, values: { rate: 0.003, steps: 20000 } },
  {
    experiment: 'poisson',
    recipe: 'paper',
    when: isG,
    values: { rate: 0.001, steps: 100000, law: 'hadamard', hold: 1024 },
  },
  {
    experiment: 'poisson',
    recipe: 'paper',
    when: () => true,
    values: { rate: 0.001, steps: 50000, law: 'hadamard', hold: 1024 },
  },

  { experiment: 'reaction-diffusion', recipe: 'live', when: isBP, values: { rate: 0.01, steps: 10000 } },
  {
    experiment: 'reaction-diffusion',
    recipe: 'live',
    when: isA,
    values: { rate: 0.003, steps: 20000, K: 4 },
  },
  {
    experiment: 'reaction-diffusion',
    recipe: 'live',
    when: isFlipout,
    values: { rate: 0.006, steps: 20000, K: 4 },
  },
  {
    experiment: 'reaction-diffusion',
    recipe: 'live',
    when: () => true,
    values: { rate: 0.002, steps: 40000, K: 4, law: 'hadamard', hold: 512, scales: [0.3, 1, 0.3, 1, 0.3, 1] },
  },
  { experiment: 'reaction-diffusion', recipe: 'paper', when: isBP, values: { rate: 0.01, steps: 20000 } },
  {
    experiment: 'reaction-diffusion',
    recipe: 'paper',
    when: isA,
    values: { rate: 0.003, steps: 20000 },
  },
  {
    experiment: 'reaction-diffusion',
    recipe: 'paper',
    when: () => true,
    values: { rate: 0.002, steps: 80000, law: 'hadamard', hold: 512, scales: [0.3, 1, 0.3, 1, 0.3, 1] },
  },
];

/** The configuration that the pinned fields imply: table defaults ← experiment ← preset of the method ← pinned. @throws ConfigError */
export function resolveConfig(pinned: Pinned): Config {
  for (const name of Object.keys(pinned) as FieldName[]) checkField(name, pinned[name]);
  const base = {
    ...TABLE_DEFAULTS,
    ...EXPERIMENT[pinned.experiment ?? TABLE_DEFAULTS.experiment],
    ...pinned,
  };
  const preset = PRESETS.find(
    (p) => p.experiment === base.experiment && p.recipe === base.recipe && p.when(base),
  );
  return checkConfig({ ...base, ...preset?.values, ...pinned });
}

/** The pinned fields without those that say what would hold anyway. */
export function minimalPins(pinned: Pinned): Pinned {
  let kept = withoutImplied(pinned);
  for (const name of Object.keys(kept) as FieldName[]) {
    const { [name]: value, ...rest } = kept;
    try {
      const implied = resolveConfig(rest)[name];
      if (JSON.stringify(implied) === JSON.stringify(value)) kept = rest;
    } catch {
      // Without this field the others contradict each other: it says something.
    }
  }
  return kept;
}

/** Fields that presets go by. */
export const DECIDING: readonly FieldName[] = [
  'experiment',
  'recipe',
  'surrogate',
  'gradient',
  'scope',
  'localLosses',
  'flipout',
];

/** Drops at one go what the deciding fields imply: of a whole configuration that is nearly everything. */
function withoutImplied(pinned: Pinned): Pinned {
  const pick = (test: (name: FieldName) => boolean): Pinned =>
    Object.fromEntries(Object.entries(pinned).filter(([name]) => test(name as FieldName)));
  const implied = resolveConfig(pick((name) => DECIDING.includes(name)));
  return pick(
    (name) => DECIDING.includes(name) || JSON.stringify(implied[name]) !== JSON.stringify(pinned[name]),
  );
}

/** none: nothing changed. keep: weights and schedule position stay, moments are reset. reset: the run starts anew. */
export function changeBetween(
  before: Config,
  after: Config,
): { kind: 'none' | 'keep' | 'reset'; fields: FieldName[] } {
  const fields = FIELD_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (fields.length === 0) return { kind: 'none', fields };
  return { kind: fields.some((name) => FIELDS[name].resets) ? 'reset' : 'keep', fields };
}
