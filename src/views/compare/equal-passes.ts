import type { LaneState } from '../../state/lane-store.ts';
import { methodOf } from '../../training/config.ts';
import { formatError } from '../format.ts';
import { passesSaid } from '../inside/cost/readings.ts';
import { errorPoints, type Point, placeOn } from './lane-series.ts';

/** A lane's live errors over the forward passes that it spent. */
export interface SpentLane {
  readonly letter: string;
  /** Trained by back-propagation; undefined while names are hidden. */
  readonly reverse: boolean | undefined;
  readonly errors: readonly Point[];
  /** Why its errors have no place beside the others'. */
  readonly out?: string | undefined;
}

type Run = Pick<LaneState, 'metrics' | 'losses' | 'step' | 'config' | 'log' | 'divergedAt'>;

/** A lane as it is measured so far. @param passes of a step, in the unit of all lanes */
export function spentBy(run: Run, passes: number | undefined, letter: string, hidden: boolean): SpentLane {
  const changed = run.log.slice(1).some(({ step }) => step < run.step);
  return {
    letter,
    reverse: hidden ? undefined : methodOf(run.config).derivation === 'reverse',
    errors: errorPoints(run, placeOn('passes', run, passes)),
    out:
      run.divergedAt !== undefined
        ? 'diverged'
        : changed
          ? 'had its settings changed, so that a step did not cost the same all along'
          : undefined,
  };
}

/** Least errors at equal passes. */
interface Standing {
  /** The most that every one of them has spent. */
  readonly passes: number;
  readonly rows: readonly { readonly lane: SpentLane; readonly error: number }[];
}

/** Least live error of every lane that has trained, within the passes that all of these have spent; undefined before there are two. */
export function standingOf(lanes: readonly SpentLane[]): Standing | undefined {
  const spent = ({ errors }: SpentLane) => errors[errors.length - 1]?.x ?? 0;
  const taking = lanes.filter((lane) => lane.out === undefined && spent(lane) > 0);
  if (taking.length < 2) return undefined;
  const passes = Math.min(...taking.map(spent));
  const rows = taking.map((lane) => ({
    lane,
    error: Math.min(...lane.errors.filter(({ x }) => x <= passes).map(({ y }) => y)),
  }));
  return { passes, rows };
}

const list = (letters: readonly string[]) =>
  letters.length < 2
    ? letters.join('')
    : `${letters.slice(0, -1).join(', ')} and ${letters[letters.length - 1]}`;

/** Where back-propagation stands, or who is ahead where no lane is known to train by it. */
function verdict({ rows }: Standing): string {
  const reverse = rows.find(({ lane }) => lane.reverse);
  if (!reverse) {
    const least = Math.min(...rows.map(({ error }) => error));
    const first = rows.filter(({ error }) => error === least).map(({ lane }) => lane.letter);
    return first.length === rows.length
      ? 'all are equal'
      : `${list(first)} ${first.length > 1 ? 'are' : 'is'} ahead`;
  }
  const others = rows.filter((row) => row !== reverse);
  const letters = (test: (error: number) => boolean) =>
    list(others.filter(({ error }) => test(error)).map(({ lane }) => lane.letter));
  const [behind, equal, ahead] = [
    letters((error) => error > reverse.error),
    letters((error) => error === reverse.error),
    letters((error) => error < reverse.error),
  ];
  const parts = [
    behind && `still wins over ${behind}`,
    equal && `is level with ${equal}`,
    ahead && `loses to ${ahead}`,
  ].filter(Boolean);
  return `BP, lane ${reverse.lane.letter}, ${parts.join(' and ')}`;
}

/** What equal passes bought, from the live errors alone; what is missing where nothing can be said yet. */
export function equalPassesSaid(lanes: readonly SpentLane[]): string {
  const out = lanes.flatMap((lane) => (lane.out ? [`Lane ${lane.letter} ${lane.out}.`] : []));
  const standing = standingOf(lanes);
  if (!standing) return ['Two lanes have to train before that can be compared.', ...out].join(' ');
  const errors = standing.rows.map(({ lane, error }) => `${lane.letter} ${formatError(error)}`);
  return [
    `Within the ${passesSaid(standing.passes)} passes that all have spent, least live error: ${errors.join(', ')}; in these runs ${verdict(standing)}.`,
    ...out,
  ].join(' ');
}
