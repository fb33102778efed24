import { useId } from 'react';
import controls from '../ui/controls.module.css';
import { Hint } from '../ui/Hint.tsx';
import { useApp } from '../views/context.ts';
import { nudged } from '../views/settings/field-input.ts';
import { useDraft } from '../views/settings/use-draft.ts';
import { whyMeaningless } from '../views/shell/reasons.ts';
import { Term } from '../views/terms/Term.tsx';
import css from './DirectionsStepper.module.css';
import { ForLanes } from './on-demand.tsx';

/** K, the number of directions in a step: − 8 +. */
export function DirectionsStepper() {
  const id = useId();
  const why = useApp((state) => whyMeaningless('K', state.config));
  const spelled = useApp((state) => state.presentation.view === 'presenter');
  const comparing = useApp((state) => state.lanes.length > 1);
  const { text, fault, input, commit } = useDraft('K');
  const labels = {
    id,
    'aria-labelledby': `${id}-label`,
    'aria-describedby': why || fault ? `${id}-note` : undefined,
  };
  const button = (by: 1 | -1, name: string, sign: string) => {
    const next = nudged('K', text, by);
    const stuck = why !== undefined || next === undefined;
    const limit = by < 0 ? 'One direction is the least' : '32 directions are the most';
    return (
      <>
        <Hint text={stuck && !why ? limit : undefined} touch>
          <button
            type="button"
            aria-label={name}
            aria-disabled={stuck || undefined}
            aria-describedby={why ? `${id}-note` : stuck ? `${id}${by}` : undefined}
            onClick={() => !stuck && commit(next)}
          >
            {sign}
          </button>
        </Hint>
        {stuck && !why && (
          <span id={`${id}${by}`} hidden>
            {limit}
          </span>
        )}
      </>
    );
  };
  return (
    <div className={controls.group}>
      <span id={`${id}-label`} className={controls.label}>
        <Term id="directions" label>
          {spelled ? 'Guesses K' : 'Directions K'}
        </Term>
        {comparing && <ForLanes field="K" />}
      </span>
      <Hint text={why ?? 'Directions drawn and averaged in each step: 1 to 32'} touch={why !== undefined}>
        <div
          className={css.stepper}
          data-disabled={why ? true : undefined}
          data-wrong={fault ? true : undefined}
        >
          {button(-1, 'One direction fewer', '−')}
          {why ? (
            // biome-ignore lint/a11y/useSemanticElements: browsers spend time of each load on a text input, looking what to fill in.
            <div role="textbox" tabIndex={0} aria-readonly aria-disabled {...labels}>
              {text}
            </div>
          ) : (
            <input
              {...labels}
              {...input}
              inputMode="numeric"
              autoComplete="off"
              aria-invalid={fault ? true : undefined}
            />
          )}
          {button(1, 'One direction more', '+')}
        </div>
      </Hint>
      <span id={`${id}-note`} className={fault && !why ? css.fault : 'hidden-visually'}>
        {why ?? fault}
      </span>
    </div>
  );
}
