import { useId } from 'react';
import css from './Panel.module.css';

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
      onClick={({ currentTarget }) => {
        const panel = currentTarget.closest<HTMLElement>('[data-panel]');
        if (panel) void import('./enlarge.ts').then(({ toggleEnlarged }) => toggleEnlarged(panel));
      }}
    />
  );
}
