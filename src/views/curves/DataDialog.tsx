import { useMemo } from 'react';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/Dialog.tsx';
import { WHY_SPIKES } from '../baseline-words.ts';
import { usePlayground } from '../context.ts';
import { formatCount, formatError } from '../format.ts';
import { loadPart } from '../loading/missing.ts';
import { gridNames, measureName } from '../measures.ts';
import { changeSentence } from '../run-words.ts';
import { describeBaselines } from './baselines.ts';
import css from './DataDialog.module.css';
import { allRows, rowsTable, thinnedRows } from './series.ts';

const MOST_ROWS = 20;

/** The curves as numbers: a table of a few steps, and a file with all of them. */
export default function DataDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const { lane, baselines } = playground;
  // The table shows the moment at which it was opened.
  const { rows, names, changes, without, unmeasured } = useMemo(() => {
    const state = lane.getState();
    const { changes } = state;
    const { shown, report } = baselines.getState();
    const without = shown ? describeBaselines(report) : undefined;
    const unmeasured = state.losses.firstMeasured > 0;
    return {
      rows: allRows(state),
      names: gridNames(state.config, state.data),
      ...{ changes, without, unmeasured },
    };
  }, [lane, baselines]);
  const shown = thinnedRows(rows, MOST_ROWS);
  const save = async () => {
    try {
      const { exportTable } = await loadPart(() => import('../share/export-figure.ts'));
      const name = 'losses and errors of the run';
      await exportTable({}, { name, table: () => rowsTable(rows) }, playground);
    } catch (error) {
      playground.actions.notify('error', error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title="Data of the run" onClose={onClose} size="wide">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label="Table of the run">
        <table className={css.table}>
          <caption>
            {shown.length} of {formatCount(rows.length)} steps. Loss: mean squared error of the step’s batch.
            Errors: relative L2.{unmeasured && ' Of the recorded steps only the errors were kept as numbers.'}
            {changes.length > 0 &&
              ` Begun with ${changes[0].before}; ${changes.map(changeSentence).join(' ')}`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Method</th>
              <th scope="col">Loss</th>
              <th scope="col">Error, {measureName('coarse', names)}</th>
              <th scope="col">Error, {measureName('stated', names)}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.step}>
                <th scope="row">{formatCount(row.step)}</th>
                <td>{row.method}</td>
                <td>{formatError(row.loss)}</td>
                <td>{formatError(row.coarse)}</td>
                <td>{formatError(row.stated)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {without && (
        <p>
          {without} None of these has spikes. {WHY_SPIKES}
        </p>
      )}
      <div className={css.actions}>
        <button type="button" className={controls.button} onClick={() => void save()}>
          Download all {formatCount(rows.length)} steps (CSV)
        </button>
      </div>
    </Dialog>
  );
}
