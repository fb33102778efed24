import { shownPrediction } from '../../state/lane-store.ts';
import { methodName } from '../../training/config.ts';
import { paperFigure } from '../../training/presets.ts';
import { useApp, useLane } from '../context.ts';
import { gridNames } from '../experiments.ts';
import { formatCount, formatError } from '../format.ts';
import { Term } from '../terms/Term.tsx';
import css from './Readout.module.css';

/** Where the run stands: method, step, relative L2 error and on which grid, and the paper's figure for the method. */
export function Readout() {
  const playing = useApp((state) => state.status === 'playing');
  const { method, paper, lanes, blind } = useApp(({ config, lanes, comparison }) => ({
    method: methodName(config),
    paper: paperFigure(config),
    lanes: lanes.length,
    blind: lanes.length > 1 && comparison.blind,
  }));
  const lane = useLane((state) => ({
    step: state.step,
    error: shownPrediction(state)?.error,
    grid: state.prediction && gridNames(state.config, state.data)[state.prediction.grid],
    silenced: state.view.silenced.length,
    recorded: state.recording !== undefined,
  }));
  const grid = lane.grid ?? 'starting';
  // There is room for one word more.
  let where = grid;
  if (lane.silenced > 0) where = `${grid} · ${lane.silenced} silenced`;
  else if (lane.recorded) where = `${grid} · recorded`;
  else if (lane.grid && playing) where = `${grid}, live`;
  return (
    <div className={css.readout} data-testid="readout">
      <div className={css.lines}>
        <div>
          <strong data-testid="method">{blind ? `${lanes} lanes` : method}</strong> · step{' '}
          <span className={css.number} data-testid="step">
            {formatCount(lane.step)}
          </span>
        </div>
        <div className={css.dim} data-testid="grid">
          <Term id="relativeL2" label>
            relative L2
          </Term>
          , {where}
        </div>
      </div>
      {!blind && (
        <div className={css.values}>
          <span className={css.error} data-testid="error">
            {formatError(lane.error)}
          </span>
          <span className={css.paper}>
            {paper === undefined ? 'paper: not reported' : `paper ${formatError(paper)}`}
          </span>
        </div>
      )}
    </div>
  );
}
