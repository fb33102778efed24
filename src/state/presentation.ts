import { ConfigError } from '../settings/fields.ts';
import { type EstimateChoice, formatEstimates, OWN_ESTIMATES } from './estimates.ts';
import { FIRST_FORCING, type ForcingChoice, formatForcing } from './forcing-choice.ts';

/** How the page is laid out: whole, large and light for a projector, or without frame inside another page. */
export const VIEWS = ['full', 'presenter', 'embed'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Views of “Look inside”, by the name that a link uses. */
export const INSIDE_NAMES = [
  'target',
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
  /** The view of “Look inside” that is open. */
  readonly inside?: InsideName;
  /** What the gradient microscope draws; the run's own estimates, where it is left out. */
  readonly estimates?: EstimateChoice;
}

export const PLAIN: Presentation = { view: 'full', hide: [], forcing: FIRST_FORCING };

/** Controls that a presenter's view leaves out, beside those of `hide`: what is on stage is the method. */
const NOT_PRESENTED: readonly ControlName[] = ['engine', 'theme', 'seed', 'localLosses', 'more', 'export'];

/** Whether a control is left out of the page. */
export function isHidden({ view, hide }: Presentation, control: ControlName): boolean {
  return hide.includes(control) || (view === 'presenter' && NOT_PRESENTED.includes(control));
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

/** Names of controls, separated by commas; those that are not known are named among the faults. */
export function parseHide(text: string, faults: string[]): ControlName[] {
  const names = [...new Set(text.split(',').filter((name) => name !== ''))];
  for (const name of names)
    if (!isControl(name))
      faults.push(new ConfigError('hide', name.slice(0, 40), CONTROL_NAMES.join(', ')).message);
  return CONTROL_NAMES.filter((name) => names.includes(name));
}

const isControl = (name: string): name is ControlName => Object.hasOwn(CONTROLS, name);

/** Parts of a hash that say the presentation; none for the plain page. */
export function formatPresentation({
  view,
  hide,
  forcing,
  inside,
  estimates = OWN_ESTIMATES,
}: Presentation): string[] {
  const parts: string[] = [];
  if (view !== 'full') parts.push(`view=${view}`);
  if (hide.length > 0) parts.push(`hide=${CONTROL_NAMES.filter((name) => hide.includes(name)).join(',')}`);
  const value = formatForcing(forcing);
  if (value !== '') parts.push(`forcing=${value}`);
  if (inside) parts.push(`inside=${inside}`);
  if (inside === 'microscope' && estimates.name !== 'own')
    parts.push(`estimates=${formatEstimates(estimates)}`);
  return parts;
}
