import { useId } from 'react';
import type { TermId } from '../../../lessons/terms.ts';
import { Term } from '../../terms/Term.tsx';
import css from './inside.module.css';

interface RangeProps {
  readonly label: string;
  /** Explains the label. */
  readonly term?: TermId;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A slider with its name and its value in words. */
export function Range({ label, term, value, format, onChange, ...limits }: RangeProps) {
  const id = useId();
  return (
    <div className={css.range}>
      {term ? (
        <span>
          <Term id={term} label>
            {label}
          </Term>
        </span>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      <output htmlFor={id}>{format(value)}</output>
      <input
        id={id}
        type="range"
        aria-label={term && label}
        value={value}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(Number(event.target.value))}
        {...limits}
      />
    </div>
  );
}
