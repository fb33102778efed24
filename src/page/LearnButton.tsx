import { useCallback, useEffect, useRef, useState } from 'react';
import { Hint } from '../ui/Hint.tsx';
import menu from '../ui/menu.module.css';
import { usePlayground } from '../views/context.ts';
import { openDropped } from './dropped-files.ts';
import { idle, LearnMenu, LessonTools } from './on-demand.tsx';
import { useShellState } from './shell-state.ts';

const showTools = () => useShellState.setState({ lessons: true });

/** Opens the list of lessons. */
export function LearnButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const playground = usePlayground();
  useEffect(() => openDropped(playground), [playground]);
  const tools = useShellState((state) => state.lessons);
  useEffect(() => {
    idle()
      .then(LessonTools.prefetch)
      .then(showTools)
      .catch(() => undefined);
  }, []);
  return (
    <>
      <Hint text="Lessons of three to five minutes, from one neuron on">
        <button
          ref={button}
          type="button"
          className={menu.button}
          data-learn
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => {
            showTools();
            setOpen(!open);
          }}
        >
          Learn
        </button>
      </Hint>
      {tools && <LessonTools />}
      {open && <LearnMenu anchor={button} onClose={close} />}
    </>
  );
}
