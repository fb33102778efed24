import { ConfigError } from '../settings/fields.ts';
import { type EstimateChoice, formatEstimates, OWN_ESTIMATES } from './estimates.ts';
import { FIRST_FORCING, type ForcingChoice, formatForcing } from './forcing-choice.ts';
import type { ProbeChoice } from './probe.ts';

/** How the page is laid out: whole, large and light for a projector, or without frame inside another page. */
export const VIEWS = ['full', 'presenter', 'embed'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Views of “Look inside”, by the name that a link uses. */
export const INSIDE_NAMES = [
  'target',
  'data',
  'step',
  'microscope',
  'cost',
  'surface',
  'slice',
  'staircase',
  'table',
  'choices',
  'board',
] as const;
export type InsideName = (typeof INSIDE_NAMES)[number];

/** Panels of a run, by the name that a link uses: those that it names are shown alone, in its order. */
export const PANELS = ['prediction', 'spikes', 'network', 'curves', 'surrogate'] as const;
export type PanelName = (typeof PANELS)[number];

/** Small models that are played with by hand, by the name that a link uses; they take the place of the figures. */
export const LABS = ['neuron', 'samples', 'guesses'] as const;
export type LabName = (typeof LABS)[number];

/** A lab and how it is set: text of its own (src/state/labs), “current=0.26:reset=zero” for one neuron. */
export interface LabChoice {
  readonly name: LabName;
  readonly settings: string;
}

/** A scene of a lesson: its number, or `own` for one that was opened or is being written. Both count from 1. */
export interface LessonPlace {
  readonly lesson: number | 'own';
  readonly scene: number;
  /** The text of an own lesson, packed, where the link carries it. */
  readonly text?: string;
  /** The link named a scene that is not there: this one stands in its place, in the address too. */
  readonly corrected?: boolean;
}

/** Controls that a link can hide, by the name it uses; results cannot be hidden. */
export const CONTROLS = {
  experiment: 'Experiment',
  inside: 'Look inside',
  compare: 'Compare',
  engine: 'Engine badge',
  share: 'Share',
  theme: 'Light or dark',
  help: 'Help',
  play: 'Play',
  step: 'One step',
  reset: 'Reset',
  seed: 'New seed',
  pace: 'Pace',
  surrogate: 'Surrogate',
  gradient: 'Gradient',
  scope: 'Perturbation',
  directions: 'Directions K',
  localLosses: 'Local losses',
  more: 'More settings',
  scrubber: 'Scrubber',
  export: 'Saving of figures',
} as const satisfies Record<string, string>;
export type ControlName = keyof typeof CONTROLS;
export const CONTROL_NAMES = Object.keys(CONTROLS) as ControlName[];

export interface Presentation {
  readonly view: ViewName;
  readonly hide: readonly ControlName[];
  /** What an operator experiment is asked. */
  readonly forcing: ForcingChoice;
  /** The place whose spikes are shown; the experiment's first, where it is left out or another experiment's. */
  readonly probe?: ProbeChoice;
  /** The view of “Look inside” that is open. */
  readonly inside?: InsideName;
  /** What the gradient microscope draws; the run's own estimates, where it is left out. */
  readonly estimates?: EstimateChoice;
  /** Panels that are shown alone; all of them, where it is left out. */
  readonly panels?: readonly PanelName[];
  /** The lab that is open. */
  readonly lab?: LabChoice;
  /** The scene that is open; what it shows is the rest of this presentation. */
  readonly lesson?: LessonPlace;
}

export const PLAIN: Presentation = { view: 'full', hide: [], forcing: FIRST_FORCING };

/** Controls that a presenter's view leaves out, beside those of `hide`: what is on stage is the method. */
const NOT_PRESENTED: readonly ControlName[] = [
  ...(['engine', 'seed', 'pace', 'surrogate', 'localLosses', 'more', 'export'] as const),
];

/** Controls that a scene leaves out as well where it names none: one thing after another. */
const NOT_IN_LESSONS: readonly ControlName[] = [
  ...NOT_PRESENTED.filter((name) => name !== 'theme'),
  ...(['experiment', 'inside', 'compare', 'share'] as const),
];
/** Controls of the reader, which no scene can hide. */
const OF_READER: readonly ControlName[] = ['theme', 'help'];

/** Whether a control is left out of the page. */
export function isHidden({ view, hide, lesson }: Presentation, control: ControlName): boolean {
  if (view === 'presenter' && NOT_PRESENTED.includes(control)) return true;
  if (!lesson) return hide.includes(control);
  return !OF_READER.includes(control) && (hide.length > 0 ? hide : NOT_IN_LESSONS).includes(control);
}

/** @throws ConfigError naming what is allowed. */
export function parseView(text: string): ViewName {
  const view = VIEWS.find((name) => name === text);
  if (!view) throw new ConfigError('view', text, VIEWS.join(', '));
  return view;
}

/** @throws ConfigError naming what is allowed. */
export function parseInside(text: string): InsideName {
  const inside = INSIDE_NAMES.find((name) => name === text);
  if (!inside) throw new ConfigError('inside', text, INSIDE_NAMES.join(', '));
  return inside;
}

/** prediction,spikes of a link. Names that are not known are named among the faults. */
export function parsePanels(text: string, faults: string[]): readonly PanelName[] | undefined {
  const names = [...new Set(text.split(',').filter((name) => name !== ''))];
  for (const name of names)
    if (!isPanel(name)) faults.push(new ConfigError('panels', name.slice(0, 40), PANELS.join(', ')).message);
  const panels = names.filter(isPanel);
  return panels.length > 0 ? panels : undefined;
}

const isPanel = (name: string): name is PanelName => (PANELS as readonly string[]).includes(name);

/** neuron, or neuron:current=0.26 of a link; what follows the name is read by the lab itself. @throws ConfigError */
export function parseLab(text: string): LabChoice {
  const [first, ...rest] = text.split(':');
  const name = LABS.find((name) => name === first);
  if (!name) throw new ConfigError('lab', first.slice(0, 40), LABS.join(', '));
  return { name, settings: rest.join(':') };
}

/** What `parseLab` reads back. */
export const formatLab = ({ name, settings }: LabChoice): string =>
  settings === '' ? name : `${name}:${settings}`;

/** 3, 3.2 or own.2 of a link. @throws ConfigError */
export function parseLesson(text: string): LessonPlace {
  const [, lesson, scene = '1'] = /^(own|[1-9]\d?)(?:\.([1-9]\d?))?$/.exec(text) ?? [];
  if (!lesson)
    throw new ConfigError('lesson', text.slice(0, 40), 'a lesson’s number, or with its scene’s as in 3.2');
  return { lesson: lesson === 'own' ? lesson : Number(lesson), scene: Number(scene) };
}

/** What `parseLesson` reads back. */
export const formatLesson = ({ lesson, scene }: LessonPlace): string => `${lesson}.${scene}`;

/** Controls that a link names are all that is left of them: the others, which are then hidden. */
export function parseControls(text: string, faults: string[]): ControlName[] {
  const shown = namesIn('controls', text, faults);
  return CONTROL_NAMES.filter((name) => !shown.includes(name));
}

/** Names of controls, separated by commas; those that are not known are named among the faults. */
export function parseHide(text: string, faults: string[]): ControlName[] {
  const hidden = namesIn('hide', text, faults);
  return CONTROL_NAMES.filter((name) => hidden.includes(name));
}

function namesIn(key: string, text: string, faults: string[]): readonly string[] {
  const names = [...new Set(text.split(',').filter((name) => name !== ''))];
  for (const name of names)
    if (!isControl(name))
      faults.push(new ConfigError(key, name.slice(0, 40), CONTROL_NAMES.join(', ')).message);
  return names;
}

const isControl = (name: string): name is ControlName => Object.hasOwn(CONTROLS, name);

/** Parts of a hash that say the presentation; none for the plain page. */
export function formatPresentation({
  view,
  hide,
  forcing,
  inside,
  estimates = OWN_ESTIMATES,
  panels,
  lab,
}: Presentation): string[] {
  const parts: string[] = [];
  if (view !== 'full') parts.push(`view=${view}`);
  const hidden = CONTROL_NAMES.filter((name) => hide.includes(name));
  const shown = CONTROL_NAMES.filter((name) => !hide.includes(name));
  if (hidden.length > shown.length) parts.push(`controls=${shown.join(',')}`);
  else if (hidden.length > 0) parts.push(`hide=${hidden.join(',')}`);
  if (panels) parts.push(`panels=${panels.join(',')}`);
  if (lab) parts.push(`lab=${formatLab(lab)}`);
  const value = formatForcing(forcing);
  if (value !== '') parts.push(`forcing=${value}`);
  if (inside) parts.push(`inside=${inside}`);
  if (inside === 'microscope' && estimates.name !== 'own')
    parts.push(`estimates=${formatEstimates(estimates)}`);
  return parts;
}
