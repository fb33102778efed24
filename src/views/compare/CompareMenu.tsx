import { useCallback, useRef, useState } from 'react';
import { type ComparisonPreset, comparisonPresets } from '../../state/comparison-presets.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import { Hint } from '../../ui/Hint.tsx';
import menu from '../../ui/menu.module.css';
import { useApp, usePlayground } from '../context.ts';
import css from './CompareMenu.module.css';

/** The button “Compare” and what it offers. */
export function CompareMenu() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const { actions } = usePlayground();
  const config = useApp((state) => state.config);
  const presets = open ? comparisonPresets(config) : [];
  const item = (preset: ComparisonPreset) => (
    <button
      key={preset.id}
      type="button"
      className={menu.item}
      data-testid={`compare-${preset.id}`}
      onClick={() => {
        setOpen(false);
        button.current?.focus();
        void actions.compare(preset);
      }}
    >
      <strong>{preset.label}</strong>
      <span>{preset.help}</span>
    </button>
  );
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
      {open && (
        <Flyout
          anchor={button}
          label="Compare"
          align="start"
          className={`${menu.dropdown} ${css.dropdown}`}
          onClose={close}
        >
          <div>
            <p className={css.title}>The paper’s methods</p>
            {presets.filter(({ beyond }) => !beyond).map(item)}
          </div>
          <div className={css.beyond}>
            <p className={css.title}>Beyond the paper</p>
            {presets.filter(({ beyond }) => beyond).map(item)}
          </div>
        </Flyout>
      )}
    </>
  );
}
