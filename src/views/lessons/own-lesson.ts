import { create } from 'zustand';
import { onStored, store, stored } from '../../io/storage.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { LessonFault } from '../../lessons/read.ts';
import { arriving } from '../../problems/arriving.ts';
import type { LessonPlace } from '../../state/presentation.ts';

const DRAFT = 'spiking-playground.lesson-draft';
const OPENED = 'spiking-playground.lesson-opened';

interface OwnState {
  /** File of the lesson that is being written. */
  readonly draft: string;
  /** What was in its place before it was replaced at once: by a file, or by deleting a scene. */
  readonly before?: string;
  /** File of the lesson that was opened or is tried, which links name `own`. */
  readonly opened: string;
  /** A file that could not be opened, and why. */
  readonly refused?: { readonly name: string; readonly faults: readonly LessonFault[] };
  /** Whether the panel is open in which lessons are written. */
  readonly writing: boolean;
  /** The lesson whose sheet is being printed. */
  readonly printed?: Lesson;
}

/** What reads Markdown is large: it is loaded when there is some to read. */
const readLesson = async (text: string) =>
  (await arriving(() => import('../../lessons/read.ts'))).readLesson(text);

/** Lessons that are no part of the page: kept in the browser until they are written over. */
export const useOwnLesson = create<OwnState>(() => ({
  draft: stored(DRAFT) ?? '',
  opened: stored(OPENED) ?? '',
  writing: false,
}));

// The same lesson is written on in another tab. What stood here can be taken back.
onStored(DRAFT, (text) => {
  const { draft: before } = useOwnLesson.getState();
  const draft = text ?? '';
  if (draft !== before) useOwnLesson.setState({ draft, ...(before !== '' && { before }) });
});

/** Goes on with another text of the lesson that is being written; `whole` can be taken back in one. */
export function write(draft: string, whole = false): void {
  const { draft: before } = useOwnLesson.getState();
  useOwnLesson.setState({ draft, ...(whole && before !== '' && { before }) });
  store(DRAFT, draft === '' ? undefined : draft);
}

/** Takes back what replaced the whole draft. */
export function takeBack(): void {
  const { before } = useOwnLesson.getState();
  if (before !== undefined) write(before);
  useOwnLesson.setState({ before: undefined });
}

export const writeLessons = (writing: boolean) => useOwnLesson.setState({ writing });
export const printLesson = (printed: Lesson | undefined) => useOwnLesson.setState({ printed });
export const forgetRefused = () => useOwnLesson.setState({ refused: undefined });

/** Takes a lesson's file to be opened under `own`; what is wrong with it is told, and nothing is opened. */
export async function takeLesson(text: string, name: string): Promise<boolean> {
  const { faults } = await readLesson(text);
  if (faults.length > 0) {
    useOwnLesson.setState({ refused: { name, faults } });
    return false;
  }
  useOwnLesson.setState({ opened: text, refused: undefined });
  store(OPENED, text);
  return true;
}

/** The lesson that was opened, or that a link carries. @throws Error with what is wrong with it, line by line */
export async function ownLesson(place: LessonPlace): Promise<Lesson> {
  const { opened } = useOwnLesson.getState();
  const carried =
    place.text === undefined
      ? opened
      : await (await arriving(() => import('../../lessons/pack.ts'))).unpackLesson(place.text);
  if (carried === '')
    throw new Error('No lesson was opened here: open its file, or the link that carries it');
  const { lesson, faults } = await readLesson(carried);
  if (!lesson) throw new Error(faults.map(({ line, text }) => `Line ${line}: ${text}`).join('\n'));
  if (carried !== opened) {
    useOwnLesson.setState({ opened: carried });
    store(OPENED, carried);
  }
  return lesson;
}
