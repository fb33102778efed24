import { EXPERIMENTS } from '../experiments/table.ts';
import { autoregression, SERIES_RIDGE } from '../problems/forecast-baselines.ts';
import { degreeFor, inputFeatures, leastSquares, polynomialFeatures } from '../problems/least-squares.ts';
import type { Parts } from '../problems/parts.ts';
import type { ProblemData } from '../problems/problem.ts';
import type { Dataset, Network } from '../snn/network.ts';
import type { BaselineName } from './baseline-config.ts';
import type { Config } from './config.ts';
import type { AdvanceRequest, Chunk, Engine } from './engine.ts';
import { rateGradient, rateOutputs, TANH } from './indirect/rate-network.ts';
import { advanceRun, type GradientAt } from './reference-engine.ts';
import { specsOf } from './specs.ts';

/** The part of an engine that trains. */
export type Trainer = Pick<Engine, 'advance' | 'outputs'>;

const tanhGradient: GradientAt = ({ specs }, theta, batch) => rateGradient(specs.network, theta, batch, TANH);

/**
 * tanh-BP: the same network with a tanh unit in place of every spiking neuron (`TANH`), trained by exact back-propagation with the
 * same initial weights, batches, optimiser and rates; T, σ and the surrogate have no part in it. Plain TypeScript in float64.
 */
export const tanhTrainer: Trainer = {
  advance: async (requests, steps) => requests.map((request) => advanceTanh(request, steps)),
  outputs: async (network, theta, data) => tanhOutputs(network, theta, data),
};

/** Training steps of tanh-BP. */
export const advanceTanh = (request: AdvanceRequest, steps: number): Chunk =>
  advanceRun(request, steps, tanhGradient);

/** Output of the tanh network on the tensor product of the rows of `data`. */
export const tanhOutputs = (network: Network, theta: Float64Array, data: Dataset) =>
  rateOutputs(network, theta, data, TANH);

/**
 * Output on `data.test` of a baseline that is not trained step by step.
 *
 * - nothing-learned: forcing times boundary factor (`forcingTimesBoundary`); 0 for the hat.
 * - least-squares: linear in what the network is fed, the branch's inputs (of a series the samples themselves) or x and y, and a constant; one set of coefficients for
 *   each point of the grid.
 * - autoregression (series): the next sample linear in a window's, and so on from what was said.
 * - polynomial (hat): in x and y, with as many coefficients as a total degree has that are no more than the network's parameters.
 */
export function* baselineOutput(
  name: Exclude<BaselineName, 'tanh-BP'>,
  config: Config,
  data: ProblemData,
): Parts<Float64Array> {
  if (name === 'nothing-learned') return EXPERIMENTS[config.experiment].nothingLearned(data);
  const { train, test } = data.uncoded ?? data;
  if (name === 'autoregression') {
    const horizons = Array.from({ length: test.factors[1].rows }, (_, i) => i + 1);
    return yield* autoregression(train, test, horizons);
  }
  const features =
    name === 'polynomial'
      ? polynomialFeatures(degreeFor(specsOf(config).layout.size))
      : inputFeatures(train.factors[0].width);
  const series = EXPERIMENTS[config.experiment].shape === 'series';
  return yield* leastSquares(train, test, features, series ? SERIES_RIDGE : undefined);
}
