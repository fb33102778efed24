import type { PlayerState } from '../../lessons/player.ts';
import type { LessonPlace } from '../../state/presentation.ts';

/** How far a scene is, as the page tells it to whoever packed it for a course system (scripts/scorm). */
export interface SceneReport {
  readonly lesson: LessonPlace['lesson'];
  readonly scene: number;
  /** Of the lesson. */
  readonly scenes: number;
  /** Of the lesson's scenes, those that ask something. */
  readonly questions: number;
  /** The scene's tasks are done and its question is answered. */
  readonly done: boolean;
  /** Whether the answer came true, once that can be said. */
  readonly isRight?: boolean;
}

/** Undefined while no scene is open. */
export function sceneReport({
  phase,
  place,
  lesson,
  scene,
  done,
  chosen,
  right,
}: PlayerState): SceneReport | undefined {
  if (phase !== 'open' || !place || !lesson || !scene) return undefined;
  return {
    lesson: place.lesson,
    scene: place.scene,
    scenes: lesson.scenes.length,
    questions: lesson.scenes.filter(({ question }) => question).length,
    done,
    ...(right !== undefined && { isRight: chosen === right }),
  };
}

/** Tells each change as an event “scene” of the document. */
export function tellScenes(store: {
  getState(): PlayerState;
  subscribe(look: (state: PlayerState) => void): unknown;
}) {
  let told = '';
  store.subscribe((state) => {
    const detail = sceneReport(state);
    const text = JSON.stringify(detail);
    if (!detail || text === told) return;
    told = text;
    document.dispatchEvent(new CustomEvent('scene', { detail }));
  });
}
