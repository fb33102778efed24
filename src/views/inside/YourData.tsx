import { useId, useRef, useState } from 'react';
import { forecastExperiment } from '../../experiments/forecast.ts';
import { ownData } from '../../experiments/own-data.ts';
import { MOST_ROWS } from '../../problems/table.ts';
import { MOST_BYTES, type Sheet } from '../../training/data-file.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useApp, usePlayground } from '../context.ts';
import {
  defaultUse,
  forgetOpened,
  openTable,
  readFor,
  readTable,
  type Use,
  useOpened,
} from '../data/open-data.ts';
import { formatCount } from '../format.ts';
import { Columns } from './data/Columns.tsx';
import { InUse } from './data/InUse.tsx';
import { SeriesColumns } from './data/SeriesColumns.tsx';
import { SeriesInUse } from './data/SeriesInUse.tsx';
import shared from './shared/inside.module.css';

/** Brings a table: file or pasted text, how it is read, which columns are learned, and how they are scaled. */
export default function YourData() {
  const { actions, app } = usePlayground();
  const { sheet, bytes, fault, use: chosen } = useOpened();
  const shown = useApp(({ config }) => defaultUse(config));
  const use = chosen ?? shown;
  const picker = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  const id = useId();
  return (
    <div className={shared.view} data-testid="your-data">
      <p className={shared.dim} data-introduces>
        The same network, method and settings learn a table of yours, one or two inputs and a target, or
        forecast a series, times and values or values alone: CSV or TSV, up to {formatCount(MOST_ROWS)} rows
        and {formatCount(MOST_BYTES / 1e6)} MB. It stays in this browser: nothing is sent anywhere.
      </p>
      <section className={shared.section} aria-label="Bring a table">
        <Segmented<Use>
          label="It is"
          value={use}
          options={[
            { value: 'table', label: 'a table to learn' },
            { value: 'series', label: 'a series to forecast' },
          ]}
          onChange={readFor}
        />
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
              if (file) void openTable({ actions, app }, file);
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
            onClick={() => readTable('pasted', new TextEncoder().encode(pasted), use)}
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
      {sheet && bytes && use === 'table' && (
        <Columns
          key={keyOf(sheet, bytes)}
          sheet={sheet}
          read={(reading) => readTable(sheet.name, bytes, use, reading)}
          onLearn={(text) => {
            forgetOpened();
            void actions.set({ experiment: ownData.id, data: text });
          }}
        />
      )}
      {sheet && bytes && use === 'series' && (
        <SeriesColumns
          key={keyOf(sheet, bytes)}
          sheet={sheet}
          read={(reading) => readTable(sheet.name, bytes, use, reading)}
          onForecast={(text) => {
            forgetOpened();
            void actions.set({ experiment: forecastExperiment.id, series: 'own', data: text });
          }}
        />
      )}
      {use === 'series' ? <SeriesInUse /> : <InUse />}
    </div>
  );
}

/** Columns are chosen anew where a file is read in another way. */
const keyOf = ({ name, separator, headed }: Sheet, bytes: Uint8Array) =>
  `${name} ${bytes.length} ${separator} ${headed}`;
