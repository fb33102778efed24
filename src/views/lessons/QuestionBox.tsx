import { useEffect, useId, useRef } from 'react';
import type { Question } from '../../lessons/lesson.ts';
import controls from '../../ui/controls.module.css';
import { useApp, usePlayground } from '../context.ts';
import css from './QuestionBox.module.css';
import { RichText } from './RichText.tsx';
import { playerOf, useLesson } from './use-lesson.ts';
import { Vote } from './Votes.tsx';

const LETTERS = 'ABCDEFGH';

/** A question, answered before it is tried. Which answer came true is seen once the scene's tasks are done. */
export function QuestionBox({ question }: { readonly question: Question }) {
  const player = playerOf(usePlayground());
  const { chosen, asked, right, done } = useLesson(({ chosen, asked, right, done }) => ({
    chosen,
    asked,
    right,
    done,
  }));
  const presenting = useApp((state) => state.presentation.view === 'presenter');
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector('input')?.focus();
  }, [asked]);
  const revealed = done && right !== undefined;
  return (
    <fieldset
      ref={box}
      className={css.question}
      data-waits={(asked > 0 && chosen === undefined) || undefined}
    >
      <legend>
        <RichText parts={question.text} />
      </legend>
      {question.answers.map((answer, i) => (
        <div key={i} className={css.row} data-right={revealed ? right === i : undefined}>
          <label className={css.answer} data-chosen={chosen === i || undefined}>
            <input
              type="radio"
              name={id}
              checked={chosen === i}
              aria-disabled={done || undefined}
              aria-describedby={done ? `${id}-done` : undefined}
              onChange={() => !done && player.choose(i)}
            />
            <span className={css.letter}>{LETTERS[i]}</span>
            <span className={css.words}>
              <RichText parts={answer.text} />
              {revealed && right === i && <strong className={css.came}> – this is what happened</strong>}
            </span>
          </label>
          {presenting && <Vote answer={i} answers={question.answers.length} letter={LETTERS[i]} />}
        </div>
      ))}
      {revealed ? (
        <p className={css.verdict} role="status">
          {verdictOf(chosen, right)}
        </p>
      ) : chosen === undefined ? (
        <p className={css.wait} role="status">
          {asked > 0 ? 'Choose first, then play: ' : 'What do you think? '}
          <button type="button" className={controls.link} onClick={() => player.choose('none')}>
            Go on without a guess
          </button>
        </p>
      ) : (
        <p className={css.wait} role="status">
          {chosen === 'none' ? 'Watch what happens.' : `You chose ${LETTERS[chosen]}. Now try it.`}
        </p>
      )}
      {done && (
        <span id={`${id}-done`} hidden>
          What happens has been seen: the scene from its beginning asks again
        </span>
      )}
    </fieldset>
  );
}

function verdictOf(chosen: number | 'none' | undefined, right: number): string {
  if (typeof chosen !== 'number') return `It is ${LETTERS[right]}.`;
  return chosen === right
    ? `It is ${LETTERS[right]}, as you said.`
    : `You said ${LETTERS[chosen]}; it is ${LETTERS[right]}. That is what a try is for.`;
}
