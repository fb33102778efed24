import type { Scene } from '../../lessons/lesson.ts';
import controls from '../../ui/controls.module.css';
import { Hint } from '../../ui/Hint.tsx';
import { usePlayground } from '../context.ts';
import { RichText } from './RichText.tsx';
import css from './TaskList.module.css';
import { playerOf, useLesson } from './use-lesson.ts';

/** What is to be done in a scene, each with a box that ticks itself, and a view in which it is done for those who are stuck. */
export function TaskList({ tasks }: Pick<Scene, 'tasks'>) {
  const player = playerOf(usePlayground());
  const { done, verdicts } = useLesson(({ tasks, verdicts }) => ({ done: tasks, verdicts }));
  if (tasks.length === 0) return null;
  return (
    <ul className={css.tasks} aria-label="To do">
      {tasks.map((task, i) => {
        const isDone = done[i] === true;
        const said = verdicts.get(task.check)?.said;
        return (
          <li key={i} data-done={isDone || undefined} data-testid="task">
            <Hint text={isDone ? `Done: ${task.check.source}` : (said ?? task.check.source)} touch>
              {/* Ticks itself: a press changes nothing, but it can be asked what it waits for. */}
              <input
                type="checkbox"
                className={css.box}
                checked={isDone}
                readOnly
                aria-label={isDone ? 'Done' : 'To do'}
              />
            </Hint>
            <div>
              <RichText parts={task.text} />
              {task.solution && !isDone && (
                <Hint text={task.solution.words}>
                  <button type="button" className={controls.link} onClick={() => void player.solve(i)}>
                    Show me
                  </button>
                </Hint>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
