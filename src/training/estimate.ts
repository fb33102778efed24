import { benchmarkSpecs, TIMED_BATCH } from './benchmark.ts';
import type { Config } from './config.ts';
import { bytesForGradient, expectedOperations } from './cost.ts';
import { specsOf } from './specs.ts';

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
