import { EXPERIMENTS } from '../experiments/table.ts';
import type { ExperimentName } from '../training/config.ts';
import type { ViewRequest } from '../worker/protocol.ts';

/** First probe of each experiment: one input row a factor. */
export function initialView(experiment: ExperimentName): ViewRequest {
  return { experiment, probe: EXPERIMENTS[experiment].probe, silenced: [] };
}
