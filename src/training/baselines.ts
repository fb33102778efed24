import { PROBLEMS } from '../problems/index.ts';
import { degreeFor, inputFeatures, leastSquares, polynomialFeatures } from '../problems/least-squares.ts';
import type { Parts } from '../problems/parts.ts';
import type { ProblemData } from '../problems/problem.ts';
import type { Config, ExperimentName, Pinned } from './config.ts';
import type { Engine } from './engine.ts';
import { rateGradient, rateOutputs, TANH } from './indirect/rate-network.ts';
import { advanceRun, type GradientAt } from './reference-engine.ts';
import { specsOf } from './specs.ts';

/** What the methods' errors are held against: the same data, the same test evaluation, no spikes. */
export const BASELINES = ['nothing-learned', 'least-squares', 'polynomial', 'tanh-BP'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** Those that an experiment has, in their order. A polynomial is fitted where the inputs are the point itself. */
export const BASELINES_OF: Record<ExperimentName, readonly BaselineName[]> = {
  hat: BASELINES,
  poisson: BASELINES.filter((name) => name !== 'polynomial'),
  'reaction-diffusion': BASELINES.filter((name) => name !== 'polynomial'),
};

/** What a baseline sets of a configuration; everything else follows experiment and recipe as for BP. */
export const BASELINE_PINS: Pinned = { gradient: 'BP', localLosses: false };

export const isBaseline = (name: string): name is BaselineName => BASELINES.some((known) => known === name);

/** Whether it is trained step by step, as the methods are; the others are computed at one go. */
export const isTrained = (name: BaselineName): name is 'tanh-BP' => name === 'tanh-BP';

/** The part of an engine that trains. */
export type Trainer = Pick<Engine, 'advance' | 'outputs'>;

const tanhGradient: GradientAt = ({ specs }, theta, batch) =>
  rateGradient(specs.network, specs.layout, theta, batch, TANH);

/**
 * tanh-BP: the same network with a tanh unit in place of every spiking neuron (`TANH`), trained by exact back-propagation with the
 * same initial weights, batches, optimiser and rates; T, σ and the surrogate have no part in it. Plain TypeScript in float64.
 */
export const tanhTrainer: Trainer = {
  advance: async (requests, steps) => requests.map((request) => advanceRun(request, steps, tanhGradient)),
  outputs: async (network, layout, theta, data) => rateOutputs(network, layout, theta, data, TANH),
};

/**
 * Output on `data.test` of a baseline that is not trained step by step.
 *
 * - nothing-learned: forcing times boundary factor (`forcingTimesBoundary`); 0 for the hat.
 * - least-squares: linear in what the network is fed, the branch's inputs or x and y, and a constant; one set of coefficients for
 *   each point of the grid.
 * - polynomial (hat): in x and y, with as many coefficients as a total degree has that are no more than the network's parameters.
 */
export function* baselineOutput(
  name: Exclude<BaselineName, 'tanh-BP'>,
  config: Config,
  data: ProblemData,
): Parts<Float64Array> {
  if (name === 'nothing-learned') return PROBLEMS[config.experiment].nothingLearned(data);
  const features =
    name === 'polynomial'
      ? polynomialFeatures(degreeFor(specsOf(config).layout.size))
      : inputFeatures(data.train.factors[0].width);
  return yield* leastSquares(data.train, data.test, features);
}
