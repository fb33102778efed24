import type { RefObject } from 'react';
import { CATALOGUE, type LessonHead } from '../../lessons/catalogue.ts';
import type { LessonPlace } from '../../state/presentation.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import menu from '../../ui/menu.module.css';
import { useApp, usePlayground } from '../context.ts';
import css from './LearnMenu.module.css';
import { plainText } from './plain-text.ts';
import { clearProgress, useProgress } from './progress.ts';

interface LearnMenuProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** All lessons with what they are about and how far they are done. */
export default function LearnMenu({ anchor, onClose }: LearnMenuProps) {
  const { app } = usePlayground();
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
      {done.length > 0 && (
        <button type="button" className={menu.item} onClick={clearProgress}>
          <span>Forget my progress</span>
        </button>
      )}
    </Flyout>
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
