import type { ReactNode } from 'react';
import type { Shape } from '../../experiments/experiment.ts';
import { type Display, MAIN, MOST_LANES } from '../../state/comparison.ts';
import { Button } from '../../ui/Button.tsx';
import controls from '../../ui/controls.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { useApp, usePlayground } from '../context.ts';
import css from './CompareBar.module.css';
import fields from './input.module.css';
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

/** What lanes show over the square, and whether the truth stands beside them; elsewhere there are maps alone. */
const SHOWN: readonly { readonly label: string; readonly show: Display; readonly truth: boolean }[] = [
  { label: 'maps', show: 'maps', truth: false },
  { label: 'maps + truth', show: 'maps', truth: true },
  { label: 'surfaces', show: 'surfaces', truth: false },
  { label: 'surfaces + truth', show: 'surfaces', truth: true },
];

/** How the lanes are compared, and what can be done with all of them. */
export function CompareBar({ shape }: { readonly shape: Shape }) {
  const { actions } = usePlayground();
  const { blind, lockstep, axis, ...looks } = useApp((state) => state.comparison);
  const show = shape === 'surface' ? (looks.show ?? 'maps') : 'maps';
  const truth = looks.truth ?? false;
  const full = useApp(({ lanes }) => lanes.length >= MOST_LANES)
    ? `${MOST_LANES} lanes are the most: remove one first, by its ⋯`
    : undefined;
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
      {(shape === 'surface' || shape === 'field') && (
        <select
          className={fields.input}
          aria-label="Lanes show"
          value={SHOWN.findIndex((one) => one.show === show && one.truth === truth)}
          onChange={(event) => {
            const { label: _, ...next } = SHOWN[Number(event.target.value)];
            void actions.setComparison(next);
          }}
        >
          {SHOWN.map((one, k) =>
            shape === 'surface' || one.show === 'maps' ? (
              <option key={one.label} value={k}>
                {one.label}
              </option>
            ) : null,
          )}
        </select>
      )}
      {shape === 'surface' && show === 'maps' && <ProbeInput />}
      <span className={css.acts}>
        <Button className={controls.button} why={full} onClick={() => void actions.addLane({})}>
          Add a lane
        </Button>
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

/** What is left of the bar in a scene: names that it hides can be revealed. */
export function Reveal() {
  const { actions } = usePlayground();
  const blind = useApp((state) => state.comparison.blind);
  return (
    <div className={css.controls}>
      {blind && (
        <button
          type="button"
          className={controls.button}
          onClick={() => void actions.setComparison({ blind: false })}
        >
          Reveal the names
        </button>
      )}
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
