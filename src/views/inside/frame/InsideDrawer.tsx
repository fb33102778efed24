import { useEffect, useRef } from 'react';
import type { InsideName } from '../../../state/presentation.ts';
import controls from '../../../ui/controls.module.css';
import { IconButton } from '../../../ui/IconButton.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { useLayer } from '../../../ui/layers.ts';
import { INSIDE } from '../index.ts';
import { InsideContent } from './InsideContent.tsx';
import css from './InsideDrawer.module.css';

export interface InsideDrawerProps {
  readonly name: InsideName;
  readonly onClose: () => void;
}

/** Lies over the right side of the page and leaves the rest at work: training can be watched and steered beside it. */
export default function InsideDrawer({ name, onClose }: InsideDrawerProps) {
  const view = INSIDE.find(({ id }) => id === name);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useLayer(onClose);
  if (!view) return null;
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby="inside-title"
      className={css.drawer}
      style={{ width: `min(${view.width}px, 100%)` }}
      data-testid="inside"
      onKeyDown={(event) => {
        // Not a key pressed in a dialog opened from here.
        const own = event.currentTarget.contains(event.target as Node);
        if (event.key === 'Escape' && own && !event.defaultPrevented) onClose();
      }}
    >
      <div className={css.head}>
        <h2 id="inside-title">{view.label}</h2>
        <IconButton label="Close" icon={<CloseIcon />} className={controls.plain} onClick={onClose} />
      </div>
      <div className={css.scroll}>
        <InsideContent view={view} />
      </div>
    </aside>
  );
}
