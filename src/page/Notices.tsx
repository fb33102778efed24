import { useEffect, useState } from 'react';
import type { Finding } from '../training/diagnosis.ts';
import controls from '../ui/controls.module.css';
import { IconButton } from '../ui/IconButton.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { useApp, usePlayground } from '../views/context.ts';
import { formatCount } from '../views/format.ts';
import { useOffline } from '../views/loading/offline-state.ts';
import css from './Notices.module.css';
import common from './notice.module.css';
import { KeptOffer, NewVersion } from './on-demand.tsx';

/** How long a mere information stays; warnings and errors stay until they are closed or replaced. */
const INFO_MS = 7000;

/** What the page has to say, and how far the making of the data is. */
export function Notices({ finding }: { readonly finding: Finding | undefined }) {
  const { actions } = usePlayground();
  const { notice, progress, status, offer, inLesson } = useApp(
    ({ notice, progress, status, offer, presentation }) => ({
      notice,
      progress,
      status,
      offer,
      inLesson: presentation.lesson !== undefined,
    }),
  );
  const renewed = useOffline((state) => state.renewed);
  const [held, setHeld] = useState(false);
  const [whole, setWhole] = useState<string>();
  // The finding says the same, and what to do.
  const inFinding = status === 'diverged' && finding?.kind === 'diverged' && notice?.kind === 'error';

  // A scene says itself when its training has come to the end, beside figures that nothing should cover then.
  const inScene = inLesson && status === 'finished' && notice?.kind === 'info';

  useEffect(() => {
    if (notice?.kind !== 'info' || held) return;
    const timer = setTimeout(actions.clearNotice, INFO_MS);
    return () => clearTimeout(timer);
  }, [notice, held, actions]);

  return (
    <div
      role="status"
      className={css.region}
      data-testid="notices"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {progress && (
        <div className={common.notice} data-kind="info">
          <span>
            Making the data: {formatCount(progress.done)} of {formatCount(progress.total)} functions
          </span>
          <progress value={progress.done} max={progress.total} aria-label="Data made" />
        </div>
      )}
      {renewed && !inLesson && <NewVersion />}
      {offer && !inLesson && <KeptOffer offer={offer} />}
      {notice && !inFinding && !inScene && (
        <div
          className={common.notice}
          data-kind={notice.kind}
          data-whole={whole === notice.text || undefined}
        >
          <span className={common.text}>{notice.text}</span>
          {notice.text.includes('\n') && (
            <button
              type="button"
              className={`${controls.link} ${css.all}`}
              aria-expanded={whole === notice.text}
              onClick={() => setWhole(whole === notice.text ? undefined : notice.text)}
            >
              {whole === notice.text ? 'less' : 'show all'}
            </button>
          )}
          {status === 'failed' && (
            <button type="button" className={controls.button} onClick={() => void actions.start()}>
              Start again
            </button>
          )}
          <IconButton
            label="Close this message"
            icon={<CloseIcon />}
            className={css.close}
            onClick={actions.clearNotice}
          />
        </div>
      )}
    </div>
  );
}
