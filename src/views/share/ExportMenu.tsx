import { useCallback, useEffect, useRef, useState } from 'react';
import type { Table } from '../../io/csv.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import { usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import { onDemand } from '../loading/OnDemand.tsx';
import css from './ExportMenu.module.css';
import type { ExportKind } from './export-figure.ts';
import { type FigureFiles, keepFigure, type ShownFigure } from './figures.ts';
import { useHidden } from './use-hidden.ts';

const TableDialog = onDemand('The table of data', () => import('./TableDialog.tsx'), { floating: true });

interface ExportMenuProps extends FigureFiles {
  /** A table on the page: there is nothing to save as a picture or to show once more. */
  readonly onlyData?: boolean;
}

const KINDS: readonly { kind: ExportKind; label: string }[] = [
  { kind: 'png', label: 'Picture (PNG)' },
  { kind: 'svg', label: 'Drawing (SVG)' },
  { kind: 'csv', label: 'Data (CSV)' },
  { kind: 'csv-comma', label: 'Data, decimal comma (CSV)' },
];
const isData = (kind: ExportKind) => kind === 'csv' || kind === 'csv-comma';

/**
 * Button in a panel, or in an element with `data-figure`: saves the canvases there as a picture, and their data, and shows the
 * data as a table. Where a link leaves exports out, the table is still there: it is how the figure is read without seeing it.
 */
export function ExportMenu({ onlyData = false, ...files }: ExportMenuProps) {
  const { name, table, picture } = files;
  const playground = usePlayground();
  const { actions } = playground;
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const [shown, setShown] = useState<Table>();
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const hidden = useHidden('export');
  const latest = useRef<ShownFigure>(undefined);
  useEffect(() => {
    // A table needs no figure around it.
    latest.current = {
      ...files,
      onlyData,
      place: () => button.current ?? undefined,
      element: () => button.current?.closest('[data-figure], section') ?? document.body,
    };
  });
  useEffect(() => keepFigure(() => latest.current), []);
  if (hidden && (onlyData || !table)) return null;

  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };
  const attempt = async (work: () => Promise<void>) => {
    leave();
    try {
      await work();
    } catch (error) {
      actions.notify('error', error instanceof Error ? error.message : String(error));
    } finally {
      setSaving(false);
    }
  };
  const save = (kind: ExportKind) =>
    attempt(async () => {
      const figure = latest.current;
      if (!figure) return;
      const { exportFigure } = await loadPart(() => import('./export-figure.ts'));
      if (picture && !isData(kind)) {
        setSaving(true);
        await nextFrame();
      }
      await exportFigure(kind, figure, playground);
    });
  const show = () =>
    attempt(async () => {
      const data = await table?.();
      if (!data) throw new Error(`${name}: there are no numbers to show yet`);
      setShown({ ...data, rows: Array.from(data.rows) });
    });

  const hide = () => {
    setShown(undefined);
    button.current?.focus();
  };

  const label = hidden ? `Show data: ${name}` : `Save ${name}`;
  return (
    <>
      {saving && (
        <span role="status" className={css.saving}>
          saving…
        </span>
      )}
      <button
        ref={button}
        type="button"
        className={css.export}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={label}
        onClick={() => (hidden ? void show() : setOpen(!open))}
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
      {open && (
        <Flyout anchor={button} label={`Save ${name}`} align="end" className={css.menu} onClose={close}>
          {KINDS.filter(({ kind }) => (isData(kind) ? table : !onlyData)).map(({ kind, label }) => (
            <button key={kind} type="button" className={css.item} onClick={() => void save(kind)}>
              {label}
            </button>
          ))}
          {table && !onlyData && (
            <button type="button" className={css.item} onClick={() => void show()}>
              Show data
            </button>
          )}
        </Flyout>
      )}
      {shown && <TableDialog name={name} table={shown} onClose={hide} />}
    </>
  );
}

/** Comes when the page has been painted: what follows may hold it up for seconds. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
