import { Popover } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useApp, usePlayground } from '../../context.ts';
import { INSIDE } from '../index.ts';
import css from './InsideMenu.module.css';

const InsideDrawer = lazy(() => import('./InsideDrawer.tsx'));

/** The button “Look inside”, its list of views, and the drawer of the view that is open. */
export function InsideMenu() {
  const [listed, setListed] = useState(false);
  const { actions } = usePlayground();
  const open = useApp((state) => state.presentation.inside);
  const button = useRef<HTMLButtonElement>(null);
  const view = INSIDE.find(({ id }) => id === open);
  const close = () => {
    actions.look(undefined);
    button.current?.focus();
  };
  return (
    <>
      <Popover opened={listed} onChange={setListed} position="bottom-start" width={320} trapFocus shadow="md">
        <Popover.Target>
          <button ref={button} type="button" className={css.button} onClick={() => setListed(!listed)}>
            Look inside
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Look inside" className={css.dropdown}>
          {INSIDE.map(({ id, label, description }) => (
            <button
              key={id}
              type="button"
              className={css.item}
              aria-current={id === open ? true : undefined}
              data-testid={`inside-${id}`}
              onClick={() => {
                setListed(false);
                actions.look(id);
              }}
            >
              <strong>{label}</strong>
              <span>{description}</span>
            </button>
          ))}
        </Popover.Dropdown>
      </Popover>
      {view &&
        createPortal(
          <Suspense>
            <InsideDrawer key={view.id} view={view} onClose={close} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
