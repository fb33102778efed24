import { formatLesson } from '../../state/presentation.ts';
import { countVotes, useProgress } from './progress.ts';
import { useLesson } from './use-lesson.ts';
import css from './Votes.module.css';

interface VotesProps {
  readonly answers: number;
  /** Number of the answer that came true, once it may be seen. */
  readonly revealed: number | undefined;
}

/** A vote by show of hands: the lecturer types in how many there were for each answer. */
export function Votes({ answers, revealed }: VotesProps) {
  const place = useLesson((state) => state.place);
  const counted = useProgress(({ votes }) => (place ? votes[formatLesson(place)] : undefined));
  const counts = Array.from({ length: answers }, (_, i) => counted?.[i] ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (!place) return null;
  return (
    <fieldset className={css.votes}>
      <legend>Show of hands</legend>
      {counts.map((count, i) => {
        const letter = String.fromCharCode(65 + i);
        return (
          <label key={letter} className={css.vote} data-right={revealed === i || undefined}>
            <span className={css.letter}>{letter}</span>
            <input
              type="number"
              min={0}
              max={999}
              inputMode="numeric"
              aria-label={`Hands for ${letter}`}
              value={count === 0 ? '' : count}
              placeholder="0"
              onChange={({ target }) => {
                const hands = Math.max(0, Math.min(999, Math.round(Number(target.value)) || 0));
                countVotes(
                  place,
                  counts.map((each, at) => (at === i ? hands : each)),
                );
              }}
            />
            <span className={css.track}>
              <span className={css.bar} style={{ width: `${all > 0 ? (100 * count) / all : 0}%` }} />
            </span>
            <span className={css.share}>{all > 0 ? `${Math.round((100 * count) / all)} %` : ''}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
