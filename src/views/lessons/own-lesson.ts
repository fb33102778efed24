import type { Lesson } from '../../lessons/lesson.ts';
import type { LessonPlace } from '../../state/presentation.ts';

/** The lesson that is being written, or that a link carries. @throws Error saying why it cannot be opened */
export async function ownLesson(_place: LessonPlace): Promise<Lesson> {
  throw new Error('There is no lesson of your own yet');
}
