import {
  CHOOSING,
  type Config,
  type FieldName,
  methodName,
  methodOf,
  type Pinned,
} from '../../training/config.ts';
import { settingName } from '../run-words.ts';

export type Change = { [F in keyof Pinned]?: Pinned[F] | undefined };

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

/** What was set and goes with a change of method, as a sentence; undefined where nothing does. */
export function leftBehind(change: Change, pinned: Pinned, config: Config): string | undefined {
  const fields = Object.keys(pinned).filter(
    (field): field is FieldName => field in change && change[field as FieldName] === undefined,
  );
  if (fields.length === 0) return undefined;
  const names = fields.map((field) => settingName(field, pinned[field])).join(' and ');
  const [goes, follows] = fields.length > 1 ? ['do', 'they follow'] : ['does', 'it follows'];
  const next = methodName({ ...config, ...change, flipout: change.flipout ?? false } as Config);
  return `${names} ${goes} not go with ${next}: ${follows} the recipe again`;
}
