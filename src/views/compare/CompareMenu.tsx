import { Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import { type ComparisonPreset, comparisonPresets } from '../../state/comparison-presets.ts';
import { useApp, usePlayground } from '../context.ts';
import menu from '../inside/frame/InsideMenu.module.css';
import css from './CompareMenu.module.css';

/** The button “Compare” and what it offers. */
export function CompareMenu() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
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
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={320} trapFocus shadow="md">
      <Popover.Target>
        <button ref={button} type="button" className={menu.button} onClick={() => setOpen(!open)}>
          Compare
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Compare" className={`${menu.dropdown} ${css.dropdown}`}>
        {open && (
          <>
            {presets.filter(({ beyond }) => !beyond).map(item)}
            <p className={css.beyond}>Beyond the paper</p>
            {presets.filter(({ beyond }) => beyond).map(item)}
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
