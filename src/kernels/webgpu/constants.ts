import { Stream } from '../../snn/random.ts';
import { type Arrangement, powerOfTwo, SETTINGS, STEP_HEADER, storesRates, THREADS } from './arrangement.ts';

const DERIVATIONS = { none: 0, reverse: 1, forward: 2, differences: 3 };
const PERTURBATIONS = { parameters: 0, flipout: 1, activity: 2 };
const SURROGATES = { none: 0, SG: 1, WSG: 2 };
const RESETS = { subtract: 0, zero: 1 };
const OPTIMISERS = { none: 0, sgd: 1, normalised: 2, adam: 3 };
const HISTORIES = { none: 0, surrogate: 1, membranes: 2 };

/**
 * The part of the WGSL that differs from work to work: which method, and the sizes of arrays in registers and in workgroup
 * memory, rounded up. All other sizes are read from the plan (tables.ts), so that few changes need new pipelines. Only what
 * `source` uses is written, for the same reason.
 */
export function constantsOf(a: Arrangement, source: string): string {
  const { work } = a;
  const numbers: Record<string, number> = {
    ...Object.fromEntries(SETTINGS.map((name, i) => [name, i])),
    LAYER_SETTINGS: SETTINGS.length,
    STEP_HEADER,
    WSG_STREAM: Stream.wsg,

    DERIVATION: DERIVATIONS[work.derivation],
    SURROGATE: SURROGATES[work.surrogate],
    PERTURBATION: PERTURBATIONS[work.perturbation],
    RESET: RESETS[work.network.reset],
    SYNAPSE_STATES: a.synapses ? a.depths * a.perLane : 1,
    OPTIMISER: OPTIMISERS[work.optimiser],
    HISTORY: HISTORIES[work.history],

    FACTORS: a.factors.length,
    MAX_DEPTHS: a.depths,
    MAX_RANK: powerOfTwo(Math.max(8, ...a.heads.map((head) => head.rank))),
    MOST_DERIVATIVES: powerOfTwo(Math.max(THREADS, a.derivatives)),
    MASK_WORDS: a.maskWords,
    THREADS,
    SIMULATION_THREADS: a.threads,
    LANES: a.lanes,
    ROWS: a.rowsAtOnce,
    PER_LANE: a.perLane,
    WIDTH: a.lanes * a.perLane,
    TANGENTS: a.tangents,
    OFFSETS: a.offsets,
  };
  const flags = {
    LAYERWISE: work.layerwise,
    AVERAGED: work.averaged,
    EXPLICIT_SAMPLES: work.explicitSamples,
    NORM_INLINE: a.normInline,
    SYNAPSES: a.synapses,
    FILTERED: work.network.factors.some(({ readDecay }) => readDecay !== undefined),
    READ_ANYWHEN: a.factors.some(({ readAnywhen }) => readAnywhen),
    DELAYS: a.waitingSteps > 1,
    STORES_RATES: storesRates(work),
  };
  const names = new Set(source.match(/\b[A-Z][A-Z0-9_]+\b/g));
  const lines = [
    ...Object.entries(numbers).map(([name, value]) => [name, `${value}u`]),
    ...Object.entries(flags).map(([name, value]) => [name, `${value}`]),
  ];
  return lines
    .filter(([name]) => names.has(name))
    .map(([name, value]) => `const ${name} = ${value};`)
    .join('\n');
}
