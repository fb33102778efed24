import { useMoveProbe, useProbe } from '../figures/prediction/probe.ts';
import fields from './input.module.css';
import css from './ProbeInput.module.css';

/** The input whose spikes all lanes show, by keyboard. */
export function ProbeInput() {
  const probe = useProbe();
  const move = useMoveProbe();
  if (!probe) return null;
  const input = (axis: 0 | 1) => (
    <label>
      {axis === 0 ? 'x' : 'y'}{' '}
      <input
        className={`${fields.input} ${css.input}`}
        type="number"
        min={-1}
        max={1}
        step={0.05}
        value={probe[axis]}
        onChange={(event) => {
          const value = Number(event.target.value);
          if (Math.abs(value) <= 1) move(axis === 0 ? [value, probe[1]] : [probe[0], value]);
        }}
      />
    </label>
  );
  return (
    <span className={css.probe}>
      Probe {input(0)} {input(1)}
    </span>
  );
}
