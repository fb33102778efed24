import type { Shape } from '../experiments/experiment.ts';
import type { Recipe, Scope, SETTINGS, SettingName, ValueOf, Values } from '../settings/table.ts';
import type { Derivation, Perturbation } from '../snn/method.ts';

/** Settings by experiment and recipe. */
export type Presets = Readonly<Record<string, Readonly<Record<Recipe, Values>>>>;

/** One way of training: everything that is particular to it, but for what the page says and draws of it. */
export interface Method {
  /** What chooses it: the values of these settings. Its name is made of them. */
  readonly chosenBy: { readonly gradient: string; readonly scope?: Scope; readonly flipout?: boolean };
  readonly derivation: Derivation;
  readonly perturbation: Perturbation;
  /** One directional derivative for every layer, or one for all of θ. */
  readonly layerwise: boolean;
  /** Of the settings that not every method uses, those that it uses. */
  readonly uses: readonly SettingName[];
  /** Of experiments with other answers it cannot be chosen; without it, of none. */
  readonly shapes?: readonly Shape[];
  /** Values that it allows, where that is not all. */
  readonly allows?: { readonly [F in SettingName]?: readonly ValueOf<(typeof SETTINGS)[F]>[] };
  /** Its settings; an experiment that is missing here may name another whose settings it takes. */
  readonly presets: Presets;
  /** Surrogates of its rows in tables of errors. */
  readonly rows: readonly ValueOf<typeof SETTINGS.surrogate>[];
  /** Where its rows stand: in the paper's tables, or beyond the paper, on the paper board too or not. */
  readonly standing: 'paper' | 'board' | 'beyond';
  /** The paper has rows of it with local losses. */
  readonly localRows?: boolean;
  /** The paper's count of a step in forward passes. */
  readonly paperPasses?: number;
  /** Its step's cost stands beside that of a run by another method. */
  readonly countedBeside?: boolean;
}

/**
 * RFG-L (randomized forward-mode gradient), WP-G, RFG-L-flipout, RF (random features) …: what chooses a method, without its
 * surrogate and local losses.
 */
export const methodId = ({ chosenBy: { gradient, scope, flipout } }: Pick<Method, 'chosenBy'>): string =>
  [gradient, ...(scope ? [scope] : []), ...(flipout ? ['flipout'] : [])].join('-');

/** Keeps the literal types of a record. */
export const method = <const M extends Method>(record: M): M & Method => record;

/** Settings that only some methods use, by what uses them. */
export const SURROGATE = ['surrogate', 'sigma', 'samples'] as const;
export const DIRECTIONS = ['scope', 'K', 'law'] as const;
/** Laws of a direction in parameter space. */
export const OF_PARAMETERS = { law: ['rademacher', 'gaussian', 'hadamard'] } as const;
export const LOCAL = ['localLosses', 'localRank'] as const;
export const UPDATE = [
  ...(['optimiser', 'rate', 'rateFactors', 'schedule', 'finalFraction'] as const),
  ...(['beta1', 'beta2', 'stabiliser'] as const),
] as const;
