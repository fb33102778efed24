import type { ReactNode } from 'react';
import { MAIN } from '../../state/comparison.ts';
import type { ExperimentName } from '../../training/config.ts';
import { useApp, usePlayground } from '../context.ts';
import controls from '../shell/controls.module.css';
import { Segmented } from '../shell/Segmented.tsx';
import css from './compare.module.css';
import { ProbeInput } from './ProbeInput.tsx';

const LOCKSTEPS = [
  { value: 'steps', label: 'steps', hint: 'All lanes do the same number of steps' },
  {
    value: 'cost',
    label: 'cost',
    hint: 'A lane whose step costs more operations does fewer of them; counted at its first step',
  },
] as const;
const AXES = [
  { value: 'steps', label: 'steps', hint: 'Curves over training steps' },
  {
    value: 'passes',
    label: 'passes',
    hint: 'Curves over forward passes that cost as much: operations of a step / operations of a forward simulation',
  },
  { value: 'time', label: 'time', hint: 'Curves over the time that training took here, evaluation aside' },
] as const;

const DISPLAYS = [
  {
    value: 'maps',
    label: 'maps',
    hint: 'Each lane with its answer and its error seen from above, and its spikes',
  },
  {
    value: 'surfaces',
    label: 'surfaces',
    hint: 'Each lane with its answer as a surface, as in the paper’s Figure 5',
  },
] as const;

/** How the lanes are compared, and what can be done with all of them. */
export function CompareBar({ experiment }: { readonly experiment: ExperimentName }) {
  const { actions } = usePlayground();
  const { blind, lockstep, axis, show = 'maps', truth } = useApp((state) => state.comparison);
  return (
    <div className={css.controls}>
      <Row label="Advance by equal">
        <Segmented
          label="Advance by equal"
          bare
          value={lockstep}
          options={LOCKSTEPS}
          onChange={(value) => void actions.setComparison({ lockstep: value })}
        />
      </Row>
      <Row label="Curves over">
        <Segmented
          label="Curves over"
          bare
          value={axis}
          options={AXES}
          onChange={(value) => void actions.setComparison({ axis: value })}
        />
      </Row>
      {experiment === 'hat' && (
        <Row label="Show">
          <Segmented
            label="Show"
            bare
            value={show}
            options={DISPLAYS}
            onChange={(value) => void actions.setComparison({ show: value })}
          />
        </Row>
      )}
      {experiment === 'hat' && show === 'maps' && <ProbeInput />}
      <span className={css.acts}>
        <button type="button" className={controls.button} onClick={() => void actions.addLane({})}>
          Add a lane
        </button>
        {experiment !== 'poisson' && (
          <button
            type="button"
            className={controls.button}
            onClick={() => void actions.setComparison({ truth: !truth })}
          >
            {truth ? 'Hide the truth' : 'Show the truth'}
          </button>
        )}
        <button
          type="button"
          className={controls.button}
          onClick={() => void actions.setComparison({ blind: !blind })}
        >
          {blind ? 'Reveal the names' : 'Hide the names'}
        </button>
        <button type="button" className={controls.button} onClick={() => void actions.endComparison(MAIN)}>
          End comparison
        </button>
      </span>
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className={css.row}>
      <span aria-hidden="true">{label}</span>
      {children}
    </span>
  );
}
