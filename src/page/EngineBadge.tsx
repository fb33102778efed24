import { useCallback, useRef, useState } from 'react';
import { Flyout } from '../ui/floating/Flyout.tsx';
import { useApp } from '../views/context.ts';
import css from './EngineBadge.module.css';
import { ENGINE_SHORT, ENGINE_TITLES } from './engine-titles.ts';
import { EngineDetails } from './on-demand.tsx';

/** Which engine computes and why; opens what was tried and the choice of another. */
export function EngineBadge() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const engine = useApp((state) => state.engine);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.badge}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={css.name}>{engine ? ENGINE_TITLES[engine.engine] : 'starting…'}</span>
        {engine && (
          <span className={css.short} aria-hidden="true">
            {ENGINE_SHORT[engine.engine]}
          </span>
        )}
        {engine && <span className={css.reason}>{engine.reason}</span>}
      </button>
      {open && (
        <Flyout anchor={button} label="Engine" align="end" className={css.dropdown} onClose={close}>
          <EngineDetails />
        </Flyout>
      )}
    </>
  );
}
