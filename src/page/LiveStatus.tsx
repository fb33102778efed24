import { useEffect, useRef } from 'react';
import type { PlaygroundState, Status } from '../state/app-state.ts';
import { shownPrediction } from '../state/lane-store.ts';
import { shownLanes } from '../views/compare/lane-names.ts';
import { useApp, usePlayground } from '../views/context.ts';
import { formatCount, formatError } from '../views/format.ts';

/** How often a run that plays is told of. */
const EVERY_MS = 10_000;
/** After a pause the error is measured once more, on the finer grid. */
const MEASURED_MS = 1500;

const RESTING: Partial<Record<Status, string>> = {
  paused: 'Paused',
  finished: 'Finished',
  diverged: 'Diverged',
};

/** Says to screen readers where the run stands: every few seconds while it plays, and once it rests. */
export function LiveStatus() {
  const { app } = usePlayground();
  const status = useApp((state) => state.status);
  const place = useRef<HTMLDivElement>(null);
  const played = useRef(false);
  useEffect(() => {
    const say = (how: string) => {
      if (place.current) place.current.textContent = `${how}. ${standing(app.getState())}`;
    };
    if (status === 'playing') {
      played.current = true;
      const timer = setInterval(() => say('Training'), EVERY_MS);
      return () => clearInterval(timer);
    }
    const resting = RESTING[status];
    if (!resting || !played.current) return;
    const timer = setTimeout(() => {
      played.current = false;
      say(resting);
    }, MEASURED_MS);
    return () => clearTimeout(timer);
  }, [app, status]);
  return <div ref={place} role="status" className="hidden-visually" data-testid="live-status" />;
}

/** Step and error of each run; of several, by their letters, which are all that may be known of them. */
function standing({ lanes, comparison }: PlaygroundState): string {
  const shown = shownLanes(
    lanes,
    lanes.map((lane) => lane.getState().config),
    comparison,
  );
  const errors = shown.map(({ lane, letter }) => {
    const error = formatError(shownPrediction(lane.getState())?.error);
    return shown.length > 1 ? `${letter} ${error}` : error;
  });
  const step = Math.max(...lanes.map((lane) => lane.getState().step));
  return `Step ${formatCount(step)}, relative L2 error ${errors.join(', ')}`;
}
