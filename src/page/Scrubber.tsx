import { type CSSProperties, useId, useMemo, useState } from 'react';
import { methodName } from '../training/config.ts';
import controls from '../ui/controls.module.css';
import { Hint } from '../ui/Hint.tsx';
import { StepBackIcon } from '../ui/icons.tsx';
import { useApp, useLane, usePlayground } from '../views/context.ts';
import { placeOf, type Spacing, stepAfterKey, stepAt } from '../views/curves/scrub-scale.ts';
import { formatCount } from '../views/format.ts';
import { latestWins } from '../views/latest-wins.ts';
import css from './Scrubber.module.css';
import { useMoment } from './use-moment.ts';

/** Positions of the slider: finer than any screen. */
const NOTCHES = 4000;

/** How steps are spaced, as the button says it. */
const SPACINGS: Record<Spacing, string> = { log: 'wide start', linear: 'even' };

const AT_START = 'The run is at its start';

/** Moves through the stored states of the run. The line is as long as the schedule; what has passed can be sought. */
export function Scrubber() {
  const { app, actions } = usePlayground();
  const start = useId();
  const [spacing, setSpacing] = useState<Spacing>('log');
  const [dragged, setDragged] = useState<number>();
  const { steps, blind } = useApp(({ config, lanes, comparison }) => ({
    steps: config.steps,
    blind: lanes.length > 1 && comparison.blind,
  }));
  const run = useLane((state) => ({
    changes: state.changes,
    method: methodName(state.config),
    recorded: state.recording !== undefined,
  }));
  const replay = useApp((state) => state.replay);
  const moment = useMoment();
  const wish = useMemo(
    () =>
      latestWins(
        async (step: number) => {
          await actions.seek(step);
          setDragged(undefined);
        },
        // To pause is to rest, and at rest the error is measured on the stated grid.
        { settled: () => app.getState().status === 'paused' && void actions.pause() },
      ),
    [actions, app],
  );

  const prepare = () => void actions.prepareSeek();
  const prepares = { onPointerOver: prepare };
  const last = Math.max(moment.end, steps);
  const shown = dragged ?? moment.step;
  const place = (step: number) => placeOf(step, last, spacing);
  const seek = (step: number) => {
    const target = Math.min(step, moment.end);
    setDragged(target);
    wish(target);
  };

  return (
    <footer className={css.footer}>
      <Hint text={shown === 0 ? AT_START : 'One training step back'} touch={shown === 0}>
        <button
          type="button"
          className={controls.link}
          aria-label="Step back"
          {...prepares}
          aria-disabled={shown === 0 || undefined}
          aria-describedby={shown === 0 ? start : undefined}
          onClick={() => shown > 0 && seek(shown - 1)}
        >
          <StepBackIcon /> <span className={css.wide}>step back</span>
        </button>
      </Hint>
      {shown === 0 && (
        <span id={start} hidden>
          {AT_START}
        </span>
      )}
      <div className={css.line} style={{ '--at': place(shown), '--end': place(moment.end) } as CSSProperties}>
        {run.changes.map((change) => (
          <i
            key={change.step}
            className={css.mark}
            style={{ '--mark': place(change.step) } as CSSProperties}
          />
        ))}
        <Hint text="Goes to any step of the run, which is replayed exactly; training can go on from there">
          <input
            type="range"
            aria-label="Moment of the run"
            {...prepares}
            aria-valuetext={`step ${shown} of ${moment.end}${blind ? '' : `, ${run.method}`}`}
            min={0}
            max={NOTCHES}
            value={Math.round(place(shown) * NOTCHES)}
            onChange={(event) => seek(stepAt(Number(event.target.value) / NOTCHES, last, spacing))}
            onKeyDown={(event) => {
              const step = stepAfterKey(event.key, shown, moment.end);
              if (step === undefined) return;
              event.preventDefault();
              seek(step);
            }}
          />
        </Hint>
      </div>
      <span className={css.text}>
        {replay ? (
          <>
            <span className={css.wide}>replaying </span>
            <span className={css.number} data-testid="replay">
              {formatCount(replay.step)} / {formatCount(replay.to)}
            </span>{' '}
            <Hint text="Stays at the step that is shown">
              <button type="button" className={controls.link} onClick={() => void actions.pause()}>
                Stop
              </button>
            </Hint>
          </>
        ) : (
          <>
            <span className={css.wide}>
              {run.recorded ? 'a recorded run: drag to replay it' : 'replay any moment of the run'} ·{' '}
            </span>
            <span className={css.number} translate="no" data-testid="moment">
              {formatCount(shown)} / {formatCount(last)}
            </span>
          </>
        )}
      </span>
      <Hint text="How the steps are spaced along the line: the first ones far apart (by the logarithm of the step), or evenly">
        <button
          type="button"
          className={controls.link}
          aria-label={`Spacing of the line: ${SPACINGS[spacing]}`}
          onClick={() => setSpacing(spacing === 'log' ? 'linear' : 'log')}
        >
          <span className={css.wide}>spacing:</span> {SPACINGS[spacing]}
        </button>
      </Hint>
    </footer>
  );
}
