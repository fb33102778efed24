import { useMemo, useState } from 'react';
import { MAIN } from '../../state/comparison.ts';
import { DIRECTION_COUNTS, type EstimateName, OWN_ESTIMATES } from '../../state/estimates.ts';
import { estimatorOf } from '../../state/estimator.ts';
import { estimatedConfig } from '../../worker/estimated.ts';
import { useShownLanes } from '../compare/use-lanes.ts';
import { useApp, usePlayground } from '../context.ts';
import { formatCount } from '../format.ts';
import { useSpoken } from '../methods/use-spoken.ts';
import css from './GradientMicroscope.module.css';
import { CosineFigures } from './microscope/CosineFigures.tsx';
import { EstimateTheory } from './microscope/EstimateTheory.tsx';
import { choicesFor, ESTIMATORS, whyNotOwn } from './microscope/estimators.ts';
import { LooksFigure } from './microscope/LooksFigure.tsx';
import { LossFigures } from './microscope/LossFigures.tsx';
import { NoiseFigure } from './microscope/NoiseFigure.tsx';
import { type ScopeLane, ScopeLaneContext, useScoped } from './microscope/scope-lane.ts';
import { useDraws } from './microscope/use-draws.ts';
import shared from './shared/inside.module.css';

/** How good a gradient estimate is at the weights of a lane, and what the loss looks like around them. */
export function GradientMicroscope() {
  const { actions } = usePlayground();
  const say = useSpoken();
  const lanes = useShownLanes();
  const chosen = useApp((state) => state.comparison.microscopeLane);
  const { lane, id, hidden } =
    lanes.find((shown) => shown.id === chosen) ?? lanes.find((shown) => shown.id === MAIN)!;
  const scope = useMemo<ScopeLane>(() => ({ lane, ask: actions.microscopeOf(id) }), [actions, lane, id]);
  if (hidden && lanes.length > 1)
    return (
      <p className={shared.note}>
        Names are hidden: an estimate would give its method away. Reveal them first.
      </p>
    );
  return (
    <div className={shared.view} data-testid="microscope">
      {lanes.length > 1 && (
        <div className={css.choose}>
          <label>
            Weights of lane
            <select
              value={id}
              onChange={(event) => void actions.setComparison({ microscopeLane: event.target.value })}
            >
              {lanes.map((shown) => (
                <option key={shown.id} value={shown.id}>
                  {shown.letter}: {say(shown.name)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <ScopeLaneContext key={id} value={scope}>
        <Look />
      </ScopeLaneContext>
    </div>
  );
}

/** One lane under the microscope. */
function Look() {
  const { actions } = usePlayground();
  const say = useSpoken();
  const chosen = useApp((state) => state.presentation.estimates ?? OWN_ESTIMATES);
  const config = useScoped((state) => state.config);
  const step = useScoped((state) => state.step);
  const choices = choicesFor(config);
  const name = choices.includes(chosen.name) ? chosen.name : 'RFG-L';
  const { K } = chosen;
  const estimator = useMemo(() => estimatorOf({ name, K }), [name, K]);
  const [follow, setFollow] = useState(false);
  const { again, fault, looks, ...draws } = useDraws(estimator, follow);
  const { setup } = draws;
  const why = whyNotOwn(config);
  const ready = setup !== undefined && draws.cosines.length >= draws.most;

  return (
    <>
      <p className={shared.dim} data-introduces>
        Up to {setup?.draws ?? 200} estimates are drawn on the batch of the next step, at weights that stay
        under the microscope while training goes on, and compared with back-propagation’s gradient there.
      </p>
      {why && (
        <p className={shared.note} data-introduces>
          {say(why)}
        </p>
      )}
      <div className={css.choose}>
        <label>
          Estimates
          <select
            value={name}
            onChange={(event) => actions.chooseEstimates({ name: event.target.value as EstimateName, K })}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {say(choice) === choice ? ESTIMATORS[choice] : say(choice)}
              </option>
            ))}
          </select>
        </label>
        {name !== 'own' && (
          <label>
            Directions K
            <select
              value={K}
              onChange={(event) => actions.chooseEstimates({ name, K: Number(event.target.value) })}
            >
              {DIRECTION_COUNTS.map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className={shared.quiet} onClick={again}>
          Look again
        </button>
        <label className={css.follow}>
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />{' '}
          Follow the run
        </label>
        <span role="status" className={shared.number} data-testid="microscope-status">
          {setup
            ? `weights of step ${formatCount(setup.step)}${step > setup.step ? `, the run is at ${formatCount(step)}` : ''}: ${draws.cosines.length} of ${draws.most} draws`
            : 'Taking the weights under the microscope…'}
        </span>
      </div>
      {fault && (
        <p role="alert" className={shared.fault}>
          {fault}
        </p>
      )}
      {setup && <CosineFigures setup={setup} draws={draws} />}
      {setup && looks.length > 1 && <LooksFigure layers={setup.layers} looks={looks} />}
      {setup && <EstimateTheory config={estimatedConfig(config, estimator)} />}
      {setup && !follow && <LossFigures setup={setup} ready={ready} />}
      {setup && <NoiseFigure setup={setup} />}
    </>
  );
}

export default GradientMicroscope;
