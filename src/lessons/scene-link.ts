import { ConfigError } from '../settings/fields.ts';
import { type ParsedHash, parseHash } from '../state/url.ts';

/** Most steps that a scene may have its network trained before it begins. */
const MOST_TRAINED = 100_000;

/** What a scene shows: the page's own link, and how far the network is trained before it begins. */
export interface SceneLink extends ParsedHash {
  /** Training steps; 0 where the link says nothing. */
  readonly trained: number;
}

/** Reads a scene's hash. What cannot be used is left out and named among the faults. */
export function parseSceneLink(hash: string): SceneLink {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const text = entries.get('trained');
  if (text === null) return { ...parseHash(hash), trained: 0 };
  entries.delete('trained');
  const link = parseHash(`#${entries}`);
  const trained = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (trained <= MOST_TRAINED) return { ...link, trained };
  const fault = new ConfigError(
    'trained',
    text.slice(0, 40),
    `a whole number of steps up to ${MOST_TRAINED.toLocaleString('en-US')}`,
  );
  return { ...link, trained: 0, faults: [...link.faults, fault.message] };
}
