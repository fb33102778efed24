import { type RefObject, useRef } from 'react';
import { CATALOGUE, type LessonHead } from '../../lessons/catalogue.ts';
import type { LessonPlace } from '../../state/presentation.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import menu from '../../ui/menu.module.css';
import { useApp, usePlayground } from '../context.ts';
import { addView } from './add-view.ts';
import css from './LearnMenu.module.css';
import { openLessonFile } from './open-file.ts';
import { printLesson, writeLessons } from './own-lesson.ts';
import { plainText } from './plain-text.ts';
import { clearProgress, useProgress } from './progress.ts';
import { playerOf } from './use-lesson.ts';

interface LearnMenuProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** All lessons with what they are about and how far they are done. */
export default function LearnMenu({ anchor, onClose }: LearnMenuProps) {
  const playground = usePlayground();
  const { app, actions } = playground;
  const picker = useRef<HTMLInputElement>(null);
  const open = useApp((state) => state.presentation.lesson?.lesson);
  const done = useProgress((state) => state.done);
  const go = (lesson: LessonPlace) => {
    onClose();
    app.setState({ presentation: { ...app.getState().presentation, lesson } });
  };
  return (
    <Flyout anchor={anchor} label="Lessons" align="start" className={css.menu} onClose={onClose}>
      <ol className={css.lessons}>
        {CATALOGUE.map((head) => (
          <li key={head.number}>
            <button
              type="button"
              className={menu.item}
              aria-current={head.number === open || undefined}
              onClick={() => go({ lesson: head.number, scene: nextScene(head, done) })}
            >
              <strong>
                {head.number}. {head.title}
                <Done head={head} done={done} />
              </strong>
              <span>{plainText(head.about)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className={css.more}>
        <More
          name="The neuron lab"
          words="One neuron to play with, without a lesson"
          onClick={() => {
            if (open !== undefined) playerOf(playground).leave();
            actions.setLab({ name: 'neuron', settings: '' });
            onClose();
          }}
        />
        <More
          name="Open a lesson’s file…"
          words="A Markdown file, as the page saves it; it can be dropped on the page too"
          onClick={() => picker.current?.click()}
        />
        <More
          name="Make a lesson"
          words="Scenes from what the page shows, with your own words and questions"
          onClick={() => {
            writeLessons(true);
            onClose();
          }}
        />
        <More
          name="Add this view as a scene"
          words="What the page shows now becomes the next scene of your lesson"
          onClick={() => {
            addView(playground);
            onClose();
          }}
        />
        {open !== undefined && (
          <More
            name="Print this lesson"
            words="Its questions and tasks with boxes, and notes for the teacher"
            onClick={() => {
              printLesson(playerOf(playground).store.getState().lesson);
              onClose();
            }}
          />
        )}
        {done.length > 0 && (
          <More
            name="Forget my progress"
            words="Scenes that are done, and votes that were counted, kept in this browser"
            onClick={clearProgress}
          />
        )}
      </div>
      <input
        ref={picker}
        type="file"
        accept=".md,text/markdown"
        hidden
        data-testid="lesson-file"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) void openLessonFile(playground, file);
          onClose();
        }}
      />
    </Flyout>
  );
}

interface MoreProps {
  readonly name: string;
  readonly words: string;
  readonly onClick: () => void;
}

function More({ name, words, onClick }: MoreProps) {
  return (
    <button type="button" className={menu.item} onClick={onClick}>
      <strong>{name}</strong>
      <span>{words}</span>
    </button>
  );
}

function Done({ head, done }: { readonly head: LessonHead; readonly done: readonly string[] }) {
  const scenes = doneOf(head, done);
  if (scenes === 0) return null;
  const all = head.scenes.length;
  return <span className={css.done}>{scenes === all ? '✓ done' : `${scenes} of ${all}`}</span>;
}

const doneOf = ({ number, scenes }: LessonHead, done: readonly string[]) =>
  scenes.filter((_, i) => done.includes(`${number}.${i + 1}`)).length;

/** The first scene that is not done; the first of all once all are. */
function nextScene({ number, scenes }: LessonHead, done: readonly string[]): number {
  const at = scenes.findIndex((_, i) => !done.includes(`${number}.${i + 1}`));
  return at < 0 ? 1 : at + 1;
}
