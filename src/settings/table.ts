import { MAX_SEED } from '../snn/random.ts';
import { choice, type Field, flag, integer, list, number, widths } from './fields.ts';

const DEEPEST = 4;
/** Three factors of the greatest depth with a read-out each, and a local head's three projections at each depth. */
const MOST_LAYERS = 3 * (DEEPEST + 1) + 3 * DEEPEST;

/**
 * The settings of a run but for its experiment, its gradient and what only one experiment has: bounds, default for the Mexican hat
 * and what a change does. Settings that only some methods or experiments use are told apart by those records (src/methods,
 * src/experiments).
 */
export const SETTINGS = {
  recipe: choice('live', ['live', 'paper'], {
    label: 'Recipe',
    help: 'Defaults that learn fast on screen, or the settings closest to the paper (K = 1)',
    resets: true,
  }),

  surrogate: choice('SG', ['SG', 'WSG'], {
    label: 'Surrogate',
    help: 'Stand-in for the derivative of the spike: a Gaussian, or its weak form estimated from samples',
  }),
  scope: choice('L', ['G', 'L', 'A'], {
    label: 'Perturbation',
    help: 'Global: one direction over all parameters; layer-wise: one derivative per layer; A (beyond the paper): every sample perturbs its own currents',
  }),
  localLosses: flag(false, { label: 'Local losses', help: 'Adds a loss at every hidden depth (LL)' }),
  K: integer(1, 1, 32, { label: 'Directions K', help: 'Directions drawn and averaged in each step' }),
  law: choice('rademacher', ['rademacher', 'gaussian', 'hadamard', 'mean'], {
    label: 'Direction law',
    help: 'i.i.d. ±1, i.i.d. normal, rows of a randomly signed Hadamard matrix, or the mean over all ±1',
  }),
  flipout: flag(false, {
    label: 'Flipout',
    help: 'Every sample sees the direction with signs of its own, at the same cost (beyond the paper; RFG, G or L)',
  }),
  epsilon: number(0.01, 1e-5, 1, {
    label: 'WP step ε',
    help: 'Size of the finite difference of weight perturbation',
  }),
  scales: list([1], 1e-3, 100, false, MOST_LAYERS, {
    label: 'Perturbation scales',
    help: 'Scale of the direction in each layer, in order: one for all, or one each with missing ones 1',
  }),

  T: integer(32, 1, 256, { label: 'Time steps T', help: 'Simulation steps for each input', resets: true }),
  threshold: number(1, 0.1, 10, {
    label: 'Threshold ϑ',
    help: 'Membrane potential at which a neuron spikes',
  }),
  leak: number(1, 0, 1, {
    label: 'Leak λ',
    help: 'Factor on the membrane potential at each step; 1 is the IF neuron of the paper',
  }),
  reset: choice('subtract', ['subtract', 'zero'], {
    label: 'Reset',
    help: 'What a spike leaves of the membrane potential: what is above the threshold, or nothing',
  }),
  sigma: number(0.5, 0.01, 5, { label: 'Surrogate width σ', help: 'Standard deviation of the surrogate' }),
  samples: integer(4, 1, 16, { label: 'WSG samples', help: 'Samples δ in each weak-form estimate' }),

  hidden: widths([[16, 16]], 512, DEEPEST, {
    label: 'Hidden widths',
    help: 'Neurons in each hidden layer',
    resets: true,
  }),
  rank: integer(1, 1, 64, { label: 'Rank r', help: 'Length of every factor’s read-out', resets: true }),
  localRank: integer(1, 1, 64, {
    label: 'Rank of local heads',
    help: 'Length of the projections of the local losses',
    resets: true,
  }),
  centring: flag(false, { label: 'Read-out centring', help: 'Read-outs see mean rate - ½', resets: true }),
  init: choice('data', ['uniform', 'data', 'operator'], {
    label: 'Initial weights',
    help: 'Uniform, random features from the data, or the operator networks’ own',
    resets: true,
  }),
  gain: number(2, 0.01, 10, {
    label: 'Gain of uniform weights',
    help: 'Factor on the range of the hidden layers’ uniform initial weights',
    resets: true,
  }),
  currentStd: number(0.15, 0.001, 10, {
    label: 'Initial branch current',
    help: 'Standard deviation of the branch’s first currents',
    resets: true,
  }),
  fitted: flag(false, {
    label: 'Fitted read-out',
    help: 'Training starts with the read-out that fits the training data best, by ridge regression, as RF and S-SWIM have it',
    resets: true,
  }),

  batch: list([64], 1, 8192, true, 3, {
    label: 'Batch',
    help: 'Rows drawn from each factor’s inputs in a step',
  }),
  sampling: choice('replacement', ['replacement', 'stratified'], {
    label: 'Sampling',
    help: 'Grid points drawn with replacement or one from each stratum; functions are drawn with replacement',
  }),
  /** Batch hold: steps for which a batch is kept. Links and the command line keep the short name `hold`. */
  hold: integer(1, 1, 100000, { label: 'Batch hold', help: 'Steps for which a batch is kept' }),

  optimiser: choice('adam', ['sgd', 'normalised', 'adam'], {
    label: 'Optimiser',
    help: 'Plain SGD, a step of fixed length, or Adam',
  }),
  /** Learning rate η at the start of the schedule. Links and the command line keep the short name `rate`. */
  rate: number(0.02, 1e-7, 100, { label: 'Learning rate η', help: 'Step size at the start of the schedule' }),
  /** Factors on the learning rate, one for each layer. Links and the command line keep the short name `rateFactors`. */
  rateFactors: list([1], 0, 100, false, MOST_LAYERS, {
    label: 'Rate factors',
    help: 'Factor on the rate in each layer, in order: one for all, or one each with missing ones 1',
  }),
  beta1: number(0.9, 0, 0.9999, { label: 'Adam β₁', help: 'Decay of the first moment' }),
  beta2: number(0.999, 0, 0.999999, { label: 'Adam β₂', help: 'Decay of the second moment' }),
  stabiliser: number(1e-8, 1e-15, 1, { label: 'Adam ε', help: 'Added to the denominator of the update' }),
  schedule: choice('cosine', ['constant', 'cosine', 'exponential'], {
    label: 'Schedule',
    help: 'How the rate falls; after the last step the last rate is kept',
  }),
  steps: integer(5000, 1, 10_000_000, { label: 'Steps', help: 'Length of the schedule' }),
  finalFraction: number(0.01, 0, 1, {
    label: 'Final fraction',
    help: 'Rate at the end of the schedule as a fraction of the first',
  }),

  boundary: choice('hard', ['hard', 'soft'], {
    label: 'Boundary',
    help: 'Hard: the output is multiplied by a factor that is 0 where u must be; soft: it is not',
    resets: true,
  }),
  perFunctionScale: flag(true, {
    label: 'Per-function scale',
    help: 'Feed the forcing divided by its root mean square, and multiply the output by that',
    resets: true,
  }),
  lossWeight: choice('relative', ['relative', 'absolute'], {
    label: 'Loss weighting',
    help: 'Relative: every training function weighs alike; absolute: functions with a large forcing weigh more',
    resets: true,
  }),
  sensors: integer(10, 2, 101, {
    label: 'Sensors',
    help: 'Points at which the branch sees the forcing',
    resets: true,
  }),
  lengthScale: number(0.5, 0.05, 5, {
    label: 'Length scale',
    help: 'Of the Gaussian random field of forcings',
    resets: true,
  }),
  trainFunctions: integer(800, 10, 2000, {
    label: 'Training functions',
    help: 'Forcings to learn from',
    resets: true,
  }),
  testFunctions: integer(800, 10, 2000, {
    label: 'Test functions',
    help: 'Forcings for the test error',
    resets: true,
  }),

  seed: integer(1, 0, MAX_SEED, {
    label: 'Seed',
    help: 'Of initial weights, batches, directions and WSG samples',
    resets: true,
  }),
  dataSeed: integer(1, 0, MAX_SEED, {
    label: 'Data seed',
    help: 'Of the training and test data',
    resets: true,
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;
/** The constants of a neuron's equations. */
export const NEURON = ['threshold', 'leak', 'reset'] as const satisfies readonly SettingName[];
export type ValueOf<F> = F extends Field<infer T> ? T : never;
/** Values of some settings. */
export type Values = { readonly [F in SettingName]?: ValueOf<(typeof SETTINGS)[F]> };
export type Scope = ValueOf<typeof SETTINGS.scope>;
export type Recipe = ValueOf<typeof SETTINGS.recipe>;

/** Fields by their names. */
export type Fields = Readonly<Record<string, Field<unknown>>>;
/** Values of some fields. */
export type ValuesOf<F> = { readonly [N in keyof F]?: ValueOf<F[N]> };
