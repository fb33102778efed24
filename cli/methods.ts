import { METHODS, type Method } from '../src/methods/index.ts';
import { BASELINES, BASELINES_OF, isBaseline } from '../src/training/baseline-config.ts';
import { type ExperimentName, FIELDS, methodName, type Pinned } from '../src/training/config.ts';
import { TABLE_METHODS } from '../src/training/table-methods.ts';
import { UsageError } from './faults.ts';

/** What has no part in the name of a method that does not say it. */
const ANY = { gradient: 'BP', scope: 'L', surrogate: 'SG', localLosses: false } as const;

/** Every method by its name; fields that have no meaning under it are not pinned. */
const METHODS_BY_NAME: ReadonlyMap<string, Pinned> = new Map(
  METHODS.flatMap((method: Method) =>
    choices(method, 'surrogate').flatMap((surrogate) =>
      choices(method, 'localLosses').map((localLosses): [string, Pinned] => {
        const { flipout, ...chosen } = method.chosenBy;
        const pins = {
          ...surrogate,
          ...chosen,
          localLosses: false,
          ...localLosses,
          ...(flipout && { flipout }),
        } as Pinned;
        return [methodName({ ...ANY, ...pins }), pins];
      }),
    ),
  ),
);

/** Each value of a field, or nothing once where the method does not use it. */
function choices<F extends 'surrogate' | 'localLosses'>({ uses }: Method, field: F): Pinned[] {
  if (!uses.includes(field)) return [{}];
  return FIELDS[field].choices!.map((value) => ({ [field]: value }));
}

const ALLOWED = [...METHODS_BY_NAME.keys(), ...BASELINES];

/** The fields that a method's name stands for: the inverse of `methodName`. @throws UsageError */
export function parseMethod(name: string): Pinned {
  const fields = METHODS_BY_NAME.get(name);
  if (!fields)
    throw new UsageError('--methods', name, `all, baselines, or some of ${ALLOWED.join(', ')}`, ALLOWED);
  return fields;
}

/**
 * Names in `--methods`, separated by commas: methods, baselines, `all` for the rows of the paper's table and `baselines` for all
 * baselines of the experiment. @throws UsageError
 */
export function parseMethods(text: string, experiment: ExperimentName): string[] {
  const names = text.split(',').flatMap((word): readonly string[] => {
    const name = word.trim();
    if (name === 'all') return TABLE_METHODS[experiment].map((method) => method.name);
    if (name === 'baselines') return BASELINES_OF[experiment];
    return [name];
  });
  for (const name of names) {
    if (!isBaseline(name)) parseMethod(name);
    else if (!BASELINES_OF[experiment].includes(name))
      throw new UsageError('--methods', name, `${BASELINES_OF[experiment].join(', ')} of ${experiment}`);
  }
  return [...new Set(names)];
}
