import { useState } from 'react';
import { onDemand } from '../loading/OnDemand.tsx';
import css from './GlossarySection.module.css';

const Glossary = onDemand('The glossary', () => import('./Glossary.tsx'), { fallback: <p>Loading…</p> });

/** All terms and symbols, folded away until they are asked for. */
export function GlossarySection() {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Terms and symbols</summary>
      {open && <Glossary />}
    </details>
  );
}
