import { networkFrom } from '../snn/network.ts';
import type { Specs } from './specs.ts';

/** Rows of the batch with which an engine is timed when it is chosen. */
export const TIMED_BATCH = 128;
/** And with which once more where two engines work: how the time grows with the work decides between them. */
export const LARGE_BATCH = 2048;

/**
 * The network on which engines are tried and timed, which the page opens with: the Mexican hat's by SG-BP, with uniform initial
 * weights. Written out, so that threads which only train carry no table of settings.
 */
export function benchmarkSpecs(batch: number): Specs {
  const network = networkFrom({
    factors: [{ name: 'hat', inputs: 2, hidden: [16, 16] }],
    ...{ rank: 1, localRank: 0, T: 32, threshold: 1, leak: 1, reset: 'subtract', centre: 0 },
  });
  const rows = [batch];
  const ones = network.layout.layers.map(() => 1);
  return {
    network,
    layout: network.layout,
    method: {
      ...{ derivation: 'reverse', perturbation: 'parameters', layerwise: false },
      surrogate: { kind: 'SG', sigma: 0.5, samples: 4 },
      epsilon: 0.01,
      scales: ones,
    },
    directions: {
      ...{ law: 'rademacher', perturbation: 'parameters', layerwise: false, rows, count: 1 },
      scales: ones,
    },
    batch: { rows, sampling: ['replacement'], hold: 1 },
    optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rateFactors: ones },
    schedule: { kind: 'cosine', startRate: 0.02, steps: 5000, finalFraction: 0.01 },
    initialisation: { kind: 'uniform', gain: 2, currentStd: 0.15 },
    fitted: false,
  };
}
