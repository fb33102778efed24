import fc from 'fast-check';
import type { Bounds, Field } from '../../src/settings/fields.ts';
import { groupsOf, shiftsCurrents } from '../../src/snn/method.ts';
import { RandomSequence, Stream } from '../../src/snn/random.ts';
import { FIELD_NAMES, FIELDS, type FieldName, type Pinned } from '../../src/training/config.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { specsOf } from '../../src/training/specs.ts';
import { kindOf, randomTable } from '../support/training.ts';

/** A number between bounds: they themselves, and all orders of magnitude between them. */
function between({ min, max, integer }: Bounds): fc.Arbitrary<number> {
  const least = Math.max(min, 1e-6 * max);
  const spread = fc.double({ min: 0, max: 1, noNaN: true }).map((share) => {
    const value = Math.min(max, Math.max(min, least * (max / least) ** share));
    return integer ? Math.round(value) : value;
  });
  return fc.oneof({ arbitrary: spread, weight: 6 }, fc.constantFrom(min, max));
}

const FORMULAS = ['x*y', 'sin(3x)', 'x^2 - y/2', '1/x', 'max(x, 0.5)', 'exp(9^9x)', 'x < y ? 1 : 0'];

/** Tables of one input and of two. */
export const TABLES = [1, 2].map((seed) => randomTable(new RandomSequence(seed, Stream.data)));

/** An allowed value of a field, by what its entry in the table says. */
function allowedFor(name: FieldName): fc.Arbitrary<unknown> {
  const field = FIELDS[name] as Field<unknown>;
  if (name === 'data') return fc.constantFrom('', ...TABLES);
  switch (kindOf(name)) {
    case 'choice':
      return fc.constantFrom(...(field.choices as readonly unknown[]));
    case 'number':
      return between(field.bounds as Bounds);
    case 'list':
      return fc.array(between(field.bounds as Bounds), { minLength: 1, maxLength: 3 });
    case 'widths':
      return fc.array(
        fc.array(between({ min: 1, max: 512, integer: true }), { minLength: 1, maxLength: 4 }),
        {
          minLength: 1,
          maxLength: 3,
        },
      );
    default:
      return fc.oneof(
        fc.constantFrom(...FORMULAS),
        fc.string({ unit: fc.constantFrom(...'xy+-*/(). 12&=%é#'), maxLength: 40 }),
      );
  }
}

/** Settings as a person may pin them: any of them or not, each to an allowed value. They may contradict each other. */
export const pins: fc.Arbitrary<Pinned> = fc.oneof(
  // Many at once contradict each other often; few leave the recipes to speak.
  pinsOf(0.15),
  pinsOf(0.5),
);

function pinsOf(share: number): fc.Arbitrary<Pinned> {
  const all = FIELD_NAMES.map((name) => {
    const some: fc.Arbitrary<unknown> = allowedFor(name);
    return fc
      .option(some, { freq: 1, nil: undefined })
      .chain((value) => fc.nat(99).map((dice) => (dice < 100 * share ? value : undefined)))
      .map((value) => [name, value] as const);
  });
  return fc
    .tuple(...all)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Pinned);
}

/** Multiplications of one training step, roughly. */
export function workOf(pinned: Pinned): number {
  const { network, layout, method, batch, directions } = specsOf(resolveConfig(pinned));
  const groups = shiftsCurrents(method) ? 4 : groupsOf(layout, method).length;
  const passes =
    method.derivation === 'differences' ? 1 + 2 * directions.count * groups : 1 + directions.count;
  const samples = method.surrogate.kind === 'WSG' ? method.surrogate.samples : 1;
  const layers = layout.layers.reduce(
    (sum, layer) => sum + (layer.end - layer.weights + samples * layer.outputs) * batch.rows[layer.factor],
    0,
  );
  const points = batch.rows.reduce((product, rows) => product * rows, 1) * network.rank;
  return passes * (network.T * layers + points);
}

const halved = (value: unknown, least: number): unknown =>
  Array.isArray(value)
    ? value.map((one) => halved(one, least))
    : Math.max(least, Math.ceil((value as number) / 2));

/** The same with the settings halved that make a step long, until it is short enough. */
export function bounded(pinned: Pinned, most: number): Pinned {
  const work = workOf(pinned);
  if (work <= most) return pinned;
  const config = resolveConfig(pinned);
  const smaller = FIELD_NAMES.flatMap((name) => {
    const { bounds, choices } = FIELDS[name] as Field<unknown>;
    if (choices || kindOf(name) === 'text' || bounds?.integer === false) return [];
    const next = { ...pinned, [name]: halved(config[name], bounds?.min ?? 1) };
    try {
      return [{ next, work: workOf(next) }];
    } catch {
      return [];
    }
  });
  const best = smaller.reduce((a, b) => (b.work < a.work ? b : a));
  return best.work < work ? bounded(best.next, most) : pinned;
}
