import { type ReactNode, useMemo } from 'react';
import { ownData } from '../../../experiments/own-data.ts';
import { useApp, useLane, usePlayground } from '../../context.ts';
import { describeTable, missingTable, samplesOf, unitText } from '../../data/samples-of.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { formatCount } from '../../format.ts';
import shared from '../shared/inside.module.css';
import { Range } from '../shared/Range.tsx';
import { Elsewhere, LinkNote } from './SheetParts.tsx';

/** The table that is learned: where its columns are scaled from, how many rows are for the test, and what a link carries. */
export function InUse() {
  const { actions } = usePlayground();
  const config = useLane((state) => state.config);
  const wanted = missingTable(useApp((state) => state.config));
  const samples = useMemo(() => samplesOf(config), [config]);
  if (wanted !== undefined)
    return (
      <p className={shared.note} role="status" data-testid="data-wanted">
        The table is not here: {describeTable(wanted)}. Open that file to train on it.
      </p>
    );
  if (!samples) return <Elsewhere to={ownData.id} label="Go to your data" />;
  const { table, inputs, target, data } = samples;
  const scaledText = (value: number) => formatNumber((value - (data.offset ?? 0)) / data.unit);
  const scaled: ReactNode[] = [...inputs, target].map((column, k) => (
    <tr key={column.name}>
      <th scope="row">{column.name}</th>
      <td>{k < inputs.length ? 'input' : 'target'}</td>
      <td>{unitText(column.from, column)}</td>
      <td>{unitText(column.to, column)}</td>
      <td>{k < inputs.length ? '−1 to 1' : `${scaledText(column.from)} to ${scaledText(column.to)}`}</td>
    </tr>
  ));
  return (
    <section className={shared.section} aria-label="In use" data-testid="data-in-use">
      <h3>
        In use: {table.name}, {formatCount(table.rows)} rows
      </h3>
      <div className={shared.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Is</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Scaled</th>
            </tr>
          </thead>
          <tbody>{scaled}</tbody>
        </table>
      </div>
      <p className={shared.dim}>
        Axes, output and errors are shown in the table’s own units. An error of 1 is that of saying the mean
        of the rows learned from, which is the target’s 0.
      </p>
      <div className={shared.section}>
        <Range
          label="Test share"
          term="table"
          value={config.testShare}
          min={0.05}
          max={0.9}
          step={0.05}
          format={(share) =>
            `${Math.round(100 * share)} %: ${formatCount(data.test.target.length)} of ${formatCount(table.rows)} rows`
          }
          onChange={(testShare) => void actions.set({ testShare })}
        />
        <Range
          label="Added noise"
          term="table"
          value={config.noise}
          min={0}
          max={2}
          step={0.05}
          format={(noise) => (noise === 0 ? 'none' : `${noise} standard deviations of the target`)}
          onChange={(noise) => void actions.set({ noise })}
        />
      </div>
      <LinkNote data={config.data} what="table" />
    </section>
  );
}
