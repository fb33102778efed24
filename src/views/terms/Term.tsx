import type { ComponentProps, CSSProperties, ReactNode } from 'react';
import type { TermId } from '../../lessons/terms.ts';
import { Tip } from '../../ui/floating/Tip.tsx';
import { type TipState, useTip } from '../../ui/floating/use-tip.ts';
import { useTerm } from './catalogue.ts';
import css from './Term.module.css';

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
  return (
    <Explained id={id} className={label ? `${css.term} ${css.label}` : css.term}>
      {children}
    </Explained>
  );
}

interface TermSpotProps {
  readonly id: TermId;
  /** The symbol and what it stands for. */
  readonly name: string;
  /** Within the figure; at least 24 px each way. */
  readonly place: CSSProperties;
}

/** A transparent part of a drawing over a symbol in it: explains the symbol as a `Term` does a word. */
export function TermSpot({ id, name, place }: TermSpotProps) {
  return <Explained id={id} className={css.spot} style={place} aria-label={name} />;
}

function Explained({ id, ...button }: ComponentProps<'button'> & { readonly id: TermId }) {
  const { state, handlers } = useTip({ delay: 0, touch: true });
  return (
    <>
      <button
        type="button"
        data-term={id}
        aria-describedby={state.open ? state.id : undefined}
        {...button}
        {...handlers}
        onClick={state.enter}
      />
      {state.open && <Explanation id={id} state={state} />}
    </>
  );
}

function Explanation({ id, state }: { readonly id: TermId; readonly state: TipState }) {
  const entry = useTerm(id);
  if (!entry) return null;
  if (entry === 'missing')
    return <Tip state={state}>The explanation did not arrive. Opened again, it is asked for again.</Tip>;
  return (
    <Tip state={state}>
      <strong>{entry.symbol ? `${entry.name}, ${entry.symbol}` : entry.name}.</strong> {entry.text}
    </Tip>
  );
}
