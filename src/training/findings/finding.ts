import { quantile } from '../../snn/statistics.ts';
import { type Config, FIELDS, type Pinned } from '../config.ts';
import { resolveConfig } from '../presets.ts';

/** How a hidden layer fires over a sample of the inputs. */
export interface LayerActivity {
  readonly factor: number;
  readonly depth: number;
  /** Mean spikes a neuron and time step, 0 to 1. */
  readonly firingRate: number;
  /** Share of neurons that never spike, and of those that spike at every step for every input. */
  readonly silent: number;
  readonly saturated: number;
}

/** A change that keeps weights and history, with its name for a button; never one to the value in force. */
export interface Remedy {
  readonly label: string;
  readonly pins: Pinned;
  readonly seekTo?: number;
}

export interface Finding {
  readonly kind: 'diverged' | 'runaway' | 'silent' | 'saturated' | 'plateau';
  /** What is seen and why, in a sentence each. */
  readonly what: string;
  readonly cause: string;
  /** Missing where no setting that keeps the run is known to help. */
  readonly remedy?: Remedy;
}

export interface RunObservation {
  readonly config: Config;
  /** Losses of the steps before the state that is looked at. */
  readonly losses: Float64Array;
  readonly activity: readonly LayerActivity[];
  /** When all layers were last seen to fire as they should, and the configuration then. */
  readonly sound?: { readonly step: number; readonly config: Config };
  /** Relative L2 error: the latest, and the first that is known. */
  readonly error?: number;
  readonly firstError?: number;
  readonly diverged: boolean;
}

/** Relative error above which a run is still far from its target. */
export const POOR = 0.15;

export function within(field: 'rate' | 'threshold' | 'sigma' | 'K' | 'steps', value: number): number {
  const { min, max } = FIELDS[field].bounds;
  return Math.min(max, Math.max(min, value));
}

export const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Rate of Adam that the experiment's recipe has for the method. */
export function usualRate({ experiment, recipe, gradient, scope, localLosses, flipout }: Config): number {
  return resolveConfig({ experiment, recipe, gradient, scope, localLosses, flipout }).rate;
}

const QUANTILE_OF = 1001;

/** Quantile of at most about a thousand of the values, evenly spread: a long run costs no more than a short one. 0 of none. */
export function quantileOfSome(values: Float64Array, share: number): number {
  const stride = Math.max(1, Math.ceil(values.length / QUANTILE_OF));
  const sample = values.filter((_, n) => n % stride === 0);
  return sample.length > 0 ? quantile(sample, share) : 0;
}
