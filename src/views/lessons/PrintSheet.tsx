import { useEffect, useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import type { Lesson } from '../../lessons/lesson.ts';
import { SceneForReading } from './LessonText.tsx';
import css from './PrintSheet.module.css';
import { Blocks, RichText } from './RichText.tsx';

interface PrintSheetProps {
  readonly lesson: Lesson;
  /** The browser's dialog was closed. */
  readonly onDone: () => void;
}

const ATTRIBUTE = 'data-sheet';

/** A lesson on paper: what is read, asked and to be done for the class; then what comes out and the notes for the teacher. */
export default function PrintSheet({ lesson, onDone }: PrintSheetProps) {
  // Only this is printed, light on any page.
  useLayoutEffect(() => {
    document.documentElement.setAttribute(ATTRIBUTE, '');
    return () => document.documentElement.removeAttribute(ATTRIBUTE);
  }, []);
  useEffect(() => {
    addEventListener('afterprint', onDone);
    const timer = setTimeout(() => print());
    return () => {
      clearTimeout(timer);
      removeEventListener('afterprint', onDone);
    };
  }, [onDone]);
  const said = lesson.scenes.filter(({ after, notes }) => after.length + notes.length > 0);
  return createPortal(
    <article className={css.sheet} data-testid="sheet">
      <h1>{lesson.title}</h1>
      <p>
        <RichText parts={lesson.about} />
      </p>
      {lesson.scenes.map((scene, i) => (
        <section key={scene.line}>
          <h2>
            {i + 1}. {scene.title}
          </h2>
          <SceneForReading scene={scene} />
        </section>
      ))}
      {said.length > 0 && (
        <div className={css.teacher}>
          <h1>{lesson.title}: for the teacher</h1>
          {said.map((scene) => (
            <section key={scene.line}>
              <h2>
                {lesson.scenes.indexOf(scene) + 1}. {scene.title}
              </h2>
              <Blocks blocks={scene.after} />
              <div className={css.notes}>
                <Blocks blocks={scene.notes} />
              </div>
            </section>
          ))}
        </div>
      )}
    </article>,
    document.body,
  );
}
