import { useState } from 'react';
import controls from '../../ui/controls.module.css';
import { Hint } from '../../ui/Hint.tsx';
import { onDemand } from '../loading/OnDemand.tsx';
import { useHidden } from './use-hidden.ts';

const ShareDialog = onDemand('The share dialog', () => import('./ShareDialog.tsx'), { floating: true });

/** Opens the dialog with link, QR code and run file. */
export function ShareButton() {
  const [open, setOpen] = useState(false);
  if (useHidden('share')) return null;
  return (
    <>
      <Hint text="A link or QR code to this very run, and the run as a file">
        <button type="button" className={controls.link} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          Share
        </button>
      </Hint>
      {open && <ShareDialog onClose={() => setOpen(false)} />}
    </>
  );
}
