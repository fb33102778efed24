import { type KeyboardEvent, useState } from 'react';
import { type FieldName, formatField } from '../../training/config.ts';
import { useApp, usePlayground } from '../context.ts';
import { faultOf, type Kept, nudged, withField } from './field-input.ts';

/** Whose setting a text becomes. */
interface Taker {
  /** The text in force. */
  readonly value: string;
  /** What is wrong with a text; undefined if nothing is. */
  faultOf(text: string): string | undefined;
  take(text: string): void;
}

/** Text input of one field of the page's settings. */
export function useDraft(field: FieldName, kept?: Kept) {
  const { app, actions } = usePlayground();
  const value = useApp((state) => formatField(field, state.config[field] as never));
  const pinned = () => app.getState().pinned;
  return useDraftFor(field, {
    value,
    faultOf: (text) => faultOf(pinned(), field, text, kept),
    take: (text) => void actions.replace(withField(pinned(), field, text, kept)),
  });
}

/**
 * Text input of one field: what is typed stays in the input until it is allowed, and only then becomes the setting. It is
 * judged on leaving the input or Enter, and from then on with every key.
 */
export function useDraftFor(field: FieldName, { value, faultOf, take }: Taker) {
  const [draft, setDraft] = useState<string>();
  const [fault, setFault] = useState<string>();

  const drop = () => {
    setDraft(undefined);
    setFault(undefined);
  };
  const commit = (text: string) => {
    if (text.trim() === value) return drop();
    const wrong = faultOf(text);
    if (wrong) {
      setDraft(text);
      setFault(wrong);
    } else {
      take(text);
      drop();
    }
  };
  const type = (text: string) => {
    setDraft(text);
    if (fault) setFault(faultOf(text));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    if (event.key === 'Enter') commit(draft ?? value);
    else if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation();
      drop();
    } else if (by) {
      const next = nudged(field, draft ?? value, by);
      if (!next) return;
      event.preventDefault();
      commit(next);
    }
  };

  return {
    text: draft ?? value,
    /** What was typed and is not in force yet. */
    draft,
    fault,
    commit,
    input: {
      value: draft ?? value,
      onChange: (event: { target: { value: string } }) => type(event.target.value),
      onBlur: () => draft !== undefined && commit(draft),
      onKeyDown,
    },
  };
}
