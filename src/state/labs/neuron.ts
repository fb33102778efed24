import * as v from 'valibot';
import { choice, type Field, integer } from '../../settings/fields.ts';
import { readNumber } from '../../settings/read-number.ts';
import { Neuron, type Reset } from '../../snn/neuron.ts';
import { MAX_SEED, RandomSequence, Stream } from '../../snn/random.ts';
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
  ...(['current', 'input', 'threshold', 'leak', 'reset', 'T', 'chain'] as const),
  ...(['curve', 'numbers'] as const),
];
export type NeuronControl = (typeof NEURON_CONTROLS)[number];

export const LONGEST_T = 128;

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
  readonly [K in 'current' | 'threshold' | 'leak' | 'weight']: ReturnType<typeof hundredths>;
} = {
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
  neurons: choice('1', ['1', '2'], { label: 'Neurons', help: 'One neuron, or two in a chain' }),
  weight: hundredths(0.5, -2, 2, 'Weight w', 'What a spike of the first neuron gives the second'),
  show: shown,
};

/** One neuron over time: the first entry of each is at time step 1. */
export interface NeuronCourse {
  /** Z[t]. */
  readonly currents: readonly number[];
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

/** One neuron under the currents, from a membrane potential of 0. */
function courseOf(
  currents: readonly number[],
  { threshold, leak, reset }: Pick<NeuronSettings, 'threshold' | 'leak' | 'reset'>,
): NeuronCourse {
  const neuron = new Neuron({ threshold: inUnits(threshold), leak, reset });
  const membranes: number[] = [];
  const spikes: number[] = [];
  const left: number[] = [];
  let after = 0;
  for (const current of currents) {
    const membrane = neuron.membrane(after, inUnits(current));
    const spike = neuron.distance(membrane) >= 0 ? 1 : 0;
    after = neuron.reset(membrane, spike);
    membranes.push(membrane / UNIT);
    spikes.push(spike);
    left.push(after / UNIT);
  }
  return { currents, membranes, spikes, left };
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
  const [first, second] = coursesOf(settings);
  const spikes = sum(first.spikes);
  const above = first.membranes.map((membrane, k) => first.spikes[k] * (membrane - threshold));
  const secondSpikes = sum(second?.spikes ?? []);
  return {
    ...{ current, input, threshold, T, leak, reset, neurons: Number(neurons), weight, seed },
    spikes,
    rate: spikes / T,
    firstSpike: first.spikes.indexOf(1) + 1,
    lastSpike: first.spikes.lastIndexOf(1) + 1,
    inflow: exactSum(first.currents),
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
  spikes: 'spikes of the first neuron',
  rate: 'rate of the first neuron',
  firstSpike: 'time step of the first spike; 0 while there is none',
  lastSpike: 'time step of the last spike; 0 while there is none',
  inflow: 'sum of all currents into the first neuron',
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
