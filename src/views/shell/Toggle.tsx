import { useId } from 'react';
import type { TermId } from '../../lessons/terms.ts';
import { Term } from '../terms/Term.tsx';
import controls from './controls.module.css';
import { Hint } from './Hint.tsx';

export interface ToggleProps {
  readonly label: string;
  /** Explains the label. */
  readonly term: TermId;
  /** What stands on the switch. */
  readonly text: string;
  readonly on: boolean;
  readonly hint: string;
  readonly onChange: (on: boolean) => void;
}

/** A switch that looks like a row of one. */
export function Toggle({ label, term, text, on, hint, onChange }: ToggleProps) {
  const id = useId();
  return (
    <div className={controls.group}>
      <span id={id} className={controls.label}>
        <Term id={term} label>
          {label}
        </Term>
      </span>
      <Hint text={hint}>
        <div className={controls.track}>
          <label className={controls.option}>
            <input
              type="checkbox"
              aria-labelledby={id}
              checked={on}
              onChange={(event) => onChange(event.target.checked)}
            />
            {text}
          </label>
        </div>
      </Hint>
    </div>
  );
}
