import * as v from 'valibot';
import { choice, type Field, integer } from '../../settings/fields.ts';
import { readNumber } from '../../settings/read-number.ts';
import { Neuron, type Reset } from '../../snn/neuron.ts';
import { MAX_SEED, RandomSequence, Stream } from '../../snn/random.ts';
import { Synapses } from '../../snn/synapse.ts';
import {
  hundredths,
  type LabFields,
  type LabModel,
  namesOf,
  partsOf,
  settingsFrom,
  settingsText,
} from './lab.ts';

/** Where the current comes from: the same at every step, drawn by hand, or one of these courses over time. */
export const INPUTS = ['steady', 'drawn', 'step', 'ramp', 'sine', 'noise', 'train'] as const;
export type InputName = (typeof INPUTS)[number];

/** Controls that a lesson's scene may choose from. */
export const NEURON_CONTROLS = [
  ...(['current', 'input', 'threshold', 'leak', 'reset', 'T', 'chain', 'kind'] as const),
  ...(['curve', 'numbers'] as const),
];
export type NeuronControl = (typeof NEURON_CONTROLS)[number];

export const LONGEST_T = 128;
const LONGEST_DELAY = 32;

/** One neuron, or two in a chain, and the current that flows into the first. All numbers have two decimals at most. */
export interface NeuronSettings {
  readonly input: InputName;
  /** Z of a steady current; of the others their height, for noise mean and standard deviation. */
  readonly current: number;
  /** Z[1], Z[2], … as drawn by hand; 0 after the last one. */
  readonly drawn: readonly number[];
  /** Of noise and of the spike train. */
  readonly seed: number;
  /** Time steps T. */
  readonly T: number;
  /** Threshold ϑ of each neuron. */
  readonly threshold: number;
  /** Leak λ of each neuron. */
  readonly leak: number;
  readonly reset: Reset;
  /** What a current passes before it charges a membrane: nothing, or the synapse of CuBa-LIF or of SRM (src/snn/synapse.ts). */
  readonly kind: 'LIF' | 'CuBa' | 'SRM';
  /** α of a synapse. */
  readonly synapticDecay: number;
  /** d of an SRM neuron, in time steps. */
  readonly delay: number;
  /** Of an SRM neuron, in place of its leak. */
  readonly refractoryDecay: number;
  readonly neurons: '1' | '2';
  /** Weight from the first neuron to the second. */
  readonly weight: number;
  /** Controls that are shown; all of them, where the list is empty. */
  readonly show: readonly NeuronControl[];
}

const LOWEST = -1;
const HIGHEST = 2;

/** 0.26x8/0/-0.5: a current, and for how many steps where that is more than one. */
const drawing: Field<readonly number[]> = {
  default: [],
  schema: v.pipe(
    v.array(hundredths(0, LOWEST, HIGHEST, '', '').schema),
    v.maxLength(LONGEST_T),
    v.readonly(),
  ) as v.GenericSchema<unknown, readonly number[]>,
  allowed: `numbers from ${LOWEST} to ${HIGHEST} with two decimals at most, separated by “/”, each with the number of its steps as in 0.26x8 where there are more than one; ${LONGEST_T} steps at most`,
  label: 'Drawing',
  help: 'A current for each time step',
  resets: false,
  parse: (text) => {
    const runs = text.split('/').map((run) => {
      const [, value, steps = '1'] = /^([^x×]*)(?:[x×](\d{1,3}))?$/.exec(run) ?? [];
      return { current: readNumber(value ?? ''), steps: Number(steps) };
    });
    if (runs.some(({ current }) => current === undefined)) return text;
    return runs.flatMap(({ current, steps }) => Array.from({ length: steps }, () => current));
  },
  format: (values) => {
    const runs: string[] = [];
    for (let from = 0; from < values.length; ) {
      let to = from + 1;
      while (values[to] === values[from]) to++;
      runs.push(to === from + 1 ? String(values[from]) : `${values[from]}x${to - from}`);
      from = to;
    }
    return runs.join('/');
  },
};

const shown: Field<readonly NeuronControl[]> = {
  default: [],
  schema: v.pipe(v.array(v.picklist(NEURON_CONTROLS)), v.readonly()) as v.GenericSchema<
    unknown,
    readonly NeuronControl[]
  >,
  allowed: `some of ${NEURON_CONTROLS.join(', ')}, separated by “/”`,
  label: 'Controls',
  help: 'Controls that are shown',
  resets: false,
  parse: (text) => [...new Set(text.split('/'))],
  format: (names) => names.join('/'),
};

export const NEURON_FIELDS: LabFields<NeuronSettings> & {
  readonly [K in
    | 'current'
    | 'threshold'
    | 'leak'
    | 'weight'
    | 'synapticDecay'
    | 'refractoryDecay']: ReturnType<typeof hundredths>;
} & { readonly delay: ReturnType<typeof integer> } = {
  input: choice('steady', INPUTS, { label: 'Course of the current', help: 'How the current goes over time' }),
  current: hundredths(0.1, LOWEST, HIGHEST, 'Current Z', 'What flows into the neuron at every time step'),
  drawn: drawing,
  seed: integer(1, 0, MAX_SEED, { label: 'Seed', help: 'Of noise and of the spike train' }),
  T: integer(32, 8, LONGEST_T, { label: 'Time steps T', help: 'For how many steps the neuron is simulated' }),
  threshold: hundredths(1, 0.1, 2, 'Threshold ϑ', 'Membrane potential at which the neuron spikes'),
  leak: hundredths(1, 0, 1, 'Leak λ', 'Share of the membrane potential that is left at the next step'),
  reset: choice('subtract', ['subtract', 'zero'], {
    label: 'Reset',
    help: 'What a spike does to the membrane potential: takes the threshold off, or all of it',
  }),
  kind: choice('LIF', ['LIF', 'CuBa', 'SRM'], {
    label: 'Neuron',
    help: 'Leaky integrate-and-fire, current-based LIF, or spike response model',
  }),
  synapticDecay: hundredths(
    0.5,
    0,
    0.99,
    'Synaptic decay α',
    'What is left of a synaptic current after a time step',
  ),
  delay: integer(0, 0, LONGEST_DELAY, {
    label: 'Delay d',
    help: 'Time steps that a current is on its way (SRM)',
  }),
  refractoryDecay: hundredths(
    0.6,
    0,
    0.99,
    'Refractory decay',
    'What is left of a spike’s refractory effect after a time step (SRM)',
  ),
  neurons: choice('1', ['1', '2'], { label: 'Neurons', help: 'One neuron, or two in a chain' }),
  weight: hundredths(0.5, -2, 2, 'Weight w', 'What a spike of the first neuron gives the second'),
  show: shown,
};

/** One neuron over time: the first entry of each is at time step 1. */
export interface NeuronCourse {
  /** Z[t]. */
  readonly currents: readonly number[];
  /** I[t], what comes of it through the synapse; Z[t] where there is none. */
  readonly arrived: readonly number[];
  /** U[t] before the reset. */
  readonly membranes: readonly number[];
  /** S[t], 0 or 1. */
  readonly spikes: readonly number[];
  /** U⁺[t], what is left after the reset. */
  readonly left: readonly number[];
}

/** Potentials and currents are computed in hundredths, which are whole numbers: ten times 0.1 is 1 and reaches a threshold of 1. */
const UNIT = 100;
const inUnits = (value: number) => Math.round(UNIT * value);

/** Periods of the sine, and share of the steps at which the train has a spike. */
const PERIODS = 2;
const DENSITY = 0.25;

/** Z[1] … Z[T] of the first neuron. */
export function currentsOf({ input, current, drawn, seed, T }: NeuronSettings): number[] {
  const random = new RandomSequence(seed, Stream.lab);
  const at: Record<InputName, (t: number) => number> = {
    steady: () => current,
    drawn: (t) => drawn[t - 1] ?? 0,
    // On for the middle half.
    step: (t) => (t > T / 4 && t <= (3 * T) / 4 ? current : 0),
    ramp: (t) => (current * t) / T,
    sine: (t) => (current / 2) * (1 - Math.cos((2 * Math.PI * PERIODS * (t - 0.5)) / T)),
    noise: () => current * (1 + random.normal()),
    train: () => (random.uniform() < DENSITY ? current : 0),
  };
  return Array.from({ length: T }, (_, k) => inUnits(at[input](k + 1)) / UNIT + 0);
}

/** The settings that make a neuron another one, whatever flows into it. */
export const NEURON_CONSTANTS = [
  ...(['threshold', 'leak', 'reset', 'T', 'kind', 'synapticDecay', 'delay', 'refractoryDecay'] as const),
];
type Constants = Pick<NeuronSettings, (typeof NEURON_CONSTANTS)[number]>;

/** λ of the membrane: of an SRM neuron, that of its refractory kernel, as the networks have it (src/snn/synapse.ts). */
const membraneLeak = ({ kind, leak, refractoryDecay }: Constants): number =>
  kind === 'LIF' ? leak : Math.fround(kind === 'SRM' ? refractoryDecay : leak);

/** I[t] of the currents, in their unit. */
function arrivedOf(
  currents: readonly number[],
  { kind, synapticDecay, delay, T }: Constants,
): readonly number[] {
  if (kind === 'LIF') return currents;
  const decay = Float32Array.of(synapticDecay);
  const late = kind === 'SRM';
  const synapses = new Synapses(
    {
      delay: Uint32Array.of(late ? delay : 0),
      decay,
      height: late ? decay.map((a) => 1 - a) : Float32Array.of(1),
      // I itself: what of the step before is taken off is the membrane's.
      before: Float32Array.of(0),
      leak: Float32Array.of(0),
      filtersBias: true,
    },
    T,
  );
  const out = [0];
  return currents.map((current, t) => {
    synapses.charge(t, [current], [0], out);
    return out[0];
  });
}

/** One neuron under the currents, from a membrane potential of 0. */
function courseOf(currents: readonly number[], settings: Constants): NeuronCourse {
  const { threshold, reset, kind } = settings;
  const leak = membraneLeak(settings);
  const neuron = new Neuron({ threshold: inUnits(threshold), leak, reset });
  const arrived = arrivedOf(currents.map(inUnits), settings);
  const membranes: number[] = [];
  const spikes: number[] = [];
  const left: number[] = [];
  let after = 0;
  for (const [t, current] of arrived.entries()) {
    // An SRM neuron adds I up no further: U⁺ still holds what came before.
    const charge = kind === 'SRM' ? current - leak * (arrived[t - 1] ?? 0) : current;
    const membrane = neuron.membrane(after, charge);
    const spike = neuron.distance(membrane) >= 0 ? 1 : 0;
    after = neuron.reset(membrane, spike);
    membranes.push(membrane / UNIT);
    spikes.push(spike);
    left.push(after / UNIT);
  }
  return { currents, arrived: arrived.map((current) => current / UNIT), membranes, spikes, left };
}

/** The course of the first neuron, and of the second where there are two: its current is w S[t] of the first, without delay. */
export function coursesOf(settings: NeuronSettings): readonly [NeuronCourse, NeuronCourse?] {
  const first = courseOf(currentsOf(settings), settings);
  if (settings.neurons === '1') return [first];
  return [
    first,
    courseOf(
      first.spikes.map((spike) => spike * settings.weight),
      settings,
    ),
  ];
}

/** Spikes of the first neuron in T steps at a steady current. */
export const spikesAt = (settings: NeuronSettings, current: number): number =>
  sum(courseOf(currentsOf({ ...settings, input: 'steady', current }), settings).spikes);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** Sum of numbers with two decimals at most, exactly. */
const exactSum = (values: readonly number[]) => sum(values.map(inUnits)) / UNIT;

function facts(settings: NeuronSettings) {
  const { T, threshold, leak, reset, current, input, neurons, weight, seed } = settings;
  const { kind, synapticDecay, delay, refractoryDecay } = settings;
  const [first, second] = coursesOf(settings);
  const spikes = sum(first.spikes);
  const above = first.membranes.map((membrane, k) => first.spikes[k] * (membrane - threshold));
  const secondSpikes = sum(second?.spikes ?? []);
  return {
    ...{ current, input, threshold, T, leak, reset, neurons: Number(neurons), weight, seed },
    ...{ kind, synapticDecay, delay, refractoryDecay },
    spikes,
    rate: spikes / T,
    firstSpike: first.spikes.indexOf(1) + 1,
    lastSpike: first.spikes.lastIndexOf(1) + 1,
    inflow: exactSum(first.currents),
    arrived: sum(first.arrived),
    remaining: first.left[T - 1],
    lost: reset === 'zero' ? exactSum(above) : 0,
    secondSpikes,
    secondRate: secondSpikes / T,
    secondFirstSpike: (second?.spikes.indexOf(1) ?? -1) + 1,
  };
}
export type NeuronFacts = ReturnType<typeof facts>;

const factWords: Record<keyof NeuronFacts, string> = {
  current: 'current Z; the height of one that is not steady',
  input: `course of the current: ${INPUTS.join(', ')}`,
  threshold: 'threshold ϑ',
  T: 'time steps',
  leak: 'leak λ',
  reset: 'reset: subtract or zero',
  neurons: 'neurons',
  weight: 'weight from the first neuron to the second',
  seed: 'seed of noise and of the spike train',
  kind: 'neuron: LIF, CuBa or SRM',
  synapticDecay: 'synaptic decay α; of CuBa and SRM',
  delay: 'delay d in time steps; of SRM',
  refractoryDecay: 'refractory decay; of SRM, in place of the leak',
  spikes: 'spikes of the first neuron',
  rate: 'rate of the first neuron',
  firstSpike: 'time step of the first spike; 0 while there is none',
  lastSpike: 'time step of the last spike; 0 while there is none',
  inflow: 'sum of all currents into the first neuron',
  arrived: 'sum of all that came of them through the synapse; the same sum where there is none',
  remaining: 'membrane potential of the first neuron after the last time step',
  lost: 'sum of what was above the threshold and was lost by a reset to zero',
  secondSpikes: 'spikes of the second neuron',
  secondRate: 'rate of the second neuron',
  secondFirstSpike: 'time step of the second neuron’s first spike; 0 while there is none',
};

export const neuronLab = {
  parse(text: string): NeuronSettings {
    const parts = partsOf('neuron', namesOf(NEURON_FIELDS), text);
    const settings = settingsFrom('neuron', NEURON_FIELDS, parts);
    // A drawing is shown unless something else is asked for.
    const input = parts.has('drawn') && !parts.has('input') ? 'drawn' : settings.input;
    return { ...settings, input, drawn: withoutRest(settings.drawn) };
  },
  format(settings: NeuronSettings): string {
    const plain = { ...settings, drawn: withoutRest(settings.drawn) };
    const text = settingsText(NEURON_FIELDS, plain);
    if (plain.drawn.length === 0) return text;
    const rest = text.split(':').filter((part) => !part.startsWith('input='));
    return (plain.input === 'drawn' ? rest : [`input=${plain.input}`, ...rest]).join(':');
  },
  facts,
  factWords,
  fields: NEURON_FIELDS,
} satisfies LabModel<NeuronSettings>;

/** Without the zeros at the end, which are there anyway. */
function withoutRest(values: readonly number[]): readonly number[] {
  let length = values.length;
  while (length > 0 && values[length - 1] === 0) length--;
  return values.slice(0, length);
}
