import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import controls from '../../ui/controls.module.css';
import { Hint } from '../../ui/Hint.tsx';
import { usePlayground } from '../context.ts';
import { Term } from '../terms/Term.tsx';
import css from './BaselinesControl.module.css';

const HINT =
  'Lines for what reaches this error without spikes, on the same data: computed here when asked for';

/** Shows and hides the baselines. */
export function BaselinesToggle() {
  const { actions, baselines } = usePlayground();
  const shown = useStore(baselines, (state) => state.shown);
  return (
    <Hint text={HINT}>
      <button
        type="button"
        className={`${controls.link} ${css.toggle}`}
        aria-pressed={shown}
        onClick={() => actions.showBaselines(!shown)}
      >
        Baselines
      </button>
    </Hint>
  );
}

/** What the dotted lines are, and why one would still want spikes; nothing while they are hidden. */
export function BaselinesNote() {
  const { baselines } = usePlayground();
  const { shown, fault, waiting } = useStore(
    baselines,
    useShallow((state) => ({
      shown: state.shown,
      fault: state.fault,
      waiting: state.report?.state === 'waiting',
    })),
  );
  if (!shown) return null;
  return (
    <div className={css.dotted} data-testid="baselines-note">
      {fault ? (
        <span role="alert">{fault}</span>
      ) : (
        <span>
          <Term id="baselines">baselines</Term>
          {waiting ? ': once all functions are solved' : ': same data, no spikes'}
        </span>
      )}
    </div>
  );
}
