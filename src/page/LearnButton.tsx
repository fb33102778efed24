import { useCallback, useRef, useState } from 'react';
import { Hint } from '../ui/Hint.tsx';
import menu from '../ui/menu.module.css';
import { LearnMenu } from './on-demand.tsx';

/** Opens the list of lessons. */
export function LearnButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <Hint text="Lessons of three to five minutes, from one neuron on">
        <button
          ref={button}
          type="button"
          className={menu.button}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Learn
        </button>
      </Hint>
      {open && <LearnMenu anchor={button} onClose={close} />}
    </>
  );
}
