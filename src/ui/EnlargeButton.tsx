import { useId } from 'react';
import css from './Panel.module.css';

/** The event that asks for it. */
export const ENLARGE = 'enlarge-panel';

/** Lays the panel around it over the whole window, or puts it back. Its title is part of what is pressed. */
export function EnlargeButton({ titleId }: { readonly titleId: string }) {
  const id = useId();
  return (
    <button
      type="button"
      id={id}
      className={css.enlarge}
      aria-label="Enlarge"
      aria-labelledby={`${id} ${titleId}`}
      title="Fill the window (F)"
      data-enlarge
      // Heard by the page, which loads what does it.
      onClick={({ currentTarget }) =>
        currentTarget.dispatchEvent(new CustomEvent(ENLARGE, { bubbles: true }))
      }
    />
  );
}
