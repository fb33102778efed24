import type { Lesson, Scene } from '../../lessons/lesson.ts';
import css from './LessonText.module.css';
import { Blocks, RichText } from './RichText.tsx';

/** A lesson from its first to its last word, as it is read beside the page: for its author, and on paper. */
export function LessonText({ lesson }: { readonly lesson: Lesson }) {
  return (
    <div className={css.lesson}>
      <h3>{lesson.title}</h3>
      <p>
        <RichText parts={lesson.about} />
      </p>
      {lesson.scenes.map((scene, i) => (
        <section key={scene.line} className={css.scene}>
          <h4>
            {i + 1}. {scene.title}
          </h4>
          <SceneForReading scene={scene} />
          {scene.after.length > 0 && (
            <div className={css.after}>
              <Blocks blocks={scene.after} />
            </div>
          )}
          {scene.notes.length > 0 && (
            <div className={css.notes}>
              <strong>{scene.notesTitle}</strong>
              <Blocks blocks={scene.notes} />
            </div>
          )}
        </section>
      ))}
    </div>
  );
}

/** What a scene says and asks before anything is done in it, with boxes. */
export function SceneForReading({ scene }: { readonly scene: Scene }) {
  return (
    <>
      <Blocks blocks={scene.text} />
      {scene.question && (
        <div className={css.question}>
          <strong>
            <RichText parts={scene.question.text} />
          </strong>
          <ol>
            {scene.question.answers.map((answer, i) => (
              <li key={i}>
                <RichText parts={answer.text} />
              </li>
            ))}
          </ol>
        </div>
      )}
      {scene.tasks.length > 0 && (
        <ul className={css.tasks}>
          {scene.tasks.map((task, i) => (
            <li key={i}>
              <RichText parts={task.text} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
