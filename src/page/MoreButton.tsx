import { useRef, useState } from 'react';
import controls from '../ui/controls.module.css';
import { Hint } from '../ui/Hint.tsx';
import { useApp } from '../views/context.ts';
import { BAR_FIELDS } from '../views/settings/field-groups.ts';
import { MorePanel } from './on-demand.tsx';

/** Opens the panel with every other setting; says how many of them are pinned. */
export function MoreButton() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const pinned = useApp(
    (state) => Object.keys(state.pinned).filter((name) => !(BAR_FIELDS as string[]).includes(name)).length,
  );
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className={controls.group}>
      <span className={controls.label}>{pinned > 0 ? `${pinned} pinned` : '\u00a0'}</span>
      <Hint text="Every other setting: network, optimiser, batch, data">
        <button
          ref={button}
          type="button"
          className={controls.button}
          aria-expanded={open}
          aria-controls={open ? 'settings' : undefined}
          onClick={() => setOpen(!open)}
        >
          more…
        </button>
      </Hint>
      {open && <MorePanel onClose={close} />}
    </div>
  );
}
