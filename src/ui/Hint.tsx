import { cloneElement, type ReactElement } from 'react';
import { Tip } from './floating/Tip.tsx';
import { useTip } from './floating/use-tip.ts';

interface HintProps {
  readonly text?: string;
  /** Also under a finger: for reasons, which can be read in no other way there. */
  readonly touch?: boolean;
  readonly children: ReactElement<{ 'aria-describedby'?: string; 'data-hint'?: true }>;
}

/** Shows `text` below its child on hover and keyboard focus; without a text it is the child alone. */
export function Hint({ text, touch = false, children }: HintProps) {
  const { state, handlers } = useTip({ delay: touch ? 0 : 400, touch });
  const shown = state.open && text !== undefined;
  const describedBy = shown ? state.id : children.props['aria-describedby'];
  return (
    <>
      {cloneElement(children, {
        ...handlers,
        'aria-describedby': describedBy,
        'data-hint': text ? true : undefined,
      })}
      {shown && <Tip state={state}>{text}</Tip>}
    </>
  );
}
