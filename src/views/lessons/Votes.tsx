import { useId } from 'react';
import { formatLesson } from '../../state/presentation.ts';
import { NumberInput } from '../settings/NumberInput.tsx';
import { countVotes, useProgress } from './progress.ts';
import { useLesson } from './use-lesson.ts';
import css from './Votes.module.css';

interface VoteProps {
  /** Number of the answer, and how many there are. */
  readonly answer: number;
  readonly answers: number;
  readonly letter: string;
}

/** A vote by show of hands: the lecturer types in how many there were for an answer; its share is a bar. */
export function Vote({ answer, answers, letter }: VoteProps) {
  const id = useId();
  const place = useLesson((state) => state.place);
  const counted = useProgress(({ votes }) => (place ? votes[formatLesson(place)] : undefined));
  if (!place) return null;
  const counts = Array.from({ length: answers }, (_, i) => counted?.[i] ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const share = all > 0 ? counts[answer] / all : 0;
  return (
    <span className={css.vote}>
      <NumberInput
        id={id}
        label={`Hands for ${letter}`}
        min={0}
        max={999}
        step={1}
        value={counts[answer] === 0 ? undefined : counts[answer]}
        empty={0}
        placeholder="hands"
        onValue={(hands) =>
          countVotes(
            place,
            counts.map((each, i) => (i === answer ? hands : each)),
          )
        }
      />
      <span className={css.share}>{all > 0 && `${Math.round(100 * share)} %`}</span>
      <span className={css.bar} style={{ width: `${100 * share}%` }} />
    </span>
  );
}
