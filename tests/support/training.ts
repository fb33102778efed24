/** Helpers of the tests: random values of the configuration's fields, small tasks. */

import { overTime } from '../../src/kernels/conformance/cases.ts';
import type { OverTime } from '../../src/kernels/conformance/catalogue.ts';

export type { OverTime };

import { packTable } from '../../src/problems/samples.ts';
import type { Field } from '../../src/settings/fields.ts';
import type { RandomSequence } from '../../src/snn/random.ts';
import { FIELD_NAMES, FIELDS, type FieldName, type Pinned } from '../../src/training/config.ts';
import type { Task } from '../../src/training/engine.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { specsOf } from '../../src/training/specs.ts';
import { randomCase } from './snn.ts';

/** What a field holds, told from its table entry. */
export function kindOf(name: FieldName): 'choice' | 'number' | 'list' | 'widths' | 'text' {
  const field = FIELDS[name] as Field<unknown>;
  if (field.choices) return 'choice';
  if (Array.isArray(field.default)) return field.bounds ? 'list' : 'widths';
  return field.bounds ? 'number' : 'text';
}

/** A table of random numbers, as text. */
export function randomTable(random: RandomSequence): string {
  const rows = 10 + random.below(40);
  const names = ['x/2', 'größe', 'z'].slice(random.below(2));
  const columns = names.map((name) => ({
    name,
    values: Float64Array.from({ length: rows }, () => 10 ** random.below(5) * random.normal()),
  }));
  return packTable('a table.csv', columns);
}

/** A random allowed value. */
export function randomValue(name: FieldName, random: RandomSequence): unknown {
  const field = FIELDS[name] as Field<unknown>;
  const single = () => {
    const { min, max, integer } = field.bounds!;
    // As often near the lower bound as near the upper, over all orders of magnitude.
    const low = Math.max(min, 1e-6 * max);
    const value = Math.min(max, Math.max(min, low * (max / low) ** random.uniform()));
    return integer ? Math.round(value) : value;
  };
  const several = <T>(most: number, make: () => T) => Array.from({ length: 1 + random.below(most) }, make);
  if (name === 'data') return randomTable(random);
  switch (kindOf(name)) {
    case 'choice':
      return field.choices![random.below(field.choices!.length)];
    case 'number':
      return single();
    case 'list':
      return several(3, single);
    case 'widths':
      return several(3, () => several(4, () => 1 + random.below(512)));
    default:
      return Array.from({ length: random.below(40) }, () => 'xy+-*/(). 12&=%é#'[random.below(17)]).join('');
  }
}

/** Each field pinned to a random allowed value with the given chance. */
export function randomPins(random: RandomSequence, chance: number): Pinned {
  const chosen = FIELD_NAMES.filter(() => random.uniform() < chance);
  return Object.fromEntries(chosen.map((name) => [name, randomValue(name, random)])) as Pinned;
}

/** A small task of the hat or, with its shapes but invented data, of an operator experiment. */
export function smallTask(pinned: Pinned = {}, time?: OverTime): Task {
  const small: Pinned = {
    T: 6,
    batch: [5],
    ...(pinned.experiment ? { hidden: [[4]], rank: 2 } : { hidden: [[5, 4]] }),
  };
  const specs = overTime(specsOf(resolveConfig({ ...small, ...pinned })), time);
  const rows = specs.network.factors.length === 1 ? [40] : [20, 9, 7].slice(0, specs.network.factors.length);
  return { specs, data: randomCase(specs.network, rows, 6, specs.network.factors.length > 1).data };
}
