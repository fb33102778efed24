import { whole } from '../src/problems/parts.ts';
import { type BaselineName, isTrained } from '../src/training/baseline-config.ts';
import { baselineOutput, tanhTrainer } from '../src/training/baselines.ts';
import type { Config } from '../src/training/config.ts';
import { errorsOf, horizonsOf, type Outcome, store, type TrainOptions, train } from './train.ts';

/** A baseline on the data and the test evaluation of a configuration. What is not trained has no curve and no steps a second. */
export async function computeBaseline(
  name: BaselineName,
  config: Config,
  options: TrainOptions = {},
): Promise<Outcome> {
  if (isTrained(name)) return train(config, tanhTrainer, options);
  const startMs = performance.now();
  const data = await store.allDataOf(config);
  const output = whole(baselineOutput(name, config, data));
  const errors = { ...errorsOf(output, data.test), ...horizonsOf(output, data.test) };
  return { ...errors, curve: [], seconds: (performance.now() - startMs) / 1000, stepsPerSecond: 0 };
}
