import css from './ClassQuestion.module.css';
import type { ShownLane } from './lane-names.ts';
import { questionFor } from './question.ts';

/** What the class is asked while the names are hidden. */
export function ClassQuestion({ lanes }: { readonly lanes: readonly ShownLane[] }) {
  return (
    <section className={css.question} aria-label="Question to the class">
      <p>{questionFor(lanes.map(({ lane }) => lane.getState().config))}</p>
      <p className={css.letters}>{lanes.map(({ letter }) => letter).join('   ')}</p>
      <p>Hands up for each letter, then reveal the names. Costs are shown with them.</p>
    </section>
  );
}
