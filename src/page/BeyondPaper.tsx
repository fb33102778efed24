import { useCallback, useRef, useState } from 'react';
import { refusedValues } from '../training/config.ts';
import { Flyout } from '../ui/floating/Flyout.tsx';
import menu from '../ui/menu.module.css';
import { useApp } from '../views/context.ts';
import { GRADIENT_OPTIONS } from '../views/methods/words/all.ts';
import { useMethodChange } from '../views/shell/use-method-change.ts';
import css from './BeyondPaper.module.css';

/** Button beside the gradient toggle: methods beyond the paper. */
export function BeyondPaper() {
  const change = useMethodChange();
  const config = useApp((state) => state.config);
  const refused = refusedValues('gradient', config);
  const offered = GRADIENT_OPTIONS.filter(({ name, value }) => name && !refused.includes(value));
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.beyond}
        aria-label="Methods beyond the paper"
        aria-haspopup="dialog"
        aria-expanded={open}
        title="Methods beyond the paper"
        data-testid="beyond"
        onClick={() => setOpen(!open)}
      >
        *
      </button>
      {open && (
        <Flyout
          anchor={button}
          label="Methods beyond the paper"
          align="start"
          className={menu.dropdown}
          onClose={close}
        >
          {offered.map(({ value, name, hint }) => (
            <button
              key={value}
              type="button"
              className={menu.item}
              aria-current={value === config.gradient ? true : undefined}
              onClick={() => {
                setOpen(false);
                void change({ gradient: value });
              }}
            >
              <strong>{name}</strong>
              <span>{hint}</span>
            </button>
          ))}
        </Flyout>
      )}
    </>
  );
}
