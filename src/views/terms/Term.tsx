import { Tooltip } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { type TermId, termEntry } from '../../lessons/terms.ts';
import css from './terms.module.css';

interface TermProps {
  readonly id: TermId;
  /** The words on the page; the term's name without them. */
  readonly children?: ReactNode;
  /** Stands alone above or beside a control, not in a sentence: the target is made larger. */
  readonly label?: boolean;
}

/** A word with a dotted line under it: hover, focus or a tap explains it, Escape closes the explanation. */
export function Term({ id, children, label = false }: TermProps) {
  const [open, setOpen] = useState(false);
  const explanation = useId();
  const { name, symbol, text } = termEntry(id);
  const heading = symbol && symbol !== name ? `${name}, ${symbol}` : name;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    // Only the explanation closes, not the dialog around it.
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <>
      <Tooltip
        opened={open}
        multiline
        maw={300}
        withArrow
        className={css.tip}
        label={
          <>
            <strong>{heading}.</strong> {text}
          </>
        }
      >
        <button
          type="button"
          className={label ? `${css.term} ${css.label}` : css.term}
          data-term={id}
          aria-describedby={explanation}
          onMouseEnter={() => setOpen(true)}
          onMouseLeave={() => setOpen(false)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onClick={() => setOpen(true)}
          onKeyDown={press}
        >
          {children ?? name}
        </button>
      </Tooltip>
      <span id={explanation} hidden>
        {heading}. {text}
      </span>
    </>
  );
}
