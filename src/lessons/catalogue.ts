import { arriving } from '../problems/arriving.ts';
import type { Lesson } from './lesson.ts';

/** What lists of lessons need of one. */
export interface LessonHead extends Pick<Lesson, 'title' | 'about' | 'explains'> {
  /** From 1, as links have it: `#lesson=3`. */
  readonly number: number;
  /** Titles of its scenes. */
  readonly scenes: readonly string[];
}

const numberOf = (path: string) => Number(/(\d+)-[^/]*$/.exec(path)?.[1]);
const byNumber = <T>(files: Record<string, T>): [number: number, file: T][] =>
  Object.entries(files)
    .map(([path, file]): [number, T] => [numberOf(path), file])
    .sort(([a], [b]) => a - b);

const HEADS = import.meta.glob<Omit<LessonHead, 'number'>>('./en/*.md', {
  eager: true,
  query: '?head',
  import: 'default',
});
const LESSONS = new Map(byNumber(import.meta.glob<Lesson>('./en/*.md', { import: 'default' })));

/** The lessons in their order. */
export const CATALOGUE: readonly LessonHead[] = byNumber(HEADS).map(([number, head]) => ({
  number,
  ...head,
}));

/** A lesson of the catalogue; undefined where there is none of that number. @throws NotArrived */
export async function loadLesson(number: number): Promise<Lesson | undefined> {
  const load = LESSONS.get(number);
  return load && arriving(load);
}
