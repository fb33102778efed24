import { MAIN } from '../state/comparison.ts';
import { letterOf, slotsOf } from '../state/slots.ts';
import { type ParsedHash, parseHash } from '../state/url.ts';

/** Steps to which a scene can have the network trained before it begins: more is worth no wait. */
const MOST_TRAINED = 20_000;

/** What a scene's link or a task's solution opens. */
export interface SceneLink extends ParsedHash {
  /** Steps for which the network is trained before. */
  readonly trained: number;
}

/** Reads the link of a scene or of a solution: the page's own with `trained=500`. What cannot be used is among its faults. */
export function parseSceneLink(hash: string): SceneLink {
  const keys = new URLSearchParams(hash.replace(/^#/, ''));
  const text = keys.get('trained');
  const trained = text === null ? 0 : Number(text);
  const allowed = /^\d{1,5}$/.test(text ?? '0') && trained <= MOST_TRAINED;
  const faults = allowed
    ? []
    : [`trained: “${text?.slice(0, 40)}” is not allowed; allowed: a whole number from 0 to ${MOST_TRAINED}`];
  // The reader’s own, and a lesson within a lesson.
  for (const key of ['view', 'lesson', 'lesson-text'])
    if (keys.has(key)) faults.push(`${key}: is not allowed in what a scene opens`);
  const plain = hash.replace(/([#&])trained=[^&]*&?/, '$1');
  const link = parseHash(plain);
  return { ...link, trained: allowed ? trained : 0, faults: [...link.faults, ...faults] };
}

/** Letters of the lanes that a link opens, the main one's first. */
export function lettersOf({ comparison }: Pick<ParsedHash, 'comparison'>): string[] {
  const ids = [MAIN, ...comparison.lanes.map(({ id }) => id)];
  const slots = slotsOf(ids, comparison.slots);
  return ids.map((id) => letterOf(slots[id]));
}
