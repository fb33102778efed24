import { type Config, drawsDirections, FIELDS, type Pinned, usesSurrogate } from './config.ts';
import type { Trace } from './engine.ts';
import { resolveConfig } from './presets.ts';

/** How a hidden layer fires over a sample of the inputs. */
export interface LayerActivity {
  readonly factor: number;
  readonly depth: number;
  /** Mean spikes a neuron and time step, 0 to 1. */
  readonly rate: number;
  /** Share of neurons that never spike, and of those that spike at every step for every input. */
  readonly silent: number;
  readonly saturated: number;
}

/** Activity of every hidden layer of one factor, from the rates of some rows. */
export function activityOf(trace: Trace, factor: number, widths: readonly number[]): LayerActivity[] {
  return trace.rates.map((rates, depth) => {
    const width = widths[depth];
    const rows = rates.length / width;
    let sum = 0;
    let silent = 0;
    let saturated = 0;
    for (let j = 0; j < width; j++) {
      let total = 0;
      for (let row = 0; row < rows; row++) total += rates[row * width + j];
      sum += total / rows;
      if (total === 0) silent++;
      if (total > rows * (1 - 1e-6)) saturated++;
    }
    return { factor, depth, rate: sum / width, silent: silent / width, saturated: saturated / width };
  });
}

export interface Finding {
  readonly kind: 'diverged' | 'silent' | 'saturated' | 'plateau';
  /** What is seen and why, in a sentence each. */
  readonly what: string;
  readonly cause: string;
  /** A change that keeps weights and history, with its name for a button. */
  readonly remedy: { readonly label: string; readonly pins: Pinned; readonly seekTo?: number };
}

export interface Patient {
  readonly config: Config;
  readonly losses: Float64Array;
  readonly activity: readonly LayerActivity[];
  /** Latest relative L2 error. */
  readonly error?: number;
  readonly diverged: boolean;
}

/** What is wrong with a run, worst first; empty when nothing is. */
export function diagnose(patient: Patient): Finding[] {
  const findings = [divergence(patient), ...layers(patient), plateau(patient)];
  return findings.filter((finding): finding is Finding => finding !== undefined);
}

function within(field: 'rate' | 'threshold' | 'sigma' | 'K', value: number): number {
  const { min, max } = FIELDS[field].bounds;
  return Math.min(max, Math.max(min, value));
}

const short = (value: number) => String(Number(value.toPrecision(3)));

function divergence({ config, losses, diverged }: Patient): Finding | undefined {
  if (!diverged) return undefined;
  const seekTo = lastGoodStep(losses);
  const what = `The loss left the finite numbers after step ${losses.length}.`;
  const raw = config.optimiser === 'sgd' && drawsDirections(config.gradient);
  if (raw) {
    return {
      kind: 'diverged',
      what,
      cause: 'Plain SGD takes the raw estimate, whose length is about √P times the gradient’s.',
      remedy: {
        label: `Back to step ${seekTo}, with Adam`,
        pins: { optimiser: 'adam', rate: usualRate(config) },
        seekTo,
      },
    };
  }
  const rate = within('rate', Math.min(Number((config.rate / 10).toPrecision(2)), usualRate(config)));
  return {
    kind: 'diverged',
    what,
    cause: `The learning rate ${short(config.rate)} is too large here.`,
    remedy: { label: `Back to step ${seekTo}, rate ${short(rate)}`, pins: { rate }, seekTo },
  };
}

/** Rate of Adam that the experiment's recipe has for the method. */
function usualRate({ experiment, recipe, gradient, scope, localLosses, flipout }: Config): number {
  return resolveConfig({ experiment, recipe, gradient, scope, localLosses, flipout }).rate;
}

/** Where to go back to: a tenth of the way before the last step whose loss was ordinary. */
function lastGoodStep(losses: Float64Array): number {
  // A run that left at once is nowhere ordinary, however long it stayed at some huge loss.
  const usual = 3 * quantile(losses.subarray(0, Math.ceil(losses.length / 2)), 0.25);
  const ordinary = Math.min(usual, 10 * losses[0]);
  let last = losses.length - 1;
  while (last > 0 && !(losses[last] <= ordinary)) last--;
  return Math.max(0, Math.floor(0.9 * last));
}

const QUIET = 0.005;
const BUSY = 0.97;

function layers({ config, activity, diverged }: Patient): (Finding | undefined)[] {
  if (diverged) return [];
  return activity.map(({ factor, depth, rate, silent, saturated }) => {
    const name = `Hidden layer ${depth + 1}${factor > 0 ? ` of factor ${factor + 1}` : ''}`;
    if (rate < QUIET || silent > 0.9) {
      const remedy = otherThreshold(config, 0.5);
      return (
        remedy && {
          kind: 'silent',
          what: `${name} is silent: ${Math.round(100 * silent)} % of its neurons never spike.`,
          cause:
            'Its membranes stay far below the threshold ϑ, where the surrogate is nearly zero: no gradient can pass.',
          remedy,
        }
      );
    }
    if (rate > BUSY || saturated > 0.9) {
      const remedy = otherThreshold(config, 2);
      return (
        remedy && {
          kind: 'saturated',
          what: `${name} is saturated: it spikes at ${Math.round(100 * rate)} % of all time steps.`,
          cause: 'Its currents exceed the threshold ϑ at every step, so its rates carry no information.',
          remedy,
        }
      );
    }
    return undefined;
  });
}

/** Another threshold; where that is exhausted a wider surrogate, which lets gradient pass further from it. */
function otherThreshold(config: Config, factor: number): Finding['remedy'] | undefined {
  const threshold = within('threshold', config.threshold * factor);
  if (threshold !== config.threshold)
    return {
      label: `${factor < 1 ? 'Halve' : 'Double'} the threshold to ${short(threshold)}`,
      pins: { threshold },
    };
  const sigma = within('sigma', config.sigma * 2);
  if (sigma === config.sigma || !usesSurrogate(config.gradient)) return undefined;
  return { label: `Widen the surrogate to σ = ${short(sigma)}`, pins: { sigma } };
}

const SHORTEST = 400;
const POOR = 0.15;

/** The second half of the run is no better than the first half's end, at an error that is still large. */
function plateau({ config, losses, error, diverged }: Patient): Finding | undefined {
  if (config.gradient === 'RF') return undefined;
  if (diverged || losses.length < SHORTEST || error === undefined || error < POOR) return undefined;
  const quarter = Math.floor(losses.length / 4);
  const before = quantile(losses.subarray(losses.length - 2 * quarter, losses.length - quarter), 0.5);
  const now = quantile(losses.subarray(losses.length - quarter), 0.5);
  if (now < 0.97 * before) return undefined;
  const what = `The loss has not fallen for ${2 * quarter} steps, at a relative error of ${short(error)}.`;
  if (drawsDirections(config.gradient) && config.K < FIELDS.K.bounds.max) {
    const K = within('K', config.K * 4);
    return {
      kind: 'plateau',
      what,
      cause: `With K = ${config.K} the estimate points only slightly along the gradient: noise and descent cancel.`,
      remedy: { label: `Average K = ${K} directions`, pins: { K } },
    };
  }
  const rate = within('rate', Number((config.rate / 3).toPrecision(2)));
  return {
    kind: 'plateau',
    what,
    cause: 'Steps of this size jump back and forth over the valley, or the schedule has already ended.',
    remedy: { label: `Lower the rate to ${short(rate)}`, pins: { rate } },
  };
}

const QUANTILE_OF = 1001;

/** Quantile of at most about a thousand of the values, evenly spread: a long run costs no more than a short one. */
function quantile(values: Float64Array, share: number): number {
  const stride = Math.max(1, Math.ceil(values.length / QUANTILE_OF));
  const sample = values.filter((_, n) => n % stride === 0).sort();
  return sample[Math.floor(share * sample.length)] ?? 0;
}
