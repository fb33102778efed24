import type { LessonFault } from '../../lessons/read.ts';
import controls from '../../ui/controls.module.css';
import css from './FaultList.module.css';

interface FaultListProps {
  readonly faults: readonly LessonFault[];
  /** Goes to a line of the text, where there is one to go to. */
  readonly onLine?: (line: number) => void;
}

/** What in a lesson's file cannot be used, by its lines. */
export function FaultList({ faults, onLine }: FaultListProps) {
  return (
    <ul className={css.faults} aria-label="What cannot be used">
      {faults.map(({ line, text }, i) => (
        <li key={i}>
          {onLine ? (
            <button type="button" className={controls.link} onClick={() => onLine(line)}>
              Line {line}
            </button>
          ) : (
            <strong>Line {line}</strong>
          )}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
