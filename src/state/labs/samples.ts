import { integer } from '../../settings/fields.ts';
import { MAX_SEED, RandomSequence, Stream } from '../../snn/random.ts';
import { gaussianSurrogate, weakFormTerm } from '../../snn/surrogate.ts';
import {
  hundredths,
  type LabFields,
  type LabModel,
  namesOf,
  partsOf,
  settingsFrom,
  settingsText,
} from './lab.ts';

/** WSG at one membrane potential: random shifts δ, drawn one by one. */
export interface SamplesSettings {
  /** Membrane potential U that is looked at. */
  readonly membrane: number;
  /** Width σ: standard deviation of the shifts. */
  readonly sigma: number;
  /** Number K of shifts in one estimate, as training takes them. */
  readonly samples: number;
  /** How many shifts have been drawn. */
  readonly drawn: number;
  readonly seed: number;
}

/** Threshold ϑ of the neuron. */
export const THRESHOLD = 1;
export const MOST_DRAWN = 2000;

export const SAMPLES_FIELDS: LabFields<SamplesSettings> & {
  readonly [K in 'membrane' | 'sigma']: ReturnType<typeof hundredths>;
} = {
  membrane: hundredths(0.8, -1, 3, 'Membrane potential U', 'Where the derivative is asked for'),
  sigma: hundredths(0.5, 0.1, 1, 'Width σ', 'Standard deviation of the shifts'),
  samples: integer(4, 1, 16, { label: 'Shifts K in one estimate', help: 'As training takes them' }),
  drawn: integer(0, 0, MOST_DRAWN, { label: 'Shifts drawn', help: 'So far' }),
  seed: integer(3, 0, MAX_SEED, { label: 'Seed', help: 'Of the shifts' }),
};

/** One shift δ and what it gives: δ/σ² (H(x+δ) - H(x)) at x = U - ϑ. */
export interface Shift {
  readonly delta: number;
  readonly term: number;
}

/** Shifts 1 … drawn. */
export function shiftsOf({ membrane, sigma, drawn, seed }: SamplesSettings): Shift[] {
  const random = new RandomSequence(seed, Stream.lab, 0, 1);
  const x = distanceOf(membrane);
  return Array.from({ length: drawn }, () => {
    const delta = sigma * random.normal();
    return { delta, term: weakFormTerm(x, delta, sigma) };
  });
}

/** U - ϑ, exact for numbers with two decimals: a membrane at the threshold is at it. */
const distanceOf = (membrane: number) => (Math.round(100 * membrane) - 100 * THRESHOLD) / 100;

/** SG at U: what the mean of the terms tends to. */
export const surrogateAt = ({ membrane, sigma }: SamplesSettings) =>
  gaussianSurrogate(distanceOf(membrane), sigma);

/** Mean of the first n terms, n = 1, 2, … */
export function runningMeans(shifts: readonly Shift[]): number[] {
  let sum = 0;
  return shifts.map(({ term }, k) => {
    sum += term;
    return sum / (k + 1);
  });
}

/** Estimates of K shifts each, as many as are complete. */
export function estimatesOf(shifts: readonly Shift[], K: number): number[] {
  return Array.from({ length: Math.floor(shifts.length / K) }, (_, n) =>
    meanOf(shifts.slice(n * K, (n + 1) * K).map(({ term }) => term)),
  );
}

const meanOf = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

/** Standard deviation; 0 of fewer than two values. */
function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}

function facts(settings: SamplesSettings) {
  const { membrane, sigma, samples, drawn, seed } = settings;
  const shifts = shiftsOf(settings);
  const terms = shifts.map(({ term }) => term);
  const [estimate, surrogate] = [meanOf(terms), surrogateAt(settings)];
  return {
    ...{ membrane, threshold: THRESHOLD, sigma, samples, drawn, seed, estimate, surrogate },
    difference: Math.abs(estimate - surrogate),
    crossings: terms.filter((term) => term !== 0).length,
    standardError: drawn > 1 ? deviationOf(terms) / Math.sqrt(drawn) : 0,
    spread: deviationOf(estimatesOf(shifts, samples)),
  };
}
export type SamplesFacts = ReturnType<typeof facts>;

const factWords: Record<keyof SamplesFacts, string> = {
  membrane: 'membrane potential U that is looked at',
  threshold: 'threshold ϑ',
  sigma: 'width σ of the shifts',
  samples: 'shifts K in one estimate',
  drawn: 'shifts drawn',
  seed: 'seed of the shifts',
  estimate: 'mean of what the shifts gave; 0 while there is none',
  surrogate: 'surrogate derivative SG at U',
  difference: 'distance of the mean from SG',
  crossings: 'shifts that crossed the threshold',
  standardError: 'standard error of the mean; 0 for fewer than two shifts',
  spread: 'standard deviation of the estimates of K shifts each; 0 for fewer than two of them',
};

export const samplesLab = {
  parse: (text: string): SamplesSettings =>
    settingsFrom('samples', SAMPLES_FIELDS, partsOf('samples', namesOf(SAMPLES_FIELDS), text)),
  format: (settings: SamplesSettings): string => settingsText(SAMPLES_FIELDS, settings),
  facts,
  factWords,
  fields: SAMPLES_FIELDS,
} satisfies LabModel<SamplesSettings>;
