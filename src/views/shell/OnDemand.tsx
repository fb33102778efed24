import { type ReactNode, Suspense } from 'react';
import css from './Boundary.module.css';
import { Boundary } from './Boundary.tsx';

/** A part that is loaded when it is opened. Without a connection it may not arrive: then that is said, and the run goes on. */
export function OnDemand({ part, children }: { readonly part: string; readonly children: ReactNode }) {
  return (
    <Boundary part={part} className={css.floating}>
      <Suspense>{children}</Suspense>
    </Boundary>
  );
}
