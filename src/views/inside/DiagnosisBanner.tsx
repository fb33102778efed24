import { useState } from 'react';
import type { Finding, Remedy } from '../../training/diagnosis.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { usePlayground } from '../context.ts';
import css from './DiagnosisBanner.module.css';
import { remedyNow } from './diagnosis/use-finding.ts';
import shared from './shared/inside.module.css';

const TITLES: Record<Finding['kind'], string> = {
  diverged: 'Diverged',
  runaway: 'Rate too large',
  silent: 'Silent layer',
  saturated: 'Saturated layer',
  plateau: 'Plateau',
};

/** Names what is wrong with the run, why, and mends it at a click. */
export function DiagnosisBanner({ finding }: { readonly finding: Finding | undefined }) {
  const playground = usePlayground();
  const [closed, setClosed] = useState<Finding['kind']>();
  const [busy, setBusy] = useState(false);
  if (!finding && closed) setClosed(undefined);
  const shown = finding && finding.kind !== closed ? finding : undefined;
  const remedy = shown?.remedy;

  const mend = async (remedy: Remedy) => {
    setBusy(true);
    try {
      await remedyNow(playground, remedy);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div role="status" className={css.region} data-testid="diagnosis">
      {shown && (
        <div className={css.banner}>
          <p>
            <strong>{TITLES[shown.kind]}.</strong> {shown.what} {shown.cause}
          </p>
          {remedy && (
            <button
              type="button"
              className={`${shared.primary} ${css.remedy}`}
              aria-busy={busy || undefined}
              onClick={() => !busy && void mend(remedy)}
            >
              {remedy.label}
            </button>
          )}
          <IconButton
            label="Close this finding"
            icon={<CloseIcon />}
            className={css.close}
            onClick={() => setClosed(shown.kind)}
          />
        </div>
      )}
    </div>
  );
}
