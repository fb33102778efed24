import { create } from 'zustand';
import { onStored, store, stored } from '../../io/storage.ts';
import { formatLesson, type LessonPlace } from '../../state/presentation.ts';

const KEY = 'spiking-playground.lessons';

/** What the browser keeps of lessons. */
export interface Progress {
  /** Scenes whose tasks are done, as links name them: 3.2. */
  readonly done: readonly string[];
  /** Hands that were counted for each answer of a scene's question. */
  readonly votes: Readonly<Record<string, readonly number[]>>;
}

const NONE: Progress = { done: [], votes: {} };

export const useProgress = create<Progress>(() => readProgress(stored(KEY)));

onStored(KEY, (text) => useProgress.setState(readProgress(text), true));

/** What was kept; what cannot be read is nothing. */
export function readProgress(text: string | null): Progress {
  try {
    const { done, votes } = JSON.parse(text ?? '{}') as Record<string, unknown>;
    const isCounts = (counts: unknown): counts is number[] =>
      Array.isArray(counts) && counts.every((count) => Number.isInteger(count) && count >= 0);
    return {
      done: Array.isArray(done) ? done.filter((place) => typeof place === 'string') : [],
      votes: Object.fromEntries(
        Object.entries(votes ?? {}).filter((entry): entry is [string, number[]] => isCounts(entry[1])),
      ),
    };
  } catch {
    return NONE;
  }
}

/** A scene's tasks are done. A lesson of one's own is kept by its author, not here. */
export function sceneDone(place: LessonPlace): void {
  const { done } = useProgress.getState();
  const name = formatLesson(place);
  if (place.lesson !== 'own' && !done.includes(name)) keep({ done: [...done, name] });
}

/** Hands were counted. */
export function countVotes(place: LessonPlace, counts: readonly number[]): void {
  keep({ votes: { ...useProgress.getState().votes, [formatLesson(place)]: counts } });
}

export function clearProgress(): void {
  useProgress.setState(NONE, true);
  store(KEY, undefined);
}

function keep(change: Partial<Progress>): void {
  useProgress.setState(change);
  store(KEY, JSON.stringify(useProgress.getState()));
}
