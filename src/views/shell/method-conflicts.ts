import { CHOOSING, type Config, type FieldName, methodOf } from '../../training/config.ts';

/** Settings that do not go with a configuration's method, and the values that it allows. */
export function conflicts(config: Config): ReadonlyMap<FieldName, readonly unknown[]> {
  const { chosenBy, allows } = methodOf(config);
  const allowed: [string, readonly unknown[]][] = [
    ...CHOOSING.map((field): [string, readonly unknown[]] => [field, [chosenBy[field]]]),
    ...Object.entries(allows ?? {}),
  ];
  return new Map(
    (allowed as [FieldName, readonly unknown[]][]).filter(
      ([field, values]) => !values.includes(undefined) && !values.includes(config[field]),
    ),
  );
}
