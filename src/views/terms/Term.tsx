import { Tooltip } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { TermId } from '../../lessons/terms.ts';
import { useTerm } from './catalogue.ts';
import css from './terms.module.css';

interface TermProps {
  readonly id: TermId;
  /** The words on the page. */
  readonly children: ReactNode;
  /** Stands alone above or beside a control, not in a sentence: the target is made larger. */
  readonly label?: boolean;
}

/**
 * A word with a dotted line under it: hover, focus or a tap explains it, Escape closes the explanation. While it is open,
 * the tooltip describes the word to assistive technology too (aria-describedby).
 */
export function Term({ id, children, label = false }: TermProps) {
  const [open, setOpen] = useState(false);
  const entry = useTerm(id);
  const heading = entry?.symbol ? `${entry.name}, ${entry.symbol}` : entry?.name;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    // Only the explanation closes, not the dialog around it.
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <Tooltip
      opened={open && entry !== undefined}
      multiline
      maw={300}
      withArrow
      classNames={{ tooltip: css.tip }}
      label={
        <>
          <strong>{heading}.</strong> {entry?.text}
        </>
      }
    >
      <button
        type="button"
        className={label ? `${css.term} ${css.label}` : css.term}
        data-term={id}
        onMouseEnter={() => setOpen(true)}
        onMouseLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={press}
      >
        {children}
      </button>
    </Tooltip>
  );
}
