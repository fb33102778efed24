import { useMemo, useState } from 'react';
import { useLane } from '../context.ts';
import { formatCount } from '../format.ts';
import { CosineFigures } from './microscope/CosineFigures.tsx';
import {
  COUNTS,
  choicesFor,
  ESTIMATORS,
  type EstimatorName,
  estimatorOf,
  whyNotOwn,
} from './microscope/estimators.ts';
import { LossFigures } from './microscope/LossFigures.tsx';
import css from './microscope/microscope.module.css';
import { NoiseFigure } from './microscope/NoiseFigure.tsx';
import { useDraws } from './microscope/use-draws.ts';
import shared from './shared/inside.module.css';

/** How good a gradient estimate is at the weights of the run, and what the loss looks like around them. */
export function GradientMicroscope() {
  const config = useLane((state) => state.config);
  const step = useLane((state) => state.step);
  const choices = choicesFor(config);
  const [chosen, setChosen] = useState<EstimatorName>('own');
  const [count, setCount] = useState<number>(1);
  const name = choices.includes(chosen) ? chosen : 'RFG-L';
  const estimator = useMemo(() => estimatorOf(name, count), [name, count]);
  const { again, fault, ...draws } = useDraws(estimator);
  const { specimen } = draws;
  const why = whyNotOwn(config);
  const done = specimen !== undefined && draws.cosines.length >= specimen.draws;

  return (
    <div className={shared.view} data-testid="microscope">
      <p className={shared.dim}>
        Up to {specimen?.draws ?? 200} estimates are drawn on the batch of the next step, at weights that stay
        under the microscope while training goes on, and compared with back-propagation’s gradient there.
      </p>
      {why && <p className={shared.note}>{why}</p>}
      <div className={css.choose}>
        <label>
          Estimates
          <select value={name} onChange={(event) => setChosen(event.target.value as EstimatorName)}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {ESTIMATORS[choice]}
              </option>
            ))}
          </select>
        </label>
        {name !== 'own' && (
          <label>
            Directions K
            <select value={count} onChange={(event) => setCount(Number(event.target.value))}>
              {COUNTS.map((K) => (
                <option key={K} value={K}>
                  {K}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className={shared.quiet} onClick={again}>
          Look again
        </button>
        <span role="status" className={shared.number} data-testid="microscope-status">
          {specimen
            ? `weights of step ${formatCount(specimen.step)}${step > specimen.step ? `, the run is at ${formatCount(step)}` : ''}: ${draws.cosines.length} of ${specimen.draws} draws`
            : 'Taking the weights under the microscope…'}
        </span>
      </div>
      {fault && (
        <p role="alert" className={shared.fault}>
          {fault}
        </p>
      )}
      {specimen && <CosineFigures specimen={specimen} draws={draws} />}
      {specimen && <LossFigures specimen={specimen} ready={done} />}
      {specimen && <NoiseFigure specimen={specimen} />}
    </div>
  );
}

export default GradientMicroscope;
