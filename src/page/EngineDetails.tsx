import type { EngineChoice } from '../kernels/choose.ts';
import { PAGE_CHOICES } from '../state/url.ts';
import { type Option, Segmented } from '../ui/Segmented.tsx';
import { useApp, useLane, usePlayground } from '../views/context.ts';
import { formatDuration } from '../views/format.ts';
import css from './EngineDetails.module.css';
import { ENGINE_TITLES } from './engine-titles.ts';

const CHOICES: readonly Option<EngineChoice>[] = PAGE_CHOICES.engine.map((value) => ({
  value,
  label: value === 'auto' ? 'Auto' : ENGINE_TITLES[value],
}));

/** What was tried, how fast it is, and the choice of an engine. */
export default function EngineDetails() {
  const { actions } = usePlayground();
  const { engine, engineChoice } = useApp((state) => ({
    engine: state.engine,
    engineChoice: state.engineChoice,
  }));
  const msPerStep = useLane((lane) => lane.msPerStep && formatDuration(lane.msPerStep));
  return (
    <>
      <h2 className={css.title}>
        {engine ? `${ENGINE_TITLES[engine.engine]}: ${engine.reason}` : 'An engine is being chosen'}
      </h2>
      {engine && (
        <table className={css.tried}>
          <tbody>
            {engine.trials.map(({ name, ok, reason, msPerStep: measured, msPredicted }) => (
              <tr key={name}>
                <th scope="row">{ENGINE_TITLES[name]}</th>
                <td>
                  {ok ? 'works' : 'not used'}: {reason}
                </td>
                <td>{measured === undefined ? '' : `${formatDuration(measured)} / step`}</td>
                {msPredicted !== undefined && <td>here, by prediction: {formatDuration(msPredicted)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={css.note}>This run: {msPerStep ? `${msPerStep} a step, median` : 'not measured yet'}</p>
      <div className={css.choice}>
        <Segmented
          label="Compute with"
          value={engineChoice}
          options={CHOICES}
          onChange={(value) => void actions.setEngine(value)}
        />
      </div>
    </>
  );
}
