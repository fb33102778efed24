import { EXPERIMENTS, OWN_FIELDS, OWN_OF_NETWORK } from '../experiments/table.ts';
import { methodOf } from '../methods/index.ts';
import type { ProblemParams } from '../problems/problem.ts';
import type { BatchSpec } from '../snn/batch.ts';
import type { DirectionSpec } from '../snn/directions.ts';
import type { InitialisationSpec } from '../snn/initialise.ts';
import type { MethodSpec } from '../snn/method.ts';
import { type Layout, type Network, networkFrom, perFactor } from '../snn/network.ts';
import type { OptimiserSpec } from '../snn/optimiser.ts';
import type { ScheduleSpec } from '../snn/schedule.ts';
import type { Config, FieldName } from './config.ts';

/** A configuration in the terms of the mathematics. */
export interface Specs {
  readonly network: Network;
  /** The network's. */
  readonly layout: Layout;
  readonly method: MethodSpec;
  readonly directions: DirectionSpec;
  readonly batch: BatchSpec;
  readonly optimiser: OptimiserSpec;
  readonly schedule: ScheduleSpec;
  readonly initialisation: InitialisationSpec;
  /** Read-outs start fitted to the training data. */
  readonly fitted: boolean;
}

/** What the mathematics and the engines ask of a configuration: network, method, directions, batches, optimiser, schedule. */
export function specsOf(config: Config): Specs {
  const factors = EXPERIMENTS[config.experiment].factors(config);
  const hidden = perFactor(config.hidden, factors.length);
  const network = networkFrom({
    factors: factors.map((factor, m) => ({ ...factor, hidden: hidden[m] })),
    rank: config.rank,
    localRank: config.localLosses ? config.localRank : 0,
    T: config.T,
    threshold: config.threshold,
    leak: config.leak,
    reset: config.reset,
    centre: config.centring ? 0.5 : 0,
  });
  const { layout } = network;
  const perLayer = (values: readonly number[]) =>
    layout.layers.map((layer) => values[layer.index] ?? (values.length === 1 ? values[0] : 1));
  const scales = perLayer(config.scales);
  const { derivation, perturbation, layerwise } = methodOf(config);
  const rows = perFactor(config.batch, factors.length);
  return {
    network,
    layout,
    method: {
      derivation,
      perturbation,
      layerwise,
      surrogate: { kind: config.surrogate, sigma: config.sigma, samples: config.samples },
      epsilon: config.epsilon,
      ...(config.law === 'mean' && { averaged: true }),
      scales,
    },
    directions: { law: config.law, perturbation, layerwise, rows, count: config.K, scales },
    batch: {
      rows,
      sampling: factors.map((_, m) => (factors.length > 1 && m === 0 ? 'replacement' : config.sampling)),
      hold: config.hold,
    },
    optimiser: {
      kind: config.optimiser,
      beta1: config.beta1,
      beta2: config.beta2,
      epsilon: config.stabiliser,
      rateFactors: perLayer(config.rateFactors),
    },
    schedule: {
      kind: config.schedule,
      startRate: config.rate,
      steps: config.steps,
      finalFraction: config.finalFraction,
    },
    initialisation: { kind: config.init, gain: config.gain, currentStd: config.currentStd },
    fitted: config.fitted,
  };
}

const OF_DATA = [
  ...(['dataSeed', 'sensors', 'lengthScale', 'boundary', 'perFunctionScale', 'lossWeight'] as const),
  ...(['trainFunctions', 'testFunctions'] as const),
] as const satisfies readonly FieldName[];
type OfData = (typeof OF_DATA)[number] | keyof typeof OWN_FIELDS;
const DATA_FIELDS = [...OF_DATA, ...(Object.keys(OWN_FIELDS) as (keyof typeof OWN_FIELDS)[])].filter(
  (name) => !OWN_OF_NETWORK.some((own) => own === name),
);

/** The part of a configuration that the data depend on. */
export function problemParams(config: Config): Pick<Config, OfData> & ProblemParams {
  const { dataOf = [] } = EXPERIMENTS[config.experiment];
  return Object.fromEntries([...DATA_FIELDS, ...dataOf].map((name) => [name, config[name]])) as Pick<
    Config,
    OfData
  > &
    ProblemParams;
}
