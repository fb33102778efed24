import { benchmarkSpecs, TIMED_BATCH } from './benchmark.ts';
import type { Config } from './config.ts';
import { bytesForGradient, perturbationsOf, stepCost } from './cost.ts';
import { operations } from './operations.ts';
import { type Specs, specsOf } from './specs.ts';

/** Firing rate taken for every neuron, spikes a time step, before any is known. */
const FIRING_RATE = 0.3;

/** What a training step will need about, before the first: within a factor of three or so. */
export interface StepEstimate {
  readonly ms: number;
  /** Kept for the gradient of one step, with the whole batch at once: engines that go row by row need less. */
  readonly bytes: number;
}

/** @param msTimed what a step of the benchmark with a batch of `TIMED_BATCH` takes here, in ms. */
export function estimateStep(config: Config, msTimed: number): StepEstimate {
  const specs = specsOf(config);
  return {
    ms: (msTimed * expectedOperations(specs)) / expectedOperations(benchmarkSpecs(TIMED_BATCH)),
    bytes: bytesForGradient(specs),
  };
}

/** Operations of a step in which every hidden neuron fires at the same rate. */
export function expectedOperations(specs: Specs): number {
  const { network, layout, batch, method } = specs;
  const spikes = layout.hidden.map((layers, factor) =>
    layers.map(({ outputs }) => batch.rows[factor] * network.T * outputs * FIRING_RATE),
  );
  const passes = method.derivation === 'differences' ? 2 * perturbationsOf(specs).length : 0;
  return operations(stepCost(specs, { batch: spikes, perturbed: new Array(passes).fill(spikes) }));
}
