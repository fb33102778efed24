import { useState } from 'react';
import type { Finding } from '../../training/diagnosis.ts';
import { usePlayground } from '../context.ts';
import { IconButton } from '../shell/IconButton.tsx';
import { CloseIcon } from '../shell/icons.tsx';
import css from './DiagnosisBanner.module.css';
import { remedyNow, useFinding } from './diagnosis/use-finding.ts';
import shared from './shared/inside.module.css';

const TITLES: Record<Finding['kind'], string> = {
  diverged: 'Diverged',
  silent: 'Silent layer',
  saturated: 'Saturated layer',
  plateau: 'Plateau',
};

/** Names what is wrong with the run, why, and mends it at a click. Lies over the page, so that nothing moves. */
export function DiagnosisBanner() {
  const playground = usePlayground();
  const finding = useFinding();
  const [closed, setClosed] = useState<Finding['kind']>();
  const [busy, setBusy] = useState(false);
  if (!finding && closed) setClosed(undefined);
  const shown = finding && finding.kind !== closed ? finding : undefined;

  const mend = async (found: Finding) => {
    setBusy(true);
    try {
      await remedyNow(playground, found);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div role="status" className={css.region} data-testid="diagnosis">
      {shown && (
        <div className={css.banner}>
          <div className={css.head}>
            <strong>{TITLES[shown.kind]}</strong>
            <IconButton
              label="Close this finding"
              icon={<CloseIcon />}
              className={css.close}
              onClick={() => setClosed(shown.kind)}
            />
          </div>
          <p>
            {shown.what} {shown.cause}
          </p>
          <button type="button" className={shared.primary} disabled={busy} onClick={() => void mend(shown)}>
            {shown.remedy.label}
          </button>
        </div>
      )}
    </div>
  );
}

export default DiagnosisBanner;
