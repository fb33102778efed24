import type { RefObject } from 'react';
import { FIELDS, formatField } from '../training/config.ts';
import { type Difference, type PaperStanding, paperPins, type RunLog } from '../training/paper.ts';
import controls from '../ui/controls.module.css';
import { Flyout } from '../ui/floating/Flyout.tsx';
import { usePlayground } from '../views/context.ts';
import { formatCount, formatError } from '../views/format.ts';
import { runName } from '../views/run-words.ts';
import css from './PaperNote.module.css';

export interface PaperFigureProps {
  readonly standing: PaperStanding;
  readonly log: RunLog;
  /** How what is shown is not the network as trained, in words. */
  readonly altered: readonly string[];
}

interface PaperNoteProps extends PaperFigureProps {
  readonly standing: Exclude<PaperStanding, { kind: 'unreported' }>;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** What the paper's figure rests on, or in what this run differs from its setting; one press takes the paper's settings. */
export default function PaperNote({ standing, log, altered, anchor, onClose }: PaperNoteProps) {
  const { app, actions } = usePlayground();
  const differing = standing.kind === 'differs' ? standing.differences : [];
  const changed = standing.kind === 'differs' ? standing.changed : [];
  const { config } = log[log.length - 1];
  const holds = standing.kind === 'holds' && altered.length === 0;
  const takeSettings = () => {
    onClose();
    const { pinned, comparison, presentation } = app.getState();
    void actions.open({ pinned: paperPins(pinned), planned: [], comparison, presentation });
  };
  return (
    <Flyout
      anchor={anchor}
      label={holds ? 'The paper’s figure' : 'The paper’s setting differs'}
      align="end"
      className={css.note}
      onClose={onClose}
    >
      {holds ? (
        <p>
          The paper reports {formatError(standing.figure)}. All that it states holds here; what it leaves open
          is the default of the recipe “{config.recipe}”.
        </p>
      ) : (
        <>
          <p>
            The paper reports {formatError(standing.figure)} for this method, in another setting: beside this
            run the figure would say nothing.
          </p>
          <ul>
            {differing.map((difference) => (
              <li key={difference.field}>{describe(difference)}</li>
            ))}
            {changed.length > 0 && (
              <li>
                {runName(log)}: changed in mid-run, at {changed.length === 1 ? 'step' : 'steps'}{' '}
                {changed.map(formatCount).join(', ')}; the paper trains with one method and one setting.
              </li>
            )}
            {altered.map((what) => (
              <li key={what}>What is shown is not the network as trained: {what}</li>
            ))}
          </ul>
        </>
      )}
      <div className={css.acts}>
        {(differing.length > 0 || changed.length > 0) && (
          <button type="button" className={controls.button} onClick={takeSettings}>
            Take the paper’s settings, start anew
          </button>
        )}
        <button
          type="button"
          className={controls.link}
          onClick={() => {
            onClose();
            actions.look('choices');
          }}
        >
          What the paper leaves open
        </button>
      </div>
    </Flyout>
  );
}

function describe({ field, stated, ours, expected }: Difference) {
  const theirs = formatField(field, expected as never);
  return (
    <>
      {FIELDS[field].label} <b>{formatField(field, ours as never)}</b>
      {stated ? `; the paper has ${theirs}` : `; the paper leaves it open, our default is ${theirs}`}
    </>
  );
}
