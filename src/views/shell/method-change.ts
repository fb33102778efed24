import { type Config, type FieldName, methodName, type Pinned } from '../../training/config.ts';
import { settingName } from '../run-words.ts';
import { conflicts } from './method-conflicts.ts';

export type Change = { [F in keyof Pinned]?: Pinned[F] | undefined };
export type MethodChoice = Pick<Pinned, 'gradient' | 'scope'>;

/** What was set and does not go with the methods that were chosen since; it comes back with one that it goes with. */
export interface SetAside {
  /** The method that was chosen last. */
  readonly under: string;
  readonly fields: ReadonlyMap<FieldName, { readonly before: unknown; readonly instead: unknown }>;
}

/** A run whose method is to change. */
interface Run {
  readonly config: Config;
  /** What is set for this run. */
  readonly own: Pinned;
  /** What holds for a lane that sets nothing of its own. */
  readonly shared?: Pinned;
  readonly aside?: SetAside | undefined;
}

const chosen = ({ experiment, recipe, gradient, scope }: Config) =>
  [experiment, recipe, gradient, scope].join(' ');

/**
 * Settings for another gradient or scope. What its method does not allow follows the recipe again and is set aside; what was set aside
 * before and goes with it is set again. With that what there is to say of it.
 */
export function withMethod(
  choice: MethodChoice,
  { config, own, shared = {}, aside }: Run,
): { readonly change: Change; readonly aside: SetAside; readonly words?: string | undefined } {
  const change: Record<string, unknown> = { ...choice };
  const fields = new Map(aside?.under === chosen(config) ? aside.fields : []);
  let next: Config = { ...config, ...choice };
  const back: string[] = [];
  for (const [field, { before, instead }] of fields) {
    // It was set to something else meanwhile.
    if (own[field] !== instead) fields.delete(field);
    else {
      const value = before ?? shared[field];
      // The page's setting, which stood in the way, is gone.
      if (value === undefined) {
        change[field] = undefined;
        fields.delete(field);
        continue;
      }
      const restored: Config = { ...next, [field]: value };
      if (conflicts(restored).has(field)) continue;
      next = restored;
      change[field] = before;
      fields.delete(field);
      back.push(settingName(field, value));
    }
  }
  const left: string[] = [];
  for (const [field, values] of conflicts(next)) {
    const inherited = shared[field] !== undefined && !values.includes(shared[field]);
    const instead = inherited ? values[0] : undefined;
    change[field] = instead;
    next = { ...next, [field]: values[0] };
    if (!(field in own) && !inherited) continue;
    fields.set(field, { before: own[field], instead });
    left.push(settingName(field, config[field]));
  }
  return {
    change: change as Change,
    aside: { under: chosen(next), fields },
    words: [
      ...(left.length > 0 ? [leftWords(left, methodName(next))] : []),
      ...(back.length > 0 ? [`${back.join(' and ')} ${back.length > 1 ? 'are' : 'is'} set again`] : []),
    ].join('\n'),
  };
}

function leftWords(names: readonly string[], method: string): string {
  const [goes, follows] = names.length > 1 ? ['do', 'they follow'] : ['does', 'it follows'];
  const until = names.length > 1 ? 'they go' : 'it goes';
  return `${names.join(' and ')} ${goes} not go with ${method}: ${follows} the recipe until a method is chosen that ${until} with`;
}
