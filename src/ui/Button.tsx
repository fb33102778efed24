import { type ComponentPropsWithRef, useId } from 'react';
import { Hint } from './Hint.tsx';

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'aria-disabled'> {
  /** Why it can do nothing now. It stays focusable, so that the reason can be read by everyone: by pointer, keys and finger. */
  readonly why?: string;
}

/** A button that says why, where it can do nothing. */
export function Button({ why, onClick, type = 'button', ...rest }: ButtonProps) {
  const id = useId();
  const isOff = why !== undefined;
  return (
    <>
      <Hint text={why} touch={isOff}>
        <button
          {...rest}
          type={type}
          aria-disabled={isOff || undefined}
          aria-describedby={isOff ? id : rest['aria-describedby']}
          onClick={(event) => {
            if (!isOff) onClick?.(event);
          }}
        />
      </Hint>
      {isOff && (
        <span id={id} hidden>
          {why}
        </span>
      )}
    </>
  );
}
