import type { RefObject } from 'react';
import { Flyout } from '../../../ui/floating/Flyout.tsx';
import menu from '../../../ui/menu.module.css';
import { useApp, usePlayground } from '../../context.ts';
import { INSIDE } from '../index.ts';

interface InsideListProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Everything behind “Look inside”, with what is to be seen there. */
export default function InsideList({ anchor, onClose }: InsideListProps) {
  const { actions } = usePlayground();
  const open = useApp((state) => state.presentation.inside);
  return (
    <Flyout anchor={anchor} label="Look inside" align="start" className={menu.dropdown} onClose={onClose}>
      {INSIDE.map(({ id, label, description }) => (
        <button
          key={id}
          type="button"
          className={menu.item}
          aria-current={id === open ? true : undefined}
          data-testid={`inside-${id}`}
          onClick={() => {
            onClose();
            actions.look(id);
          }}
        >
          <strong>{label}</strong>
          <span>{description}</span>
        </button>
      ))}
    </Flyout>
  );
}
