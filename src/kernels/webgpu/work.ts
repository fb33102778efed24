import { drawsDirections, NotComputedError, type Perturbation, usesSurrogate } from '../../snn/method.ts';
import type { Dataset, Network } from '../../snn/network.ts';
import type { GradientRequest, SamplesRequest, Task } from '../../training/engine.ts';

/** What a set of shaders computes. Two pieces of work with equal descriptions share their pipelines. */
export interface Work {
  readonly network: Network;
  /** Rows of each factor in a batch, and in the data they are drawn from. */
  readonly rows: readonly number[];
  readonly available: readonly number[];
  /** Whether the data have a time step at which each row of a factor is read. */
  readonly haveReadAt: readonly boolean[];
  readonly derivation: 'reverse' | 'forward' | 'differences' | 'none';
  /** One directional derivative for every layer, or one for all of θ. */
  readonly layerwise: boolean;
  /** What a direction perturbs: under flipout and activity every row of a batch in its own way. */
  readonly perturbation: Perturbation;
  /** Activity: layers before a read-out take the mean over all ξ. */
  readonly averaged: boolean;
  /** Directions K; 0 where there are none. */
  readonly directions: number;
  readonly surrogate: 'SG' | 'WSG' | 'none';
  /** Samples δ of WSG, and where they come from. */
  readonly samples: number;
  readonly explicitSamples: boolean;
  readonly optimiser: 'sgd' | 'normalised' | 'adam' | 'none';
  /** What the simulation keeps of every time step. */
  readonly history: 'surrogate' | 'membranes' | 'none';
  /** Heads that are evaluated: all of the layout, the output alone, or none. */
  readonly heads: number;
  /** Whether y is wanted at every point. */
  readonly output: boolean;
}

const NOTHING = {
  derivation: 'none',
  layerwise: false,
  perturbation: 'parameters',
  averaged: false,
  directions: 0,
  surrogate: 'none',
  samples: 1,
  explicitSamples: false,
  optimiser: 'none',
  history: 'none',
  heads: 1,
  output: false,
} as const;

/** Training steps of a task. */
export function trainingWork(task: Task): Work {
  const { network, layout, method, batch, optimiser } = task.specs;
  return {
    ...NOTHING,
    ...gradientParts(method, task.specs.directions.count),
    network,
    rows: batch.rows,
    available: task.data.factors.map((factor) => factor.rows),
    haveReadAt: haveReadAt(task.data),
    optimiser: optimiser.kind,
    heads: layout.heads.length,
  };
}

/** One gradient on all rows of a dataset. */
export function gradientWork({ network, data, method, directions, samples }: GradientRequest): Work {
  const { layout } = network;
  return {
    ...NOTHING,
    ...gradientParts(method, directions.length, samples),
    ...wholeData(network, data),
    heads: layout.heads.length,
    output: true,
  };
}

/** The output head on the tensor product of all rows. */
export function outputWork(network: Network, data: Dataset): Work {
  return { ...NOTHING, ...wholeData(network, data), output: true };
}

/** Spikes, membranes and rates of one factor. */
export function traceWork(network: Network, factor: number, data: Dataset): Work {
  const whole = wholeData(network, data);
  const rows = whole.rows.map((n, m) => (m === factor ? n : 0));
  return { ...NOTHING, ...whole, rows, history: 'membranes', heads: 0 };
}

function wholeData(network: Network, data: Dataset) {
  const rows = data.factors.map((factor) => factor.rows);
  return { network, rows, available: rows, haveReadAt: haveReadAt(data) };
}

const haveReadAt = ({ factors }: Dataset) => factors.map(({ readAt }) => readAt !== undefined);

function gradientParts(method: GradientRequest['method'], directions: number, samples?: SamplesRequest) {
  const { derivation, surrogate } = method;
  if (derivation === 'rates' || derivation === 'fit')
    throw new NotComputedError('WebGPU', 'gradients by', derivation);
  const draws = drawsDirections(method);
  if (derivation === 'differences' && method.perturbation === 'flipout')
    throw new NotComputedError('WebGPU', 'differences with rows perturbed by', method.perturbation);
  const weakForm = usesSurrogate(method) && surrogate.kind === 'WSG';
  return {
    derivation,
    layerwise: draws && method.layerwise,
    perturbation: draws ? method.perturbation : ('parameters' as const),
    averaged: draws && method.averaged === true,
    directions: draws ? directions : 0,
    surrogate: usesSurrogate(method) ? surrogate.kind : ('none' as const),
    samples: weakForm ? surrogate.samples : 1,
    explicitSamples: weakForm && samples?.kind === 'explicit',
    history: derivation === 'reverse' ? ('surrogate' as const) : ('none' as const),
  };
}
