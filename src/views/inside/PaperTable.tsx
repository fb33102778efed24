import measured from '../../lessons/measured.json';
import type { Measured } from '../../lessons/measured.ts';
import { describeCloseness } from '../../training/closeness.ts';
import { type Config, type ExperimentName, methodName } from '../../training/config.ts';
import { paperFigure, resolveConfig } from '../../training/presets.ts';
import { useLane, usePlayground } from '../context.ts';
import { formatCount, formatError } from '../format.ts';
import { ExportMenu } from '../share/ExportMenu.tsx';
import shared from './shared/inside.module.css';
import css from './table/table.module.css';

type Method = Pick<Config, 'surrogate' | 'gradient' | 'scope' | 'localLosses' | 'flipout'>;
const method = (
  surrogate: 'SG' | 'WSG',
  gradient: Config['gradient'],
  scope: Config['scope'],
  localLosses = false,
  flipout = false,
): Method => ({
  surrogate,
  gradient,
  scope,
  localLosses,
  flipout,
});

const ROWS: readonly Method[] = [
  method('SG', 'BP', 'L'),
  method('WSG', 'BP', 'L'),
  method('SG', 'RFG', 'G'),
  method('WSG', 'RFG', 'G'),
  method('SG', 'RFG', 'L'),
  method('WSG', 'RFG', 'L'),
];
const LOCAL_ROWS: readonly Method[] = [
  method('SG', 'BP', 'L', true),
  method('WSG', 'BP', 'L', true),
  method('SG', 'RFG', 'L', true),
  method('WSG', 'RFG', 'L', true),
];

/** Shown where runs of them have been kept. */
const BEYOND_THE_PAPER: readonly Method[] = [
  method('SG', 'RFG', 'A'),
  method('SG', 'RFG', 'G', false, true),
  method('SG', 'RFG', 'L', false, true),
  method('SG', 'RF', 'L'),
  method('SG', 'ANN', 'L'),
];

/** What stands over a column of ours. */
function columnName({ experiment, recipe, boundary }: Measured): string {
  const name = recipe === 'paper' ? 'ours, K = 1' : 'ours, tuned';
  return experiment === 'hat' ? name : `${name}, ${boundary} boundary`;
}

/** The paper's figures beside ours: medians and ranges of the committed runs, each method a click away. */
export default function PaperTable() {
  const { actions } = usePlayground();
  const experiment: ExperimentName = useLane((lane) => lane.config.experiment);
  const ours = (measured as Measured[]).filter((row) => row.experiment === experiment);
  const paperFirst = [...ours].sort((a, b) => Number(b.recipe === 'paper') - Number(a.recipe === 'paper'));
  const columns = [...new Set(paperFirst.map(columnName))];
  const claims = ours.flatMap((row) =>
    row.closeness ? [{ column: columnName(row), closeness: row.closeness }] : [],
  );
  const beyond = BEYOND_THE_PAPER.filter((row) => ours.some((one) => one.method === methodName(row)));
  const rows = [...ROWS, ...(experiment === 'poisson' ? LOCAL_ROWS : []), ...beyond];
  const table = () => ({
    header: ['method', 'paper', 'ours', 'median', 'least', 'greatest', 'runs', 'steps', 'K', 'pooled'],
    rows: rows.flatMap((row) => {
      const name = methodName(row);
      const paper = paperFigure(resolveConfig({ experiment, ...row }));
      const found = ours.filter((one) => one.method === name);
      if (found.length === 0) return [[name, paper, ...Array(8).fill(undefined)]];
      return found.map((one) => [
        ...[name, paper, columnName(one), one.median, one.min, one.max],
        ...[one.runs, one.steps, one.K || undefined, one.pooled],
      ]);
    }),
  });
  return (
    <div className={shared.view} data-testid="paper-table">
      <p className={shared.dim}>
        Relative L2 error after training. Ours: median [least, greatest] over runs that differ in their seeds;
        made by <code>npm run reproduce</code>, kept in the repository with every setting. The paper states
        one figure a method
        {experiment === 'reaction-diffusion' && ', and for this experiment pictures only'}.
        {experiment !== 'hat' &&
          ' Large: mean over the test functions of each one’s error. Pooled: all test functions at once, where small solutions hardly count.'}
      </p>
      {columns.length === 0 && <p>No runs of this experiment have been measured and kept yet.</p>}
      <div className={shared.above}>
        <ExportMenu name="paper table" table={table} onlyData />
      </div>
      <div className={css.scroll}>
        <table className={css.table}>
          <caption className="hidden-visually">
            Relative L2 error by method: the paper’s figures and ours
          </caption>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Paper</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">Train it</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = methodName(row);
              const paper = paperFigure(resolveConfig({ experiment, ...row }));
              return (
                <tr key={name}>
                  <th scope="row">
                    {name}
                    {beyond.includes(row) && ' *'}
                  </th>
                  <td>{paper === undefined ? 'not reported' : paper.toFixed(4)}</td>
                  {columns.map((column) => (
                    <Cell
                      key={column}
                      found={ours.find((o) => columnName(o) === column && o.method === name)}
                    />
                  ))}
                  <td>
                    <button
                      type="button"
                      className={css.choose}
                      onClick={() => actions.set({ ...row, flipout: row.flipout || undefined })}
                      aria-label={`Choose ${name}`}
                    >
                      choose
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {beyond.length > 0 && <p className={shared.dim}>* beyond the paper</p>}
      {claims.map(({ column, closeness }) => (
        <p key={`${column} ${closeness.surrogate}`}>
          {describeCloseness(closeness)} ({column}).
        </p>
      ))}
    </div>
  );
}

function Cell({ found }: { readonly found: Measured | undefined }) {
  if (!found) return <td>–</td>;
  return (
    <td>
      <strong>{formatError(found.median)}</strong>
      <br />
      <small>
        [{formatError(found.min)}, {formatError(found.max)}], {found.runs} runs, {formatCount(found.steps)}{' '}
        steps
        {found.K > 0 && `, K = ${found.K}`}
        {found.pooled !== undefined && (
          <>
            <br />
            pooled {formatError(found.pooled)}
          </>
        )}
      </small>
    </td>
  );
}
