import { useId, useRef, useState } from 'react';
import { ownData } from '../../experiments/own-data.ts';
import { MOST_ROWS } from '../../problems/table.ts';
import { MOST_BYTES } from '../../training/data-file.ts';
import { Button } from '../../ui/Button.tsx';
import { usePlayground } from '../context.ts';
import { forgetOpened, openTable, readTable, useOpened } from '../data/open-data.ts';
import { formatCount } from '../format.ts';
import { Columns } from './data/Columns.tsx';
import { InUse } from './data/InUse.tsx';
import shared from './shared/inside.module.css';

/** Brings a table: file or pasted text, how it is read, which columns are learned, and how they are scaled. */
export default function YourData() {
  const { actions } = usePlayground();
  const { sheet, bytes, fault } = useOpened();
  const picker = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  const id = useId();
  return (
    <div className={shared.view} data-testid="your-data">
      <p className={shared.dim} data-introduces>
        The same network, method and settings learn a table of yours: CSV or TSV with one or two inputs and a
        target, up to {formatCount(MOST_ROWS)} rows and {formatCount(MOST_BYTES / 1e6)} MB. It stays in this
        browser: nothing is sent anywhere.
      </p>
      <section className={shared.section} aria-label="Bring a table">
        <div className={shared.row}>
          <button type="button" className={shared.primary} onClick={() => picker.current?.click()}>
            Choose a file…
          </button>
          <span className={shared.dim}>or drop it anywhere on the page</span>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values"
            data-testid="data-file"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file) void openTable({ actions }, file);
            }}
          />
        </div>
        <label htmlFor={id}>Or paste it here, straight from a spreadsheet</label>
        <textarea
          id={id}
          className={shared.note}
          style={{ width: '100%', minHeight: 84 }}
          spellCheck={false}
          autoComplete="off"
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
        <div>
          <Button
            className={shared.quiet}
            why={pasted.trim() === '' ? 'nothing is pasted yet' : undefined}
            onClick={() => readTable('pasted', new TextEncoder().encode(pasted))}
          >
            Read what is pasted
          </Button>
        </div>
        {fault && (
          <p role="alert" className={shared.fault} data-testid="data-fault">
            {fault.name} was not read: {fault.text}. The page is as it was.
          </p>
        )}
      </section>
      {sheet && bytes && (
        <Columns
          key={`${sheet.name} ${bytes.length} ${sheet.separator} ${sheet.headed}`}
          sheet={sheet}
          read={(reading) => readTable(sheet.name, bytes, reading)}
          onLearn={(text) => {
            forgetOpened();
            void actions.set({ experiment: ownData.id, data: text });
          }}
        />
      )}
      <InUse />
    </div>
  );
}
