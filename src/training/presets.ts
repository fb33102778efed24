import { EXPERIMENTS } from '../experiments/table.ts';
import {
  type Config,
  checkConfig,
  checkField,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  methodOf,
  type Pinned,
} from './config.ts';

const TABLE_DEFAULTS = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, FIELDS[name].default]),
) as unknown as Config;

/**
 * The configuration that the pinned fields imply: table defaults ← experiment ← preset of the method ← what follows pinned fields ← pinned.
 * @throws ConfigError
 */
export function resolveConfig(pinned: Pinned): Config {
  for (const name of Object.keys(pinned) as FieldName[]) checkField(name, pinned[name]);
  const base = {
    ...TABLE_DEFAULTS,
    ...EXPERIMENTS[pinned.experiment ?? TABLE_DEFAULTS.experiment].defaults,
    ...pinned,
  };
  const { presets } = methodOf(base);
  const { id, presetsLike, follow } = EXPERIMENTS[base.experiment];
  const preset = (presets[id] ?? presets[presetsLike ?? id])?.[base.recipe];
  return checkConfig({ ...base, ...preset, ...follow?.(pinned), ...pinned });
}

/** The pinned fields without those that say what would hold anyway. */
export function minimalPins(pinned: Pinned): Pinned {
  let pins = withoutImplied(pinned);
  for (const name of Object.keys(pins) as FieldName[]) {
    const { [name]: value, ...rest } = pins;
    try {
      const implied = resolveConfig(rest)[name];
      if (JSON.stringify(implied) === JSON.stringify(value)) pins = rest;
    } catch {
      // Without this field the others contradict each other: it says something.
    }
  }
  return pins;
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
  const left = pick(
    (name) => DECIDING.includes(name) || JSON.stringify(implied[name]) !== JSON.stringify(pinned[name]),
  );
  // What else decides follows the experiment: it is looked at field by field.
  const whole = JSON.stringify(resolveConfig(pinned));
  return JSON.stringify(resolveConfig(left)) === whole ? left : pinned;
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
