import type { PlaygroundState } from './app-state.ts';
import { PANELS, type PanelName } from './presentation.ts';

/** What a place of the stage holds. */
export type StageName = PanelName | 'inside' | 'comparison' | 'lab';

type Seen = Pick<PlaygroundState, 'presentation' | 'comparison'> & {
  readonly lanes: readonly unknown[];
};

/** What a presenter's view shows where nothing was chosen. */
export const PRESENTED: readonly PanelName[] = ['prediction', 'spikes', 'curves'];

/** Whether “Look inside” has a place of its own on the page instead of lying over it. */
export function isDocked({ presentation: { view, panels, lesson } }: Pick<Seen, 'presentation'>): boolean {
  return view === 'presenter' || panels !== undefined || lesson !== undefined;
}

/**
 * What fills the page in place of all its figures, in order; undefined while they are all shown. A comparison stands where the
 * panels would; a lab and what is open of “Look inside” stand before them, or alone where no panels are named. A scene that
 * names nothing shows all panels.
 */
export function stageOf(state: Seen): readonly StageName[] | undefined {
  const { view, inside, lab, lesson } = state.presentation;
  const comparing = state.lanes.length > 1;
  // While names are hidden these views would say which method it is.
  const docked = isDocked(state) && inside !== undefined && !(comparing && state.comparison.blind);
  if (comparing && !docked && !lab) return undefined;
  // Beside a scene's words the page's own places have no room.
  const all = lesson && !docked && !lab ? PANELS : undefined;
  const presented = view === 'presenter' && !lab && !lesson ? PRESENTED : undefined;
  const panels = state.presentation.panels ?? all ?? presented;
  const figures: readonly StageName[] = panels && comparing ? ['comparison'] : (panels ?? []);
  const places: readonly StageName[] = [
    ...(lab ? (['lab'] as const) : []),
    ...(docked ? (['inside'] as const) : []),
    ...figures,
  ];
  return places.length > 0 ? places : undefined;
}

/** Whether a lab has the page to itself: it has nothing to do with the run. */
export function isLabAlone(state: Seen): boolean {
  const places = stageOf(state);
  return places?.length === 1 && places[0] === 'lab';
}
