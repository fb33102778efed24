import type { Check } from '../../lessons/lesson.ts';
import { Tip } from '../../ui/floating/Tip.tsx';
import { useTip } from '../../ui/floating/use-tip.ts';
import css from './CheckMark.module.css';
import { useLesson } from './use-lesson.ts';

/** Whether what was just said holds now: a tick, or a dot. Hover, focus or a tap says the condition and the present values. */
export function CheckMark({ check }: { readonly check: Check }) {
  const { verdict, done } = useLesson(({ verdicts, done }) => ({ verdict: verdicts.get(check), done }));
  const { state, handlers } = useTip({ delay: 0, touch: true });
  const holds = verdict?.holds === true;
  const standing = holds ? 'holds' : done && verdict?.fault ? 'cannot be said' : 'not yet';
  return (
    <>
      <button
        type="button"
        className={css.mark}
        data-holds={holds}
        aria-label={`Checked here: ${standing}`}
        aria-describedby={state.open ? state.id : undefined}
        {...handlers}
        onClick={state.enter}
      >
        {holds ? '✓' : '·'}
      </button>
      {state.open && (
        <Tip state={state}>
          {holds ? 'This holds on the page: ' : 'This is checked on the page: '}
          <code>{check.source}</code>
          {verdict?.said !== undefined && verdict.said !== check.source && (
            <>
              , now <code>{verdict.said}</code>
            </>
          )}
          {verdict?.fault && `. ${verdict.fault}`}
        </Tip>
      )}
    </>
  );
}
