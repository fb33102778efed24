import { useApp } from '../../context.ts';
import { LessonLink } from '../../lessons/LessonMark.tsx';
import { onDemand } from '../../loading/OnDemand.tsx';
import { Term } from '../../terms/Term.tsx';
import { INSIDE, type InsideView } from '../index.ts';
import css from './InsideContent.module.css';

const VIEWS = new Map(
  INSIDE.map(({ id, label, load }) => [
    id,
    onDemand(`“${label}”`, load, { fallback: <p role="status">Loading…</p> }),
  ]),
);

/** A view of “Look inside” and the terms that it uses, wherever it stands. */
export function InsideContent({ view }: { readonly view: InsideView }) {
  const View = VIEWS.get(view.id);
  const inLesson = useApp((state) => state.presentation.lesson !== undefined);
  const terms = (
    <p className={css.terms}>
      Terms:{' '}
      {view.terms.map(([id, words]) => (
        <Term key={id} id={id}>
          {words}
        </Term>
      ))}
      <LessonLink name={view.id} />
    </p>
  );
  return (
    <>
      {!inLesson && terms}
      {View && <View />}
      {inLesson && terms}
    </>
  );
}
