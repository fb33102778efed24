import { useApp } from '../views/context.ts';
import { DiagnosisBanner } from '../views/inside/DiagnosisBanner.tsx';
import { useFinding } from '../views/inside/diagnosis/use-finding.ts';
import css from './Messages.module.css';
import { Notices } from './Notices.tsx';

/**
 * What the page has to say and what is wrong with the run, in a place of their own: on a wide page the line above the
 * figures, where the sentence stands otherwise; on a narrow one above the scrubber, at the end of the page. They cover no result.
 */
export function Messages() {
  const finding = useFinding();
  // With several runs beside each other each says for itself how it stands.
  const comparing = useApp((state) => state.lanes.length > 1);
  return (
    <div className={css.messages} data-messages>
      {!comparing && <DiagnosisBanner finding={finding} />}
      <Notices finding={comparing ? undefined : finding} />
    </div>
  );
}
