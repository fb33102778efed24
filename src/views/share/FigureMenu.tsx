import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Table } from '../../io/csv.ts';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import { usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import { DecimalComma } from './DecimalComma.tsx';
import type { PictureKind } from './export-figure.ts';
import css from './FigureMenu.module.css';
import type { NamedTable, ShownFigure } from './figures.ts';
import TableDialog from './TableDialog.tsx';

const PICTURES = [
  { kind: 'png', label: 'Picture (PNG)' },
  { kind: 'svg', label: 'Drawing (SVG)' },
] as const;

interface FigureMenuProps {
  readonly figure: RefObject<ShownFigure | undefined>;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  /** Nothing is saved: the table is shown at once. */
  readonly onlyTable: boolean;
  readonly onClose: () => void;
}

/** What can be saved of a figure, and its data as a table. */
export default function FigureMenu({ figure, anchor, onlyTable, onClose }: FigureMenuProps) {
  const playground = usePlayground();
  const [state, setState] = useState<'menu' | 'working' | 'saving'>(onlyTable ? 'working' : 'menu');
  const [shown, setShown] = useState<Table>();
  const { name, table, also, picture, onlyData } = figure.current ?? { name: '' };

  const attempt = async (work: () => Promise<void>) => {
    setState('working');
    anchor.current?.focus();
    try {
      await work();
    } catch (error) {
      playground.actions.notify('error', error instanceof Error ? error.message : String(error));
      onClose();
    }
  };
  const savePicture = (kind: PictureKind) =>
    attempt(async () => {
      const { exportPicture } = await loadPart(() => import('./export-figure.ts'));
      if (picture) {
        setState('saving');
        await nextFrame();
      }
      if (figure.current) await exportPicture(kind, figure.current, playground);
      onClose();
    });
  const saveData = (named: NamedTable) =>
    attempt(async () => {
      const { exportTable } = await loadPart(() => import('./export-figure.ts'));
      await exportTable(figure.current ?? {}, named, playground);
      onClose();
    });
  const show = () =>
    attempt(async () => {
      const data = await table?.();
      if (!data) throw new Error(`${name}: there are no numbers to show yet`);
      setShown({ ...data, rows: Array.from(data.rows) });
    });
  const begin = useRef(onlyTable ? show : undefined);
  useEffect(() => void begin.current?.(), []);

  if (shown) return <TableDialog name={name} table={shown} onClose={onClose} />;
  if (state === 'saving')
    return (
      <span role="status" className={css.saving}>
        saving…
      </span>
    );
  if (state === 'working') return null;
  return (
    <Flyout anchor={anchor} label={`Save ${name}`} align="end" className={css.menu} onClose={onClose}>
      {!onlyData &&
        PICTURES.map(({ kind, label }) => (
          <button key={kind} type="button" className={css.item} onClick={() => void savePicture(kind)}>
            {label}
          </button>
        ))}
      {table && (
        <button type="button" className={css.item} onClick={() => void saveData({ name, table })}>
          Data (CSV)
        </button>
      )}
      {also?.().map((one) => (
        <button key={one.name} type="button" className={css.item} onClick={() => void saveData(one)}>
          Data: {one.name} (CSV)
        </button>
      ))}
      {table && !onlyData && (
        <button type="button" className={css.item} onClick={() => void show()}>
          Show data
        </button>
      )}
      {table && <DecimalComma className={css.item} />}
    </Flyout>
  );
}

/** Comes when the page has been painted: what follows may hold it up for seconds. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
