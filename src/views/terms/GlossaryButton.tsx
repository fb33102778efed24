import { lazy, Suspense, useState } from 'react';
import controls from '../shell/controls.module.css';

const GlossaryDialog = lazy(() => import('./GlossaryDialog.tsx'));

/** Opens the list of all terms and symbols. */
export function GlossaryButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={controls.button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Terms and symbols
      </button>
      {open && (
        <Suspense>
          <GlossaryDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
