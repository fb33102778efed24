import { choice, integer } from '../../settings/fields.ts';
import { type DirectionLaw, drawDirections } from '../../snn/directions.ts';
import { estimate } from '../../snn/gradient.ts';
import { layoutOf } from '../../snn/network.ts';
import { MAX_SEED } from '../../snn/random.ts';
import {
  hundredths,
  type LabFields,
  type LabModel,
  namesOf,
  partsOf,
  settingsFrom,
  settingsText,
} from './lab.ts';

const LAWS = ['rademacher', 'gaussian'] as const satisfies readonly DirectionLaw[];

/** Two parameters of a smooth loss, and the gradient there from random guesses. */
export interface GuessesSettings {
  /** The parameters. */
  readonly a: number;
  readonly b: number;
  /** How many guesses have been drawn. */
  readonly drawn: number;
  /** rademacher: both entries of a guess are +1 or -1; gaussian: normal numbers. */
  readonly law: (typeof LAWS)[number];
  readonly seed: number;
}

/** Both parameters lie between -REACH and REACH. */
export const REACH = 2;
export const MOST_GUESSES = 2000;

export const GUESSES_FIELDS: LabFields<GuessesSettings> & {
  readonly [K in 'a' | 'b']: ReturnType<typeof hundredths>;
} = {
  a: hundredths(-0.5, -REACH, REACH, 'Parameter a', 'One of the two that are learned'),
  b: hundredths(0.5, -REACH, REACH, 'Parameter b', 'The other one'),
  drawn: integer(0, 0, MOST_GUESSES, { label: 'Guesses drawn', help: 'So far' }),
  law: choice('rademacher', LAWS, { label: 'Guesses', help: 'Entries of ±1, or normal numbers' }),
  seed: integer(7, 0, MAX_SEED, { label: 'Seed', help: 'Of the guesses' }),
};

export type Vector = readonly [a: number, b: number];

/** Where the loss is least. */
export const BEST: Vector = [0.8, -0.4];

/** L(a, b) = ((a - 0.8)² + 3 (b + 0.4 - (a - 0.8)/2)²) / 10: a valley that lies across both axes. */
export function lossAt(a: number, b: number): number {
  const [u, v] = offsets(a, b);
  return (u * u + 3 * v * v) / 10;
}

/** ∇L. */
export function gradientAt(a: number, b: number): Vector {
  const [u, v] = offsets(a, b);
  return [(2 * u - 3 * v) / 10, (6 * v) / 10];
}

function offsets(a: number, b: number): Vector {
  const u = a - BEST[0];
  return [u, b - BEST[1] - u / 2];
}

/** A network of two parameters: what draws and averages directions asks where parameters lie. */
const LAYOUT = layoutOf({
  factors: [{ name: 'two parameters', inputs: 1, hidden: [] }],
  ...{ rank: 1, localRank: 0, T: 1, centre: 0, threshold: 1, leak: 1, reset: 'subtract' },
});
const SCALES = [1];

export interface Guess {
  /** δθ. */
  readonly direction: Vector;
  /** ∇L · δθ, the JVP: how fast the loss rises along the guess. */
  readonly derivative: number;
  /** (∇L · δθ) δθ, what this guess makes of the gradient. */
  readonly estimate: Vector;
}

/** Guesses 1 … drawn: the directions of as many training steps with K = 1. */
export function guessesOf({ a, b, drawn, law, seed }: GuessesSettings): Guess[] {
  const [ga, gb] = gradientAt(a, b);
  const out = new Float32Array(LAYOUT.size);
  const spec = { law, perturbation: 'parameters', layerwise: false, count: 1, scales: SCALES } as const;
  return Array.from({ length: drawn }, (_, step) => {
    drawDirections(spec, LAYOUT, seed, step, out);
    const direction: Vector = [out[0], out[1]];
    const derivative = ga * out[0] + gb * out[1];
    return { direction, derivative, estimate: averageOf([{ direction, derivative }]) };
  });
}

/** The average that RFG takes over its K directions: (1/K) Σ_k (∇L · δθ_k) δθ_k; 0 without a guess. */
export function averageOf(guesses: readonly Pick<Guess, 'direction' | 'derivative'>[]): Vector {
  const directions = guesses.map(({ direction }) => Float64Array.from(direction));
  const derivatives = Float64Array.from(guesses, ({ derivative }) => derivative);
  const [a, b] = estimate(LAYOUT, { layerwise: false, scales: SCALES }, directions, derivatives);
  return [a, b];
}

/** Averages of the first n guesses, n = 1, 2, … */
export function runningAverages(guesses: readonly Guess[]): Vector[] {
  const sum = [0, 0];
  return guesses.map(({ estimate: [a, b] }, k) => {
    sum[0] += a;
    sum[1] += b;
    return [sum[0] / (k + 1), sum[1] / (k + 1)];
  });
}

export const lengthOf = ([a, b]: Vector) => Math.hypot(a, b);

/** Cosine of the angle between two vectors; 0 where one of them is 0. */
export function cosineOf(one: Vector, other: Vector): number {
  const lengths = lengthOf(one) * lengthOf(other);
  if (lengths === 0) return 0;
  return Math.min(1, Math.max(-1, (one[0] * other[0] + one[1] * other[1]) / lengths));
}

/**
 * √(E |ĝ - ∇L|²) / |∇L| of the average ĝ of n guesses of P numbers: √((P - 1)/n) for entries ±1, √((P + 1)/n) for normal ones.
 */
export function expectedDistance(law: GuessesSettings['law'], n: number): number {
  const P = LAYOUT.size;
  return Math.sqrt((law === 'rademacher' ? P - 1 : P + 1) / n);
}

/** |average - ∇L| / |∇L|; 0 where the gradient is 0. */
export function distanceFrom(gradient: Vector, average: Vector): number {
  const length = lengthOf(gradient);
  return length === 0 ? 0 : lengthOf([average[0] - gradient[0], average[1] - gradient[1]]) / length;
}

/** Learning rate of a step of gradient descent in the lab. */
export const LEARNING_RATE = 0.4;

/** Parameters after a step against the average, two decimals each and inside the square. */
export function stepped({ a, b }: GuessesSettings, average: Vector): Vector {
  const inside = (value: number) => Number(Math.min(REACH, Math.max(-REACH, value)).toFixed(2)) + 0;
  return [inside(a - LEARNING_RATE * average[0]), inside(b - LEARNING_RATE * average[1])];
}

function facts(settings: GuessesSettings) {
  const { a, b, drawn, law, seed } = settings;
  const guesses = guessesOf(settings);
  const gradient = gradientAt(a, b);
  const average = averageOf(guesses);
  const cosine = cosineOf(average, gradient);
  return {
    ...{ a, b, drawn, law, seed },
    loss: lossAt(a, b),
    gradientLength: lengthOf(gradient),
    derivative: guesses.at(-1)?.derivative ?? 0,
    cosine,
    angle: (180 / Math.PI) * Math.acos(cosine),
    distance: drawn > 0 ? distanceFrom(gradient, average) : 1,
    theory: drawn > 0 ? expectedDistance(law, drawn) : 1,
  };
}
export type GuessesFacts = ReturnType<typeof facts>;

const factWords: Record<keyof GuessesFacts, string> = {
  a: 'parameter a',
  b: 'parameter b',
  drawn: 'guesses drawn',
  law: 'kind of guesses: rademacher (±1) or gaussian',
  seed: 'seed of the guesses',
  loss: 'loss at the parameters',
  gradientLength: 'length of the gradient',
  derivative: 'derivative of the loss along the last guess; 0 while there is none',
  cosine: 'cosine of the average of the guesses with the gradient; 0 while there is none',
  angle: 'angle between the average of the guesses and the gradient, in degrees; 90 while there is none',
  distance: 'distance of the average from the gradient, in lengths of the gradient; 1 while there is none',
  theory: 'the same distance by theory, one over the root of the number of guesses for ±1',
};

export const guessesLab = {
  parse: (text: string): GuessesSettings =>
    settingsFrom('guesses', GUESSES_FIELDS, partsOf('guesses', namesOf(GUESSES_FIELDS), text)),
  format: (settings: GuessesSettings): string => settingsText(GUESSES_FIELDS, settings),
  facts,
  factWords,
  fields: GUESSES_FIELDS,
} satisfies LabModel<GuessesSettings>;
