import { CATALOGUE, type LessonHead } from '../../lessons/catalogue.ts';
import { Hint } from '../../ui/Hint.tsx';
import { useApp } from '../context.ts';
import css from './LessonMark.module.css';
import { useProgress } from './progress.ts';

type Explained = LessonHead['explains'][number];

/** A link from a panel's title to the lesson that explains it: to the first of them that is not done yet. */
export function LessonMark({ name }: { readonly name: Explained | 'lab' | 'inside' | 'comparison' }) {
  const { lab, inside, lesson } = useApp((state) => state.presentation);
  const shown = name === 'lab' ? lab?.name : name === 'inside' ? inside : name;
  const head = useLessonOn(shown as Explained | undefined);
  if (!head || lesson) return null;
  return (
    <Hint text={`Lesson ${head.number}: ${head.title}`}>
      <a
        className={css.mark}
        href={`#lesson=${head.number}`}
        aria-label={`Explained in lesson ${head.number}`}
      >
        ?
      </a>
    </Hint>
  );
}

/** The same for a view of “Look inside”, in words. */
export function LessonLink({ name }: { readonly name: Explained }) {
  const head = useLessonOn(name);
  const inLesson = useApp((state) => state.presentation.lesson !== undefined);
  if (!head || inLesson) return null;
  return (
    <a className={css.link} href={`#lesson=${head.number}`}>
      Lesson {head.number}: {head.title}
    </a>
  );
}

function useLessonOn(name: Explained | undefined): LessonHead | undefined {
  const done = useProgress((state) => state.done);
  const heads = CATALOGUE.filter(({ explains }) => name && explains.includes(name));
  const isDone = ({ number, scenes }: LessonHead) =>
    scenes.every((_, i) => done.includes(`${number}.${i + 1}`));
  return heads.find((head) => !isDone(head)) ?? heads[0];
}
