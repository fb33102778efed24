import { ConfigError } from '../settings/fields.ts';
import type { NeuronId } from '../snn/silence.ts';
import { MAIN } from '../state/comparison.ts';
import { letterOf, slotsOf } from '../state/slots.ts';
import { type ParsedHash, parseHash } from '../state/url.ts';
import { resolveConfig } from '../training/presets.ts';

/** Most steps that a scene may have its network trained before it begins. */
export const MOST_TRAINED = 20_000;

/** What a scene shows: the page's own link, how far the network is trained before it begins, and which neurons are silent. */
export interface SceneLink extends ParsedHash {
  /** Training steps; 0 where the link says nothing. */
  readonly trained: number;
  readonly silenced: readonly NeuronId[];
}

/** Keys that a scene cannot set: how the page is laid out is the reader's, and no lesson stands within another. */
export const NOT_OF_SCENES = ['view', 'lesson', 'lesson-text'];

/** Reads the hash of a scene or of a task's solution. What cannot be used is left out and named among the faults. */
export function parseSceneLink(hash: string): SceneLink {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const faults: string[] = [];
  for (const key of NOT_OF_SCENES) {
    if (entries.has(key)) faults.push(`${key}: is not allowed in what a scene shows`);
    entries.delete(key);
  }
  const text = entries.get('trained') ?? '0';
  entries.delete('trained');
  const trained = /^\d+$/.test(text) && Number(text) <= MOST_TRAINED ? Number(text) : undefined;
  if (trained === undefined)
    faults.push(
      new ConfigError('trained', text.slice(0, 40), `a whole number from 0 to ${MOST_TRAINED}`).message,
    );
  const neurons = entries.get('silenced') ?? '';
  entries.delete('silenced');
  const link = parseHash(`#${entries}`);
  const [widths] = resolveConfig(link.pinned).hidden;
  const silenced = parseSilenced(neurons, widths, faults);
  return { ...link, trained: trained ?? 0, silenced, faults: [...link.faults, ...faults] };
}

/** silenced=1.2,2.5 of a scene: hidden layer and neuron, both from 1, of the network or its first factor. */
function parseSilenced(text: string, widths: readonly number[], faults: string[]): NeuronId[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [, layer, neuron] = /^([1-9])\.([1-9]\d{0,2})$/.exec(part) ?? [];
      if (Number(neuron) <= widths[Number(layer) - 1])
        return [{ factor: 0, depth: Number(layer) - 1, neuron: Number(neuron) - 1 }];
      const allowed = `a hidden layer and a neuron of it, both from 1, as in 1.2; widths: ${widths.join('-')}`;
      faults.push(new ConfigError('silenced', part.slice(0, 40), allowed).message);
      return [];
    });
}

/** Letters of the lanes that a link opens, the main one's first. */
export function lettersOf({ comparison }: Pick<ParsedHash, 'comparison'>): string[] {
  const ids = [MAIN, ...comparison.lanes.map(({ id }) => id)];
  const slots = slotsOf(ids, comparison.slots);
  return ids.map((id) => letterOf(slots[id]));
}
