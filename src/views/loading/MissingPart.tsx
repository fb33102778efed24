import { useEffect, useState } from 'react';
import type { NotArrived } from '../../problems/arriving.ts';
import { keepNow } from '../../state/kept/keep-now.ts';
import controls from '../../ui/controls.module.css';
import { whyMissing } from './missing.ts';
import { reload } from './reload.ts';

interface Props {
  readonly part: string;
  readonly error: NotArrived;
  readonly onAgain: () => void;
}

interface Cause {
  readonly why: string | undefined;
  readonly isKept: boolean;
}

/** What is said in place of a part whose file did not arrive. */
export function MissingPart({ part, error, onAgain }: Props) {
  const [cause, setCause] = useState<Cause>();
  useEffect(() => {
    let shown = true;
    const look = async () => {
      const [why, isKept] = await Promise.all([whyMissing(error.address), keepNow()]);
      if (shown) setCause({ why, isKept });
    };
    look().catch(() => shown && setCause({ why: error.message, isKept: false }));
    return () => {
      shown = false;
    };
  }, [error]);
  const renewed = cause?.why === 'new version';
  const anew = cause && cause.why === undefined;
  return (
    <>
      <strong>{part} did not arrive</strong>
      <p>
        {renewed ? 'A new version of this page is there' : (cause?.why ?? error.message)}.{' '}
        {anew && 'It may be there by now. If trying again does not help, a file that it needs is missing: '}
        {(renewed || anew) && (
          <>
            {renewed ? 'Reload' : 'reload'} the page
            {cause.isKept ? ': your run is kept.' : '; the address keeps the settings of your run.'}{' '}
          </>
        )}
        Everything else works on, training too.
      </p>
      {(renewed || anew) && (
        <button type="button" className={controls.button} onClick={() => void reload(renewed)}>
          Reload
        </button>
      )}
      <button type="button" className={controls.button} onClick={onAgain}>
        Try again
      </button>
    </>
  );
}
