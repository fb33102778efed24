import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LayerAlignment, LayerShakes, WidthVariance } from './measure.ts';

/** Experiments that are looked at. */
export const EXPERIMENT_NAMES = ['hat', 'poisson'] as const;
export type Looked = (typeof EXPERIMENT_NAMES)[number];

/** Cosines over a run of the recipe `live`. */
export interface KeptAlignment {
  readonly epsilon: number;
  readonly sigma: number;
  /** Hidden layers. */
  readonly layers: readonly string[];
  /** [seed][layer]; null where BP's gradient is zero. */
  readonly moments: readonly {
    readonly step: number;
    readonly seeds: readonly (readonly (LayerAlignment | null)[])[];
  }[];
}

/** Bias and variance at the weights of one step of such a run. */
export interface KeptShakes {
  readonly step: number;
  readonly epsilon: number;
  readonly reference: number;
  readonly layers: readonly string[];
  /** [seed][layer] */
  readonly seeds: readonly (readonly LayerShakes[])[];
}

/** All that `npm run why` measures. */
export interface KeptWhy {
  /** Of the code that measured it. */
  readonly commit: string;
  readonly seeds: readonly number[];
  readonly draws: number;
  /** Gaussian perturbations of every row that the smoothed loss is the mean over. */
  readonly perturbations: number;
  readonly parts: number;
  readonly batches: number;
  /** At the weights that WP-A comes to. */
  readonly alignment: Readonly<Record<Looked, KeptAlignment>>;
  /** At those that BP comes to. */
  readonly backprop: Readonly<Record<Looked, KeptAlignment>>;
  readonly shakes: Readonly<Record<Looked, KeptShakes>>;
  readonly widths: { readonly step: number; readonly seeds: readonly (readonly WidthVariance[])[] };
}

export const WHY_FILE = fileURLToPath(new URL('../../docs/measured/why.json', import.meta.url));

/** What was measured; undefined before it was. */
export const keptWhy = (): KeptWhy | undefined =>
  existsSync(WHY_FILE) ? JSON.parse(readFileSync(WHY_FILE, 'utf8')) : undefined;
