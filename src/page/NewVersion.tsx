import { useEffect, useState } from 'react';
import { keepNow } from '../state/kept/keep-now.ts';
import controls from '../ui/controls.module.css';
import { useOffline } from '../views/loading/offline-state.ts';
import { reload } from '../views/loading/reload.ts';
import css from './KeptOffer.module.css';
import common from './notice.module.css';

/** A new version of the page, and what can be done with it. */
export default function NewVersion() {
  const [isKept, setKept] = useState<boolean>();
  useEffect(() => {
    void keepNow().then(setKept);
  }, []);
  return (
    <div className={`${common.notice} ${css.offer}`} data-kind="info" data-testid="new-version">
      <span className={common.text}>
        A new version of this page is there. This one works on until you reload it
        {isKept ? ': your run is kept' : '; the address keeps the settings of your run'}
      </span>
      <span className={css.choices}>
        <button type="button" className={controls.button} onClick={() => void reload()}>
          Reload
        </button>
        <button
          type="button"
          className={controls.button}
          onClick={() => useOffline.setState({ renewed: false })}
        >
          Not now
        </button>
      </span>
    </div>
  );
}
