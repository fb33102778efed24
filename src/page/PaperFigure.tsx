import { useCallback, useRef, useState } from 'react';
import { formatError } from '../views/format.ts';
import { PaperNote } from './on-demand.tsx';
import css from './PaperFigure.module.css';
import type { PaperFigureProps } from './PaperNote.tsx';

/** The paper's figure where it may stand beside the run; else that its setting differs. A press says in what. */
export function PaperFigure(props: PaperFigureProps) {
  const { standing, altered } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  if (standing.kind === 'unreported')
    return (
      <span className={css.paper}>
        {standing.otherExperiment ? 'not in the paper' : 'paper: not reported'}
      </span>
    );
  const holds = standing.kind === 'holds' && altered.length === 0;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${css.paper} ${css.ask}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={holds ? undefined : 'The paper’s setting differs'}
        data-testid="paper"
        onClick={() => setOpen(!open)}
      >
        {holds ? `paper ${formatError(standing.figure)}` : 'setting differs'}
      </button>
      {open && <PaperNote {...props} standing={standing} anchor={button} onClose={close} />}
    </>
  );
}
