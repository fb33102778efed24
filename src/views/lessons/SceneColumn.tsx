import { useEffect, useId, useRef, useState } from 'react';
import { CATALOGUE } from '../../lessons/catalogue.ts';
import type { Lesson, Scene } from '../../lessons/lesson.ts';
import type { Player } from '../../lessons/player.ts';
import type { LessonPlace } from '../../state/presentation.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { Hint } from '../../ui/Hint.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { usePlayground } from '../context.ts';
import { MissingPart } from '../loading/MissingPart.tsx';
import { focusPage } from './focus-page.ts';
import { useProgress } from './progress.ts';
import { QuestionBox } from './QuestionBox.tsx';
import { Blocks } from './RichText.tsx';
import css from './SceneColumn.module.css';
import { SheetHandle, type SheetHeight } from './SheetHandle.tsx';
import { TaskList } from './TaskList.tsx';
import { playerOf, useLesson, useSceneKeys } from './use-lesson.ts';

/** The open scene of a lesson: beside the figures, or on a phone below them as a sheet that is pulled up and down. */
export default function SceneColumn() {
  const player = playerOf(usePlayground());
  useSceneKeys(player);
  const { lesson, scene, place, fault, missing, phase, trained, done, checked } = useLesson((state) => state);
  const [height, setHeight] = useState<SheetHeight>('half');
  const narrow = useNarrow();
  const content = useRef<HTMLDivElement>(null);
  const title = useId();
  useEffect(() => {
    // A scene is read from its beginning; the focus is on it, so that a screen reader says it.
    if (!scene) return;
    content.current?.scrollTo(0, 0);
    content.current?.querySelector('h2')?.focus({ preventScroll: true });
  }, [scene]);
  return (
    <section
      className={css.column}
      aria-labelledby={title}
      data-height={height}
      data-testid="scene"
      data-phase={phase}
      data-place={place && `${place.lesson}.${place.scene}`}
      data-done={done}
      data-checked={checked}
    >
      {narrow && <SheetHandle height={height} onChange={setHeight} />}
      <div className={css.head}>
        {trained ? (
          <span className={css.training} role="status">
            Being trained first
            <progress value={trained.step} max={trained.of} aria-label="Trained" />
          </span>
        ) : (
          <span className={css.lesson}>{lesson?.title}</span>
        )}
        <IconButton
          label="Leave the lesson"
          hint="Leave the lesson; the page stays as it is, with all its panels"
          icon={<CloseIcon />}
          className={controls.plain}
          onClick={() => leaveLesson(player)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <div ref={content} className={css.content} tabIndex={0}>
        <h2 id={title} className={css.title} tabIndex={-1}>
          {scene?.title ?? (fault ? 'The lesson could not be opened' : 'Opening the lesson…')}
        </h2>
        {fault && (
          <div role="alert" className={css.fault}>
            {missing ? (
              <MissingPart part="The lesson" error={missing} onAgain={() => void player.again()} />
            ) : (
              <p>{fault}</p>
            )}
          </div>
        )}
        {scene && <SceneText key={place?.scene} scene={scene} />}
      </div>
      {lesson && place && <Way lesson={lesson} place={place} />}
    </section>
  );
}

function SceneText({ scene }: { readonly scene: Scene }) {
  const done = useLesson((state) => state.done);
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) said.current?.scrollIntoView({ block: 'nearest' });
  }, [done]);
  return (
    <>
      <Blocks blocks={scene.text} />
      {scene.question && <QuestionBox question={scene.question} />}
      <TaskList tasks={scene.tasks} />
      <div ref={said} aria-live="polite" className={css.after}>
        {done && <Blocks blocks={scene.after} />}
      </div>
    </>
  );
}

function leaveLesson(player: Player): void {
  player.leave();
  focusPage();
}

/** On, back, and to any scene of the lesson. */
function Way({ lesson, place }: { readonly lesson: Lesson; readonly place: LessonPlace }) {
  const player = playerOf(usePlayground());
  const kept = useProgress((state) => state.done);
  const { done } = useLesson(({ done }) => ({ done }));
  const last = place.scene === lesson.scenes.length;
  const next = CATALOGUE.find(({ number }) => number === Number(place.lesson) + 1);
  return (
    <nav className={css.way} aria-label="Scenes">
      <ol className={css.dots}>
        {lesson.scenes.map((scene, i) => (
          <li key={scene.line}>
            <Hint text={`${i + 1}. ${scene.title}`}>
              <button
                type="button"
                className={css.dot}
                aria-label={`Scene ${i + 1}: ${scene.title}`}
                aria-current={place.scene === i + 1 ? 'step' : undefined}
                data-done={kept.includes(`${place.lesson}.${i + 1}`) || undefined}
                onClick={() => player.goTo(i + 1)}
              />
            </Hint>
          </li>
        ))}
      </ol>
      <div className={css.turns}>
        <Button
          className={controls.button}
          why={place.scene === 1 ? 'it is the first scene' : undefined}
          aria-keyshortcuts="ArrowLeft PageUp"
          onClick={player.previous}
        >
          Back
        </Button>
        {last ? (
          <>
            <button type="button" className={controls.button} onClick={() => leaveLesson(player)}>
              Open the page
            </button>
            {next && (
              <a className={css.on} data-done={done || undefined} href={`#lesson=${next.number}`}>
                Lesson {next.number}
                <span className={css.nextTitle}>: {next.title}</span>
              </a>
            )}
          </>
        ) : (
          <button
            type="button"
            className={css.on}
            data-done={done || undefined}
            aria-keyshortcuts="ArrowRight PageDown"
            onClick={player.next}
          >
            Next
          </button>
        )}
      </div>
    </nav>
  );
}
