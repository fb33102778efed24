import { arriving } from '../problems/arriving.ts';
import type { ForecastParams } from '../problems/forecast.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { isTableMissing } from '../problems/table.ts';
import { choice, integer, number } from '../settings/fields.ts';
import type { SynapseSpec } from '../snn/neuron.ts';
import type { Experiment } from './experiment.ts';
import { DATA } from './reader-table.ts';

let forecast: typeof import('../problems/forecast.ts') | undefined;

const FIELDS = {
  series: choice('mackey-glass', ['mackey-glass', 'lorenz', 'sines', 'pendulum', 'own'], {
    label: 'Series',
    help: 'What is forecast: a system, or a series of yours',
    resets: true,
  }),
  data: DATA,
  horizon: integer(34, 1, 200, {
    label: 'Longest horizon',
    help: 'Samples ahead that are forecast: every one up to this',
    resets: true,
  }),
  coding: choice('direct', ['direct', 'rate', 'latency', 'delta'], {
    label: 'Coding',
    help: 'What stands for a sample: itself; a spike at each of its time steps with a probability, or one that is the earlier, the larger it is between the least and the greatest learned from; a spike up or down for each change by 0.2 deviations',
    resets: true,
  }),
  sampleSteps: integer(1, 1, 32, {
    label: 'Steps a sample',
    help: 'Time steps of each sample: a window has T divided by this many samples. Unless T is set, it keeps 24',
    resets: true,
  }),
  neuron: choice('SRM', ['LIF', 'CuBa', 'SRM'], {
    label: 'Neuron',
    help: 'What reads the series, the branch: LIF; current-based LIF; spike response model, each neuron with delay and time constants of its own',
    resets: true,
  }),
  synapticDecay: number(0.5, 0, 0.99, {
    label: 'Synaptic decay α',
    help: 'What is left of a synaptic current after a time step; of SRM neurons the greatest that is drawn',
    resets: true,
  }),
  longestDelay: integer(23, 0, 255, {
    label: 'Longest delay',
    help: 'Time steps that a current is on its way, drawn for each neuron from 0 to this; less than T. T - 1, the whole window, stays that when T is changed',
    resets: true,
  }),
  refractoryDecay: number(0.6, 0, 0.99, {
    label: 'Refractory decay',
    help: 'What is left of a spike’s refractory effect after a time step, drawn for each neuron from half of this to this',
    resets: true,
  }),
  readDecay: number(0.9, 0, 1, {
    label: 'Read-out filter κ',
    help: 'Weight of a spike relative to one a time step later, as the branch’s read-out sees it; 1: mean rates',
  }),
  readTime: choice('end', ['end', 'each'], {
    label: 'Learns to read at',
    help: 'Where a window is read while the network learns. end: after it. each: after any of its samples, one of them for each window; the forecast starts there. Errors are measured at the end',
    resets: true,
  }),
};

interface Params extends ForecastParams {
  readonly neuron: 'LIF' | 'CuBa' | 'SRM';
  readonly synapticDecay: number;
  readonly longestDelay: number;
  readonly refractoryDecay: number;
  readonly readDecay: number;
  readonly seed: number;
}

/** Samples of a window where T is not set, most time steps, and steps a sample that codes by spikes within them have. */
const HISTORY = 24;
const MOST_STEPS = FIELDS.longestDelay.bounds.max + 1;
const CODE_STEPS = [4, 3, 2] as const;

function synapseOf(params: Params): SynapseSpec | undefined {
  const { neuron, synapticDecay, longestDelay, refractoryDecay, seed } = params;
  if (neuron === 'LIF') return undefined;
  if (neuron === 'CuBa') return { kind: 'exponential', decay: synapticDecay };
  const decays = [0, synapticDecay] as const;
  return { kind: 'response', seed, longestDelay, decays, refractory: [refractoryDecay / 2, refractoryDecay] };
}

/** A series' future from its past: the branch reads a window sample by sample, the trunk how far ahead the answer is for. */
export const forecastExperiment: Experiment<'forecast', typeof FIELDS> = {
  id: 'forecast',
  name: 'forecast',
  place: 5,
  tex: 'x(t - T + 1), \\dots, x(t) \\;\\mapsto\\; x(t + \\tau)',
  shape: 'series',
  coordinates: ['τ'],
  factorCount: 2,
  probe: [],
  fields: FIELDS,
  needs: {
    data: [{ series: 'own' }],
    synapticDecay: [{ neuron: 'CuBa' }, { neuron: 'SRM' }],
    longestDelay: [{ neuron: 'SRM' }],
    refractoryDecay: [{ neuron: 'SRM' }],
  },
  isDataMissing: ({ series, data }) => series === 'own' && (data === '' || isTableMissing(data)),
  ofNetwork: ['neuron', 'synapticDecay', 'longestDelay', 'refractoryDecay', 'readDecay'],
  comparisons: [
    {
      id: 'neurons',
      label: 'Neurons: LIF, CuBa-LIF, SRM',
      help: 'What a neuron remembers is how far its forecast reaches: nothing, a decaying current, delays of its own',
      lanes: [{ neuron: 'LIF' }, { neuron: 'CuBa' }, { neuron: 'SRM' }],
    },
    {
      id: 'codings',
      label: 'Codings: direct, rate, latency, delta',
      help: 'The same windows as they are and as spikes: what a code keeps of them',
      lanes: [
        { coding: 'direct', sampleSteps: 4 },
        { coding: 'rate' },
        { coding: 'latency' },
        { coding: 'delta' },
      ],
    },
    {
      id: 'read-out',
      label: 'Read-out: at the end, at each sample',
      help: 'A forecast that is learned at the end of each window, and one that is learned all along it: how much of a window is needed?',
      lanes: [{ readTime: 'end' }, { readTime: 'each' }],
    },
  ],
  ofInput: ['coding', 'readTime'],
  follow({ coding = 'direct', sampleSteps, T }) {
    const within = coding === 'rate' || coding === 'latency';
    const steps = sampleSteps ?? ((within && CODE_STEPS.find((n) => !T || T % n === 0)) || 1);
    const all = T ?? steps * Math.min(HISTORY, Math.floor(MOST_STEPS / steps));
    return { sampleSteps: steps, T: all, longestDelay: all - 1 };
  },
  demands: ({ T, coding, sampleSteps, neuron, longestDelay }) => [
    { field: 'T', holds: T % sampleSteps === 0, allowed: `a multiple of the steps a sample, ${sampleSteps}` },
    {
      field: 'sampleSteps',
      holds: coding !== 'latency' || sampleSteps > 1,
      allowed: 'at least 2 for latency coding, so that there are different times',
    },
    {
      field: 'longestDelay',
      holds: neuron !== 'SRM' || longestDelay < T,
      allowed: `less than the ${T} time steps`,
    },
  ],
  dataOf: ['T'],
  defaults: {
    T: 24,
    hidden: [[128], [64]],
    rank: 32,
    init: 'operator',
    currentStd: 2,
    batch: [64, 34],
    sampling: 'stratified',
  },
  presetsLike: 'poisson',
  allows: { init: ['uniform', 'operator', 'data'] },
  factors: (params: ProblemParams) => {
    const own = params as ProblemParams & Params;
    return [
      {
        name: 'branch',
        inputs: own.coding === 'delta' ? 2 : 1,
        sequence: true,
        synapse: synapseOf(own),
        // Mean rates up to any other time are those of a filter that forgets nothing.
        readDecay: own.readDecay === 1 && own.readTime === 'end' ? undefined : own.readDecay,
      },
      { name: 'trunk', inputs: 1 },
    ];
  },
  async load() {
    forecast ??= await arriving(() => import('../problems/forecast.ts'));
  },
  nothingLearned: (data) => forecast!.persistenceOf((data.uncoded ?? data).test),
  // biome-ignore lint/correctness/useYield: one piece, nothing to report on the way
  *generate(params: ProblemParams) {
    return forecast!.forecastProblem(params as ProblemParams & ForecastParams);
  },
};
