import { Fragment } from 'react';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import type { MethodResult } from '../../../lessons/measured.ts';
import { isBaseline } from '../../../training/baseline-config.ts';
import type { ExperimentName } from '../../../training/config.ts';
import { reportedFigure } from '../../../training/paper.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { BASELINE_NAMES, WHY_SPIKES } from '../../baseline-words.ts';
import { usePlayground } from '../../context.ts';
import { WORDS } from '../../experiments/all.ts';
import { formatCount } from '../../format.ts';
import { useSpoken } from '../../methods/use-spoken.ts';
import css from './MethodTable.module.css';
import common from './table.module.css';
import { type Column, choosing, figureIn, type Group, type Row } from './table-rows.ts';
import { columnName, GROUPS, LEARNED } from './words.ts';

interface MethodTableProps {
  readonly experiment: ExperimentName;
  readonly columns: readonly Column[];
  readonly groups: readonly Group[];
  /** Steps, K and pooled errors are shown. */
  readonly details: boolean;
}

/** Methods down, the paper and each setting of ours across. */
export function MethodTable({ experiment, columns, groups, details }: MethodTableProps) {
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={common.scroll} tabIndex={0} aria-label="Errors by method">
      <table className={common.table}>
        <caption className="hidden-visually">
          Relative L2 error by method: the paper’s figures and ours
        </caption>
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">paper</th>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ id, rows }) => (
          <tbody key={id}>
            <tr>
              <th scope="rowgroup" colSpan={2 + columns.length} className={common.group}>
                {GROUPS[id]}
                {id === 'baselines' && <p>{WHY_SPIKES}</p>}
              </th>
            </tr>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <Name row={row} experiment={experiment} />
                </th>
                <td>{paperText(id, row, experiment)}</td>
                {columns.map((column) => (
                  <td key={column.id}>
                    <Figure result={figureIn(column, row)} details={details} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Name({ row: { name, pins, figures }, experiment }: { row: Row; experiment: ExperimentName }) {
  const { actions } = usePlayground();
  const say = useSpoken();
  const learned = figures[0]?.learned;
  return (
    <>
      {pins ? (
        <button
          type="button"
          className={css.choose}
          onClick={() => actions.set(choosing(pins))}
          aria-label={`Choose ${say(name)}`}
        >
          {say(name)}
        </button>
      ) : isBaseline(name) ? (
        BASELINE_NAMES[name]
      ) : (
        name
      )}
      <small>{learned === 'nothing' ? WORDS[experiment].nothingLearned : learned && LEARNED[learned]}</small>
    </>
  );
}

function paperText(id: Group['id'], { pins }: Row, experiment: ExperimentName): string {
  if (id !== 'paper' || !pins) return '–';
  const paper = reportedFigure(resolveConfig({ experiment, ...pins }));
  if (!EXPERIMENTS[experiment].paper) return 'not in the paper';
  return paper === undefined ? 'not reported' : paper.toFixed(4);
}

/** Four decimals, as the paper has them, unless nothing would be left. */
export const four = (error: number | null) =>
  error === null ? 'diverged' : error > 0 && error < 0.001 ? error.toExponential(1) : error.toFixed(4);

export function Figure({ result, details }: { result: MethodResult | undefined; details: boolean }) {
  if (!result) return '–';
  const { median, min, max, steps, K, pooled } = result;
  const lines = [
    `[${four(min)}, ${four(max)}]`,
    ...(details && pooled !== undefined ? [`pooled ${four(pooled)}`] : []),
    ...(details && steps ? [`${formatCount(steps)} steps${K ? `, K = ${K}` : ''}`] : []),
  ];
  return (
    <>
      <strong>{four(median)}</strong>
      <small>
        {lines.map((line) => (
          <Fragment key={line}>
            <br />
            {line}
          </Fragment>
        ))}
      </small>
    </>
  );
}
