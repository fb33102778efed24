import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import css from './floating.module.css';
import { floatingHost, usePlaced } from './use-placed.ts';
import type { TipState } from './use-tip.ts';

interface TipProps {
  readonly state: TipState;
  readonly children: ReactNode;
}

/** The tooltip itself. The pointer may move onto it; Escape or a press elsewhere closes it. */
export function Tip({ state, children }: TipProps) {
  const { id, anchor, close, enter, leave } = state;
  const tip = usePlaced<HTMLDivElement>(anchor, {});
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Only the explanation closes, not the dialog around it: browsers close that one unless the key is taken.
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    const onPointerDown = (event: PointerEvent) => {
      if (!anchor.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, [anchor, close]);
  return createPortal(
    <div
      ref={tip}
      id={id}
      role="tooltip"
      popover="manual"
      className={css.tip}
      onPointerEnter={enter}
      onPointerLeave={leave}
    >
      {children}
    </div>,
    floatingHost(anchor),
  );
}
