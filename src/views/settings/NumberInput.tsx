import { type KeyboardEvent, useState } from 'react';
import { allowedInstead, ConfigError, integer, number } from '../../settings/fields.ts';
import { readNumber } from '../../settings/read-number.ts';
import css from './NumberInput.module.css';

interface NumberInputProps {
  readonly id: string;
  readonly label: string;
  readonly className?: string;
  readonly placeholder?: string;
  /** `undefined` shows the placeholder. */
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  /** By which the arrow keys change it; a whole number where only whole numbers are allowed. */
  readonly step: number;
  /** What an input with nothing in it means; it is refused where this is left out. */
  readonly empty?: number;
  readonly onValue: (value: number) => void;
  /** Told whether what was typed can be used. */
  readonly onFault?: (faulty: boolean) => void;
}

/**
 * A number that is typed, with a decimal point or comma. As text: a browser that reads numbers takes only its own language's, and tells
 * nothing of the others.
 */
export function NumberInput({
  id,
  label,
  value,
  min,
  max,
  step,
  empty,
  onValue,
  onFault,
  ...looks
}: NumberInputProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly fault?: string }>();
  const whole = Number.isInteger(step);
  const read = (text: string): number | ConfigError => {
    const read = text.trim() === '' ? empty : readNumber(text, whole);
    if (read !== undefined && read >= min && read <= max && (!whole || Number.isInteger(read))) return read;
    const field = (whole ? integer : number)(min, min, max, { label, help: '' });
    return new ConfigError(label, text.slice(0, 40), allowedInstead(field, text));
  };
  const type = (text: string) => {
    const next = read(text);
    const fault = typeof next === 'number' ? undefined : next.message;
    setDraft({ text, fault });
    onFault?.(fault !== undefined);
    if (typeof next === 'number') onValue(next);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(max, Math.max(min, (value ?? empty ?? min) + by));
    type(String(Number(next.toFixed(6))));
  };
  return (
    <>
      <input
        {...looks}
        id={id}
        type="text"
        inputMode={whole ? 'numeric' : min < 0 ? undefined : 'decimal'}
        autoComplete="off"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-invalid={draft?.fault ? true : undefined}
        aria-describedby={draft?.fault ? `${id}-fault` : undefined}
        value={draft?.text ?? value ?? ''}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onBlur={() => !draft?.fault && setDraft(undefined)}
      />
      {draft?.fault && (
        <span id={`${id}-fault`} role="alert" className={css.fault}>
          {draft.fault}
        </span>
      )}
    </>
  );
}
