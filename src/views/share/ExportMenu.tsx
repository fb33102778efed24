import { useCallback, useEffect, useRef, useState } from 'react';
import { onDemand } from '../loading/OnDemand.tsx';
import css from './ExportMenu.module.css';
import { type FigureFiles, keepFigure, type ShownFigure } from './figures.ts';
import { useHidden } from './use-hidden.ts';

const FigureMenu = onDemand('What saves the figure', () => import('./FigureMenu.tsx'), { floating: true });

interface ExportMenuProps extends FigureFiles {
  /** A table on the page: there is nothing to save as a picture or to show once more. */
  readonly onlyData?: boolean;
}

/**
 * Button in a panel, or in an element with `data-figure`: saves the canvases there as a picture, and their data, and shows the
 * data as a table. Where a link leaves exports out, the table is still there: it is how the figure is read without seeing it.
 */
export function ExportMenu({ onlyData = false, ...files }: ExportMenuProps) {
  const { name, table } = files;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hidden = useHidden('export');
  const latest = useRef<ShownFigure>(undefined);
  useEffect(() => {
    // A table needs no figure around it.
    latest.current = {
      ...files,
      onlyData,
      place: () => button.current ?? undefined,
      elements: () =>
        files.within?.() ?? [button.current?.closest('[data-figure], section') ?? document.body],
    };
  });
  useEffect(() => keepFigure(() => latest.current), []);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  if (hidden && (onlyData || !table)) return null;

  const label = hidden ? `Show data: ${name}` : `Save ${name}`;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.export}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <svg width="16" height="16" viewBox="0 0 20 20" aria-hidden="true">
          <path
            d={
              hidden
                ? 'M3 4.5h14v11H3zM3 8.2h14M3 11.8h14M8 4.5v11'
                : 'M10 3v9M6.5 8.8L10 12.3l3.5-3.5M4 16.5h12'
            }
            className={css.stroke}
          />
        </svg>
      </button>
      {open && <FigureMenu figure={latest} anchor={button} onlyTable={hidden} onClose={close} />}
    </>
  );
}
