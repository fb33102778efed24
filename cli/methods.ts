import { BASELINES, BASELINES_OF, isBaseline } from '../src/training/baseline-config.ts';
import {
  type Config,
  drawsDirections,
  type ExperimentName,
  FIELDS,
  methodName,
  type Pinned,
  usesSurrogate,
} from '../src/training/config.ts';
import { TABLE_METHODS } from '../src/training/table-methods.ts';
import { UsageError } from './faults.ts';

type MethodFields = Pick<Config, 'surrogate' | 'gradient' | 'scope' | 'localLosses' | 'flipout'>;

/** Every method by its name; fields that have no meaning under it are not pinned. */
const METHODS: ReadonlyMap<string, Pinned> = new Map(
  everyMethod()
    .filter(exists)
    .map((m) => [methodName(m), meaningful(m)]),
);

function everyMethod(): MethodFields[] {
  return FIELDS.surrogate.choices!.flatMap((surrogate) =>
    FIELDS.gradient.choices!.flatMap((gradient) =>
      FIELDS.scope.choices!.flatMap((scope) =>
        [false, true].flatMap((localLosses) =>
          [false, true].map((flipout) => ({ surrogate, gradient, scope, localLosses, flipout })),
        ),
      ),
    ),
  );
}

/** Activity perturbation and flipout, which are no methods of the paper, belong to RFG. */
function exists({ gradient, scope, flipout }: MethodFields): boolean {
  if (gradient === 'RFG') return !(flipout && scope === 'A');
  return !flipout && (gradient === 'BP' || scope !== 'A');
}

function meaningful({ surrogate, gradient, scope, localLosses, flipout }: MethodFields): Pinned {
  return {
    ...(usesSurrogate(gradient) ? { surrogate } : {}),
    gradient,
    ...(drawsDirections(gradient) ? { scope } : {}),
    localLosses: gradient === 'RF' ? false : localLosses,
    ...(flipout ? { flipout } : {}),
  };
}

const ALLOWED = [...METHODS.keys(), ...BASELINES];

/** The fields that a method's name stands for: the inverse of `methodName`. @throws UsageError */
export function parseMethod(name: string): Pinned {
  const fields = METHODS.get(name);
  if (!fields) throw new UsageError('--methods', name, `all, baselines, or some of ${ALLOWED.join(', ')}`);
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
