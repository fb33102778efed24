import { useMemo } from 'react';
import { shownPrediction } from '../state/lane-store.ts';
import { paperStanding } from '../training/paper.ts';
import { Hint } from '../ui/Hint.tsx';
import { useApp, useLane } from '../views/context.ts';
import { formatCount, formatError } from '../views/format.ts';
import { gridNames } from '../views/measures.ts';
import { spokenMethod } from '../views/methods/spoken.ts';
import { methodPath, sinceStep } from '../views/run-words.ts';
import { Term } from '../views/terms/Term.tsx';
import { PaperFigure } from './PaperFigure.tsx';
import css from './Readout.module.css';
import { useRunLog } from './use-run-log.ts';

/** Where the run stands: methods, step, relative L2 error and on which grid, and the paper's figure where it may stand beside it. */
export function Readout() {
  const playing = useApp((state) => state.status === 'playing');
  const log = useRunLog();
  const standing = useMemo(() => paperStanding(log), [log]);
  const since = sinceStep(log);
  const { lanes, blind, spelled } = useApp(({ lanes, comparison, presentation }) => ({
    lanes: lanes.length,
    spelled: presentation.view === 'presenter',
    blind: lanes.length > 1 && comparison.blind,
  }));
  // A scene speaks of what is seen in it.
  const inLesson = useApp((state) => state.presentation.lesson !== undefined);
  const lane = useLane((state) => ({
    step: state.step,
    error: shownPrediction(state)?.error,
    grid: state.prediction && gridNames(state.config, state.data)[state.prediction.grid],
    silenced: state.view.silenced.length,
    shownT: state.view.inferenceT ?? state.config.T,
    T: state.config.T,
    recorded: state.recording !== undefined,
  }));
  const grid = lane.grid ?? 'starting';
  // There is room for one word more.
  let where = `, ${grid}`;
  if (lane.silenced > 0) where = `, ${grid} · ${lane.silenced} silenced`;
  else if (lane.recorded) where = ' of a recorded run';
  else if (lane.grid && playing) where = `, ${grid}, live`;
  const altered = [
    ...(lane.silenced > 0 ? [`${lane.silenced} neurons silenced`] : []),
    ...(lane.shownT === lane.T ? [] : [`simulated with T = ${lane.shownT}`]),
  ];
  // A run that was changed has no room for more in its line.
  const long = !blind && since !== undefined;
  const last = log[log.length - 1].config;
  const method = spelled ? spokenMethod(last) : methodPath(log);
  const name = blind ? `${lanes} lanes` : method;
  const step = (
    <>
      step{' '}
      <span className={css.number} translate="no" data-testid="step">
        {formatCount(lane.step)}
      </span>
    </>
  );
  return (
    <div className={css.readout} data-testid="readout">
      <div className={css.lines}>
        <div>
          <Hint text={spelled || blind ? undefined : spokenMethod(last)}>
            <strong key={name} translate="no" data-testid="method">
              {name}
              {!blind && since !== undefined && (
                <span className={css.since}> since {formatCount(since)}</span>
              )}
            </strong>
          </Hint>
          {!long && <> · {step}</>}
        </div>
        <div className={css.dim} data-testid="grid">
          {long && <>{step} · </>}
          <Term id="relativeL2" label>
            {spelled ? 'relative error' : 'relative L2'}
          </Term>
          {!spelled && where}
        </div>
      </div>
      {!blind && (
        <div className={css.values}>
          <span className={css.error} translate="no" data-testid="error">
            {formatError(lane.error)}
          </span>
          {!inLesson && <PaperFigure standing={standing} log={log} altered={altered} />}
        </div>
      )}
    </div>
  );
}
