import type { ReactNode } from 'react';
import css from './ScaleLock.module.css';
import { scaleLock, useScaleLocked } from './scale-lock.ts';

/** Keeps errors on the target's scale for the whole run; `children` says what their scale is otherwise. */
export function ScaleLock({ children }: { readonly children: ReactNode }) {
  const locked = useScaleLocked();
  return (
    <button
      type="button"
      className={css.lock}
      aria-pressed={locked}
      aria-label="Same scale for the whole run"
      title={
        locked
          ? 'Errors are drawn on the target’s scale, the same for the whole run. Press for a scale of their own'
          : 'Same scale for the whole run, the target’s: as the error shrinks, its colours fade'
      }
      data-testid="scale-lock"
      onClick={() => scaleLock.setState({ locked: !locked })}
    >
      <svg width="14" height="14" viewBox="0 0 20 20" aria-hidden="true">
        <path d={`M4.5 9.5h11v7h-11zM6.5 9.5V7a3.5 3.5 0 0 1 7 0${locked ? 'v2.5' : ''}`} />
      </svg>
      {locked ? 'same scale' : children}
    </button>
  );
}
