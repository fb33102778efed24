import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import { useLayer } from '../layers.ts';
import css from './floating.module.css';
import { floatingHost, type Placement, usePlaced } from './use-placed.ts';

interface FlyoutProps extends Placement {
  /** What it stands beside. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly onClose: () => void;
  /** Stays open when something else is pressed. */
  readonly lasting?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

/** A small panel over the page beside the control that opened it. Holds the focus until Escape or a press elsewhere. */
export function Flyout({ anchor, label, onClose, lasting, className, children, ...placement }: FlyoutProps) {
  const panel = usePlaced<HTMLDivElement>(anchor, placement);
  useLayer(onClose);
  useLayoutEffect(() => {
    const element = panel.current;
    const before = document.activeElement as HTMLElement | null;
    (element?.querySelector<HTMLElement>(FOCUSABLE) ?? element)?.focus();
    return () => {
      if (element?.contains(document.activeElement)) before?.focus();
    };
  }, [panel]);
  useEffect(() => {
    if (lasting) return;
    const onPointerDown = ({ target }: PointerEvent) => {
      const own = panel.current?.contains(target as Node) || anchor.current?.contains(target as Node);
      if (!own) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [anchor, panel, lasting, onClose]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // A dialog opened from here hears its keys itself, though it stands elsewhere in the page.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Tab') {
      const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
      const at = stops.indexOf(document.activeElement as HTMLElement);
      const last = event.shiftKey ? 0 : stops.length - 1;
      if (stops.length > 0 && at !== last && at >= 0) return;
      event.preventDefault();
      stops[event.shiftKey ? stops.length - 1 : 0]?.focus();
    }
  };
  return createPortal(
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      popover="manual"
      tabIndex={-1}
      className={`${css.flyout} ${className ?? ''}`}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>,
    floatingHost(anchor),
  );
}
