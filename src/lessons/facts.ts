import type { Field } from '../settings/fields.ts';
import { ESTIMATE_NAMES } from '../state/estimates.ts';
import { INSIDE_NAMES } from '../state/presentation.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from '../training/config.ts';

/** Number, text or truth; undefined while it cannot be said: an error before the first evaluation. */
export type FactValue = number | string | boolean | undefined;

export type FactType =
  | { readonly kind: 'number' | 'truth' }
  /** `choices`: all that it can be, where they are few. */
  | { readonly kind: 'text'; readonly choices?: readonly string[] };

/** What a fact is asked with: `errorAt(100)`, `cosine("RFG-L", 8)`. */
export interface FactParameter {
  readonly name: string;
  readonly type: { readonly from: number; readonly to: number } | { readonly choices: readonly string[] };
  /** May be left out, and is this then. */
  readonly default?: number;
}

/** Something that a check can ask of the page. */
export interface Fact {
  /** What it is, in words. */
  readonly words: string;
  readonly type: FactType;
  readonly parameters: readonly FactParameter[];
  /** It can be asked of each lane by its letter, `error(B)`; without one it is the main lane's. */
  readonly ofLane: boolean;
  /** The worker is asked for it, which takes a moment. */
  readonly measured?: boolean;
}

const NUMBER: FactType = { kind: 'number' };
const of = (words: string, more: Partial<Fact> = {}): Fact => ({
  words,
  type: NUMBER,
  parameters: [],
  ofLane: true,
  ...more,
});

const STEP: FactParameter = { name: 'step', type: { from: 0, to: 10_000_000 } };
const ESTIMATE: readonly FactParameter[] = [
  { name: 'estimate', type: { choices: ESTIMATE_NAMES } },
  { name: 'K', type: { from: 1, to: 32 }, default: 1 },
];

/** Methods that are counted beside a run's own, with one direction a step. */
const COUNTED: FactParameter = { name: 'method', type: { choices: ['BP', 'RFG-G', 'RFG-L', 'WP-G'] } };

/** What a check can ask beside the settings (`settingFact`) and what an open lab says of itself. */
export const FACTS = {
  step: of('training steps done'),
  error: of('relative L2 error of the network as it is shown'),
  loss: of('loss of the last training step'),
  errorAt: of('relative L2 error after so many steps, between the evaluations around them', {
    parameters: [STEP],
  }),
  lossAt: of('loss of a training step; the first is step 0', { parameters: [STEP] }),
  parameters: of('number of weights and biases'),
  neurons: of('number of hidden neurons'),
  firingRate: of('mean firing rate of the hidden layers at the probe'),
  networkSpikes: of('spikes of the hidden layers at the probe'),
  output: of('output at the probe'),
  passes: of('operations of a training step, in forward passes of its batch', { measured: true }),
  paperPasses: of('the same as the paper counts it'),
  memory: of('bytes kept for the gradient'),
  passesOf: of('cost of a step by a method, in forward passes', { parameters: [COUNTED], measured: true }),
  memoryOf: of('bytes kept for the gradient by a method', { parameters: [COUNTED] }),
  method: of('name of the method, “SG-RFG-L”', { type: { kind: 'text' } }),
  diverged: of('whether its loss, gradient or update was not finite', { type: { kind: 'truth' } }),
  cosine: of('mean cosine of 64 estimates with the gradient of BP, at the present weights', {
    parameters: ESTIMATE,
    measured: true,
  }),
  cosineTheory: of('the same by theory, where there is one', {
    parameters: ESTIMATE,
    measured: true,
  }),
  errorWithT: of('relative L2 error if the network runs with so many time steps', {
    parameters: [{ name: 'T', type: { from: 1, to: FIELDS.T.bounds.max } }],
    ofLane: false,
    measured: true,
  }),
  leastSquares: of('relative L2 error of least squares, without spikes', { ofLane: false, measured: true }),
  nothingLearned: of('relative L2 error of what is known before anything is learned (docs/baselines.md)', {
    ofLane: false,
    measured: true,
  }),
  polynomial: of('relative L2 error of a polynomial with as many coefficients, for a target on the square', {
    ofLane: false,
    measured: true,
  }),
  silenced: of('number of silenced neurons', { ofLane: false }),
  shownT: of('time steps of the network as it is shown', { ofLane: false }),
  probeX: of('first coordinate of the probe, of a target on the square', { ofLane: false }),
  probeY: of('second coordinate of it', { ofLane: false }),
  lanes: of('number of lanes, the main one included', { ofLane: false }),
  inside: of('view of “Look inside” that is open', {
    type: { kind: 'text', choices: ['none', ...INSIDE_NAMES] },
    ofLane: false,
  }),
  estimate: of('estimates that the gradient microscope draws', {
    type: { kind: 'text', choices: ESTIMATE_NAMES },
    ofLane: false,
  }),
  estimateK: of('directions of an estimate that the gradient microscope draws', { ofLane: false }),
  forcing: of('whether the forcing is one of the test functions or drawn by hand', {
    type: { kind: 'text', choices: ['test', 'drawn'] },
    ofLane: false,
  }),
} as const satisfies Record<string, Fact>;
export type FactName = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/** A setting as a fact, by its field name; lists are texts as in a link: `hidden == "16-16"`. */
export function settingFact(name: FieldName): Fact {
  const { label, default: value, choices } = FIELDS[name] as Field<unknown>;
  const text: FactType = { kind: 'text', ...(choices && { choices: choices.map(String) }) };
  const type: FactType =
    typeof value === 'number' ? NUMBER : typeof value === 'boolean' ? { kind: 'truth' } : text;
  return of(label, { type });
}

/** What an open lab says of itself: its own names stand before the page's. */
export interface LabFacts {
  readonly words: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

function labFact({ words, values }: LabFacts, name: string): Fact {
  const value = values[name];
  const kind = ({ string: 'text', boolean: 'truth' } as const)[typeof value as string] ?? 'number';
  return { words: words[name], type: { kind }, parameters: [], ofLane: false };
}

/** The fact of a name; undefined where there is none. */
export function factOf(name: string, lab: LabFacts | undefined): Fact | undefined {
  if (lab && Object.hasOwn(lab.words, name)) return labFact(lab, name);
  if (isFact(name)) return FACTS[name];
  return isSetting(name) ? settingFact(name) : undefined;
}

export const isFact = (name: string): name is FactName => Object.hasOwn(FACTS, name);
export const isSetting = (name: string): name is FieldName => (FIELD_NAMES as string[]).includes(name);
