import { lazy, Suspense, useState } from 'react';
import css from './terms.module.css';

const Glossary = lazy(() => import('./Glossary.tsx'));

/** All terms and symbols, folded away until they are asked for. */
export function GlossarySection() {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Terms and symbols</summary>
      {open && (
        <Suspense fallback={<p>Loading…</p>}>
          <Glossary />
        </Suspense>
      )}
    </details>
  );
}
