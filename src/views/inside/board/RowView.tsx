import { isOfPaper } from '../../../state/board/plan.ts';
import type { BoardRow } from '../../../state/board/rows.ts';
import css from './board.module.css';
import { describeTraining } from './caption.ts';

const four = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : 'diverged');

/** One method: the paper's figure, ours, and how far its runs are. */
export function RowView({ row }: { readonly row: BoardRow }) {
  const { method, paper, error, done, runs, share, config } = row;
  const verdict =
    paper === undefined || !error ? '' : error.median <= paper ? ' · at or below' : ' · above the paper';
  return (
    <tr>
      <th scope="row">
        {method}
        {!isOfPaper(method, config.experiment) && <span className={css.trained}>beyond the paper</span>}
        <span className={css.trained}>{describeTraining(config)}</span>
      </th>
      <td>
        {paper !== undefined ? four(paper) : isOfPaper(method, config.experiment) ? 'not reported' : '–'}
      </td>
      <td>{error ? <strong>{four(error.median)}</strong> : '–'}</td>
      <td>{error ? `${four(error.min)}, ${four(error.max)}${verdict}` : ''}</td>
      <td>
        {done} of {runs}
        <progress max={1} value={share} aria-label={`Steps of ${method}`} className={css.bar} />
      </td>
    </tr>
  );
}
