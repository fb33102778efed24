import { useCallback, useRef, useState } from 'react';
import { Hint } from '../../ui/Hint.tsx';
import menu from '../../ui/menu.module.css';
import { onDemand } from '../loading/OnDemand.tsx';

/** Fetched with the page's other parts, so that it opens at once. */
export const CompareList = onDemand('The comparisons', () => import('./CompareList.tsx'), { floating: true });

/** The button “Compare” and what it offers. */
export function CompareMenu() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <Hint text="Methods side by side on the same data, seeds and budget">
        <button
          ref={button}
          type="button"
          className={menu.button}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Compare
        </button>
      </Hint>
      {open && <CompareList anchor={button} onClose={close} />}
    </>
  );
}
