import { useCallback, useRef, useState } from 'react';
import type { Table } from '../../io/csv.ts';
import { usePlayground } from '../context.ts';
import { Flyout } from '../shell/floating/Flyout.tsx';
import type { ExportKind } from './export-figure.ts';
import css from './share.module.css';
import { useHidden } from './use-hidden.ts';

export interface ExportMenuProps {
  /** What the figure shows: part of the files' names. */
  readonly name: string;
  /** The numbers behind the figure, made when they are asked for; undefined while there are none. */
  readonly table?: () => Table | undefined;
  /** Makes the picture where it is no canvas of the page's own. */
  readonly picture?: (kind: 'png' | 'svg') => Promise<Blob>;
}

const KINDS: readonly { kind: ExportKind; label: string }[] = [
  { kind: 'png', label: 'Picture (PNG)' },
  { kind: 'svg', label: 'Drawing (SVG)' },
  { kind: 'csv', label: 'Data (CSV)' },
];

/** Button in a panel, or in an element with `data-figure`: saves the canvases there as a picture, and their data. */
export function ExportMenu({ name, table, picture }: ExportMenuProps) {
  const { actions } = usePlayground();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const hidden = useHidden('export');
  if (hidden) return null;

  const save = async (kind: ExportKind) => {
    setOpen(false);
    button.current?.focus();
    try {
      const element = button.current?.closest('[data-figure], section');
      if (!element) throw new Error(`${name}: there is no figure to save`);
      const { exportFigure } = await import('./export-figure.ts');
      const made = kind === 'csv' ? table?.() : undefined;
      await exportFigure(kind, { name, element, table: made && (() => made), picture });
    } catch (error) {
      actions.notify('error', error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.export}
        aria-label={`Save ${name}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={`Save ${name}`}
        onClick={() => setOpen(!open)}
      >
        <svg width="16" height="16" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M10 3v9M6.5 8.8L10 12.3l3.5-3.5M4 16.5h12" className={css.stroke} />
        </svg>
      </button>
      {open && (
        <Flyout anchor={button} label={`Save ${name}`} align="end" className={css.menu} onClose={close}>
          {KINDS.filter(({ kind }) => kind !== 'csv' || table).map(({ kind, label }) => (
            <button key={kind} type="button" className={css.item} onClick={() => void save(kind)}>
              {label}
            </button>
          ))}
        </Flyout>
      )}
    </>
  );
}
