import type { PlaygroundState } from './app-state.ts';
import { MOST_CHANGES, pinsOf } from './change-log.ts';
import type { LaneState } from './lane-store.ts';
import { formatLesson, type Presentation } from './presentation.ts';
import { formatHash } from './url.ts';

type App = Pick<PlaygroundState, 'pinned' | 'engineChoice' | 'pace' | 'presentation' | 'comparison'>;
type Lane = Pick<LaneState, 'log' | 'planned'>;

/** Hash of a link that plays this run again: its start, and its changes in mid-run with those still planned. */
export function runHash(app: App, lane: Lane, presentation: Presentation = app.presentation): string {
  const { view, lesson } = presentation;
  // What is open is the scene's, whatever was tried in it.
  if (lesson) {
    const { text } = lesson;
    const carried = text === undefined ? '' : `&lesson-text=${encodeURIComponent(text)}`;
    return `#${view === 'full' ? '' : `view=${view}&`}lesson=${formatLesson(lesson)}${carried}`;
  }
  const { log, planned } = lane;
  const changes = [...log.slice(1), ...planned];
  const pinned = changes.length > 0 ? pinsOf(log[0].config) : app.pinned;
  const page = { engine: app.engineChoice, pace: app.pace };
  return formatHash(pinned, page, { changes, presentation, comparison: app.comparison });
}

/** Changes of the run that a link has no room for. */
export function changesLeftOut({ log, planned }: Lane): number {
  return Math.max(0, log.length - 1 + planned.length - MOST_CHANGES);
}
