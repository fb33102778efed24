import { useState } from 'react';
import { EXPERIMENTS } from '../../experiments/table.ts';
import measured from '../../lessons/measured.json';
import type { MethodResult } from '../../lessons/measured.ts';
import { describeCloseness } from '../../training/closeness.ts';
import type { ExperimentName } from '../../training/config.ts';
import { configStanding } from '../../training/paper.ts';
import { resolveConfig } from '../../training/presets.ts';
import { TABLE_METHODS } from '../../training/table-methods.ts';
import { useLane, usePlayground } from '../context.ts';
import { WORDS } from '../experiments/all.ts';
import { useSpoken } from '../methods/use-spoken.ts';
import { NOT_IN_PAPER, whyNoFigure } from '../run-words.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import css from './PaperTable.module.css';
import shared from './shared/inside.module.css';
import { Dependence } from './table/Dependence.tsx';
import { paperTableData } from './table/export.ts';
import { MethodTable } from './table/MethodTable.tsx';
import { columnsOf, figureIn, groupsOf, inColumns } from './table/table-rows.ts';
import { columnName } from './table/words.ts';

const MEASURED = measured as readonly MethodResult[];

/** In what a method's kept runs are not in the paper's setting; the method first. */
function settingsApart(result: MethodResult | undefined): string[] {
  const row = result && TABLE_METHODS[result.experiment].find(({ name }) => name === result.method);
  if (!row) return [];
  const { experiment, recipe, boundary, steps, K } = result;
  const own = { ...(boundary && { boundary }), ...(steps && { steps }), ...(K && { K }) };
  const config = resolveConfig({ experiment, recipe, ...row.pins, ...own });
  return whyNoFigure(configStanding(config)).map((why) => `${result.method}: ${why}`);
}

/** The paper's figures beside ours: medians and ranges of the committed runs, each method a click away. */
export default function PaperTable() {
  const { actions } = usePlayground();
  const say = useSpoken();
  const experiment: ExperimentName = useLane((lane) => lane.config.experiment);
  const { operator, paper } = EXPERIMENTS[experiment];
  const { boundary } = WORDS[experiment];
  const [details, setDetails] = useState(false);
  const shown = inColumns(experiment, MEASURED);
  const columns = columnsOf(shown);
  const groups = groupsOf(experiment, shown);
  const runs = [...new Set(shown.map((row) => row.runs))].sort((a, b) => a - b);
  const claims = shown.flatMap((row) =>
    row.closeness ? [{ column: columnName(row), closeness: row.closeness }] : [],
  );
  const notes = columns.flatMap((column) => {
    const apart = new Set(
      groups.flatMap(({ rows }) => rows.flatMap((row) => settingsApart(figureIn(column, row)))),
    );
    return apart.size > 0
      ? [`In “${columnName(column)}” the paper’s setting differs. ${[...apart].join('; ')}.`]
      : [];
  });
  return (
    <div className={shared.view} data-testid="paper-table">
      <p className={shared.dim}>
        Relative L2 error after training. Ours: median and [least, greatest] of {runs.join(' or ')} runs that
        differ in their seeds; made by <code>npm run results</code>, not in this browser, and kept in the
        repository with every setting. {paper ? 'The paper states one figure a method' : NOT_IN_PAPER}
        {paper && Object.keys(paper.figures).length === 0 && ', and for this experiment pictures only'}. Press
        a method to train it here. A dash: not in the paper, or no runs of it are kept.
      </p>
      {boundary && <p className={shared.dim}>{boundary}</p>}
      {shown.length === 0 && <p>No runs of this experiment have been measured and kept yet.</p>}
      <div className={shared.row}>
        <label className={shared.row}>
          <input
            type="checkbox"
            checked={details}
            onChange={(event) => setDetails(event.currentTarget.checked)}
          />
          Steps, K{operator && ', pooled errors'}
        </label>
        <span className={css.spacer} />
        <ExportMenu name="paper table" table={() => paperTableData(experiment, MEASURED)} onlyData />
      </div>
      <MethodTable experiment={experiment} columns={columns} groups={groups} details={details} />
      {details && operator && (
        <p className={shared.dim}>
          Large: mean over the test functions of each one’s error. Pooled: all test functions at once, where
          small solutions hardly count.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={shared.dim}>
          {say(note)}
        </p>
      ))}
      <p>
        <button type="button" className={shared.quiet} onClick={() => actions.look('choices')}>
          What the paper leaves open, and what is chosen here
        </button>
      </p>
      <ul className={css.claims}>
        {claims.map(({ column, closeness }) => (
          <li key={`${column} ${closeness.surrogate}`}>
            {say(describeCloseness(closeness))} ({column}).
          </li>
        ))}
      </ul>
      <Dependence experiment={experiment} results={MEASURED} />
    </div>
  );
}
