import { useCallback, useEffect, useRef, useState } from 'react';
import { Hint } from '../ui/Hint.tsx';
import menu from '../ui/menu.module.css';
import { idle, LearnMenu, LessonTools } from './on-demand.tsx';

/** Opens the list of lessons. */
export function LearnButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  // Lessons that are dropped on the page are opened as soon as it has nothing better to do.
  const [tools, setTools] = useState(false);
  useEffect(() => {
    idle()
      .then(LessonTools.prefetch)
      .then(() => setTools(true))
      .catch(() => undefined);
  }, []);
  return (
    <>
      <Hint text="Lessons of three to five minutes, from one neuron on">
        <button
          ref={button}
          type="button"
          className={menu.button}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => {
            setTools(true);
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
