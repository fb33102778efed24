import { isOfPaper } from '../../../state/board/plan.ts';
import type { BoardRow } from '../../../state/board/rows.ts';
import { whyNoFigure } from '../../run-words.ts';
import { describeTraining, paperCell } from './caption.ts';
import css from './RowView.module.css';

const four = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : 'diverged');

/** One method: the paper's figure or why none stands beside it, ours, and how far its runs are. */
export function RowView({ row }: { readonly row: BoardRow }) {
  const { method, paper, error, results, runs, share, config } = row;
  const verdict =
    paper.kind !== 'holds' || !error
      ? ''
      : error.median <= paper.figure
        ? ' · at or below'
        : ' · above the paper';
  return (
    <tr>
      <th scope="row">
        {method}
        {!isOfPaper(method, config.experiment) && <span className={css.trained}>beyond the paper</span>}
        <span className={css.trained}>{describeTraining(config)}</span>
      </th>
      <td>
        {paperCell(row)}
        {paper.kind === 'differs' && <span className={css.trained}>{whyNoFigure(paper).join('; ')}</span>}
      </td>
      <td>{error ? <strong>{four(error.median)}</strong> : '–'}</td>
      <td>{error ? `${four(error.min)}, ${four(error.max)}${verdict}` : ''}</td>
      <td>
        {results} of {runs}
        <progress max={1} value={share} aria-label={`Steps of ${method}`} className={css.bar} />
      </td>
    </tr>
  );
}
