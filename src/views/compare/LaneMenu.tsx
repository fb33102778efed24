import { useCallback, useId, useRef, useState } from 'react';
import { MAIN } from '../../state/comparison.ts';
import type { Config, Pinned } from '../../training/config.ts';
import controls from '../../ui/controls.module.css';
import { Flyout } from '../../ui/floating/Flyout.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useApp, usePlayground } from '../context.ts';
import { loadPart } from '../loading/missing.ts';
import { whyMeaningless } from '../shell/reasons.ts';
import { useMethodChange } from '../shell/use-method-change.ts';
import fields from './input.module.css';
import css from './LaneMenu.module.css';
import { LaneSetting } from './LaneSetting.tsx';
import { FIELDS_OF_LANES, type LaneField, optionsOf, ownFieldsOf } from './lane-fields.ts';
import type { ShownLane } from './lane-names.ts';
import { useLaneOf } from './use-lanes.ts';

/** What can be done with one lane: its method, rest, a closer look, its end. While names are hidden, what names no lane. */
export function LaneMenu({ shown }: { readonly shown: ShownLane }) {
  const { lane, id, letter } = shown;
  const { actions } = usePlayground();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const { held, config } = useLaneOf(lane, (state) => ({ held: state.held, config: state.config }));
  const closeAnd = (act: () => Promise<void>) => () => {
    setOpen(false);
    button.current?.focus();
    void act();
  };
  return (
    <>
      <Hint
        text={
          shown.hidden
            ? 'Enlarge this lane or hold it'
            : 'Change this lane’s method, enlarge it, hold it, look at it alone or remove it'
        }
      >
        <button
          ref={button}
          type="button"
          className={css.dots}
          aria-label={`Lane ${letter}: change it`}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          ⋯
        </button>
      </Hint>
      {open && (
        <Flyout anchor={button} label={`Lane ${letter}`} align="end" className={css.menu} onClose={close}>
          {!shown.hidden && <LaneMethod shown={shown} config={config} />}
          <div className={css.acts}>
            <button
              type="button"
              className={controls.button}
              onClick={closeAnd(async () => {
                const card = button.current?.closest<HTMLElement>('[data-panel]');
                const { toggleEnlarged } = await loadPart(() => import('../../ui/enlarge.ts'));
                if (card) toggleEnlarged(card);
              })}
            >
              Fill the window
            </button>
            <Hint text={held ? undefined : 'It rests while the others go on'}>
              <button
                type="button"
                className={controls.button}
                onClick={closeAnd(() => actions.holdLane(id, !held))}
              >
                {held ? 'Let it go on' : 'Hold'}
              </button>
            </Hint>
            {!shown.hidden && (
              <button
                type="button"
                className={controls.button}
                onClick={closeAnd(() => actions.endComparison(id, actions.load))}
              >
                Look at it alone
              </button>
            )}
            {id !== MAIN && !shown.hidden && (
              <Hint text="It leaves the comparison; the others stay">
                <button
                  type="button"
                  className={controls.button}
                  onClick={closeAnd(() => actions.removeLane(id))}
                >
                  Remove
                </button>
              </Hint>
            )}
          </div>
        </Flyout>
      )}
    </>
  );
}

/** The toggles of one lane. The first lane's are those of the bar. */
function LaneMethod({ shown, config }: { readonly shown: ShownLane; readonly config: Config }) {
  const { id } = shown;
  const { actions } = usePlayground();
  const change = useMethodChange();
  const difference = useApp((state) => state.comparison.lanes.find((lane) => lane.id === id)?.difference);
  const set = (fields: Pinned) =>
    void (id === MAIN ? actions.set(fields) : actions.changeLane(id, { ...difference, ...fields }));
  const why = useId();
  const noDirections = whyMeaningless('K', config);
  const choose = (field: LaneField, value: string) => {
    if (field === 'gradient' || field === 'scope') void change({ [field]: value }, { ...shown, config });
    else set({ [field]: field === 'localLosses' ? value === 'true' : value } as Pinned);
  };
  return (
    <div className={css.toggles}>
      {FIELDS_OF_LANES.map((field) => (
        <Segmented
          key={field}
          label={LABELS[field]}
          value={String(config[field])}
          options={optionsOf(field, config)}
          onChange={(value) => choose(field, value)}
          disabled={whyMeaningless(field, config)}
        />
      ))}
      <label className={css.field}>
        <span className={controls.label}>Directions K</span>
        <select
          className={fields.input}
          value={config.K}
          aria-disabled={noDirections ? true : undefined}
          aria-describedby={noDirections ? why : undefined}
          onChange={(event) => !noDirections && set({ K: Number(event.target.value) })}
        >
          {[...new Set([1, 2, 4, 8, 16, 32, config.K])]
            .sort((a, b) => a - b)
            .map((k) => (
              <option key={k}>{k}</option>
            ))}
        </select>
        {noDirections && (
          <span id={why} className={css.why}>
            {noDirections}
          </span>
        )}
      </label>
      {ownFieldsOf(config).map((field) => (
        <LaneSetting key={field} field={field} id={id} config={config} set={set} />
      ))}
    </div>
  );
}
const LABELS = {
  surrogate: 'Surrogate',
  gradient: 'Gradient',
  scope: 'Perturbation',
  localLosses: 'Local losses',
};
