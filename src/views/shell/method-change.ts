import { CHOOSING, type Config, type FieldName, methodOf, type Pinned } from '../../training/config.ts';

type Change = { [F in keyof Pinned]?: Pinned[F] | undefined };

/** Settings for another gradient or scope: what its method does not allow follows the recipe again. */
function withChoice(choice: Pick<Pinned, 'gradient' | 'scope'>, config: Config): Change {
  const next: Config = { ...config, ...choice };
  const { chosenBy, allows } = methodOf(next);
  const allowed = (field: FieldName, values: readonly unknown[]) =>
    values.includes(undefined) || values.includes(next[field]);
  const conflicting = [
    ...CHOOSING.filter((field) => !allowed(field, [chosenBy[field]])),
    ...Object.entries(allows ?? {}).flatMap(([field, values]) =>
      allowed(field as FieldName, values) ? [] : [field as FieldName],
    ),
  ];
  return { ...choice, ...Object.fromEntries(conflicting.map((field) => [field, undefined])) };
}

export const withGradient = (gradient: Config['gradient'], config: Config) =>
  withChoice({ gradient }, config);
export const withScope = (scope: Config['scope'], config: Config) => withChoice({ scope }, config);
