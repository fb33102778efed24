import { useId } from 'react';
import { Hint } from '../../ui/Hint.tsx';
import { useMoveProbe, useProbe } from '../figures/prediction/probe.ts';
import { NumberInput } from '../settings/NumberInput.tsx';
import fields from './input.module.css';
import css from './ProbeInput.module.css';

/** The input whose spikes all lanes show, by keyboard. */
export function ProbeInput() {
  const id = useId();
  const probe = useProbe();
  const move = useMoveProbe();
  if (!probe) return null;
  const input = (axis: 0 | 1) => (
    <label htmlFor={`${id}${axis}`}>
      {axis === 0 ? 'x' : 'y'}{' '}
      <NumberInput
        id={`${id}${axis}`}
        label={axis === 0 ? 'x' : 'y'}
        className={`${fields.input} ${css.input}`}
        min={-1}
        max={1}
        step={0.05}
        value={probe[axis]}
        onValue={(value) => move(axis === 0 ? [value, probe[1]] : [probe[0], value])}
      />
    </label>
  );
  return (
    <Hint text="The input whose spikes all lanes show">
      <span className={css.probe}>
        Probe {input(0)} {input(1)}
      </span>
    </Hint>
  );
}
