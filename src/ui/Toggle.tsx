import { type ReactNode, useId } from 'react';
import controls from './controls.module.css';
import { Hint } from './Hint.tsx';

interface ToggleProps {
  /** Its name; may hold a word that explains itself. */
  readonly label: ReactNode;
  /** What stands on the switch. */
  readonly text: string;
  readonly on: boolean;
  readonly hint: string;
  /** Why it cannot be switched. */
  readonly disabled?: string;
  readonly onChange: (on: boolean) => void;
}

/** A switch that looks like a row of one. */
export function Toggle({ label, text, on, hint, disabled, onChange }: ToggleProps) {
  const id = useId();
  return (
    <div className={controls.group}>
      <span id={id} className={controls.label}>
        {label}
      </span>
      <Hint text={disabled ?? hint} touch={disabled !== undefined}>
        <div className={controls.track} aria-disabled={disabled ? true : undefined}>
          <label className={controls.option} data-disabled={disabled ? true : undefined}>
            <input
              type="checkbox"
              aria-labelledby={id}
              aria-describedby={disabled ? `${id}-why` : undefined}
              aria-disabled={disabled ? true : undefined}
              checked={on}
              onChange={(event) => !disabled && onChange(event.target.checked)}
            />
            {text}
          </label>
        </div>
      </Hint>
      {disabled && (
        <span id={`${id}-why`} hidden>
          {disabled}
        </span>
      )}
    </div>
  );
}
