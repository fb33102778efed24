import { Fragment, type ReactNode, useId } from 'react';
import css from './controls.module.css';
import { Hint } from './Hint.tsx';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  /** What stands in place of the label where options are spelled out. */
  readonly spoken?: string;
  readonly hint?: string;
  /** Why this option cannot be chosen. */
  readonly disabled?: string;
}

interface SegmentedProps<V extends string> {
  /** Its name; may hold a word that explains itself. */
  readonly label: ReactNode;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
  /** Why nothing can be chosen here. */
  readonly disabled?: string;
  /** The label is for screen readers only. */
  readonly bare?: boolean;
  /** Options are spelled out, for a hall. */
  readonly spelled?: boolean;
}

/**
 * A row of radio buttons. What cannot be chosen stays focusable, so that its reason can be read by everyone.
 */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, value, options, onChange, disabled, bare, spelled } = props;
  const id = useId();
  return (
    <div className={css.group}>
      <span id={`${id}-label`} className={bare ? 'hidden-visually' : css.label}>
        {label}
      </span>
      <div
        role="radiogroup"
        aria-labelledby={`${id}-label`}
        aria-disabled={disabled ? true : undefined}
        className={css.track}
      >
        {options.map((option) => {
          const why = disabled ?? option.disabled;
          const reason = `${id}-${option.value}`;
          return (
            <Fragment key={option.value}>
              <Hint text={why ?? option.hint} touch={why !== undefined}>
                <label className={css.option} data-disabled={why ? true : undefined}>
                  <input
                    type="radio"
                    name={id}
                    checked={option.value === value}
                    onChange={() => !why && onChange(option.value)}
                    aria-disabled={why ? true : undefined}
                    aria-describedby={why || option.hint ? reason : undefined}
                  />
                  {(spelled && option.spoken) || option.label}
                </label>
              </Hint>
              <span id={reason} hidden>
                {why ?? option.hint}
              </span>
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}
