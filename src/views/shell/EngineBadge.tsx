import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../context.ts';
import css from './EngineBadge.module.css';
import { ENGINE_SHORT, ENGINE_TITLES } from './engine-titles.ts';
import { OnDemand } from './OnDemand.tsx';
import { EngineDetails } from './on-demand.ts';

/** Which engine computes and why; opens what was tried and the choice of another. */
export function EngineBadge() {
  const [open, setOpen] = useState(false);
  const engine = useApp((state) => state.engine);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width="max-content" trapFocus shadow="md">
      <Popover.Target>
        <button type="button" className={css.badge} onClick={() => setOpen(!open)}>
          <span className={css.name}>{engine ? ENGINE_TITLES[engine.engine] : 'starting…'}</span>
          {engine && (
            <span className={css.short} aria-hidden="true">
              {ENGINE_SHORT[engine.engine]}
            </span>
          )}
          {engine && <span className={css.reason}>{engine.reason}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Engine" className={css.dropdown}>
        <OnDemand part="The engine’s details">
          <EngineDetails />
        </OnDemand>
      </Popover.Dropdown>
    </Popover>
  );
}
