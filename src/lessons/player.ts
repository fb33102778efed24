import { createStore } from 'zustand/vanilla';
import { NotArrived } from '../problems/arriving.ts';
import type { Playground } from '../state/playground.ts';
import type { LessonPlace } from '../state/presentation.ts';
import type { Block, Check, Inline, Lesson, Scene } from './lesson.ts';
import { openScene, openSolution } from './open-scene.ts';

export { openScene } from './open-scene.ts';

/** What became of a check. */
export interface Verdict {
  /** Undefined while it cannot be said. */
  readonly holds?: boolean;
  /** The condition with what its facts are now. */
  readonly said?: string;
  /** What it asks for, and the present values. */
  readonly values?: readonly (readonly [source: string, value: string])[];
  /** Why it cannot be said. */
  readonly fault?: string;
}

/**
 * Evaluates a check over what the page shows.
 * @param measures whether facts may be asked for that take a moment: training rests
 */
export type Evaluate = (check: Check, measures: boolean) => Promise<Verdict> | Verdict;

export interface PlayerOptions {
  readonly evaluate: Evaluate;
  /** The lesson of a place. @throws Error saying why it cannot be opened */
  readonly load: (place: LessonPlace) => Promise<Lesson>;
  /** Called once a scene's tasks are done. */
  readonly onDone?: (place: LessonPlace) => void;
  /** Least time between two evaluations, ms. */
  readonly every?: number;
}

/** The scene that is open, as the page shows it. */
export interface PlayerState {
  readonly phase: 'closed' | 'loading' | 'training' | 'open';
  readonly place?: LessonPlace;
  readonly lesson?: Lesson;
  readonly scene?: Scene;
  /** How far the network is trained before the scene begins. */
  readonly trained?: { readonly step: number; readonly of: number };
  /** Number of the answer that was chosen, or `none` for those who rather look. */
  readonly chosen?: number | 'none';
  /** Attempts to play before an answer was chosen. */
  readonly asked: number;
  /** By the scene's tasks; what is done stays done until the scene is opened again. */
  readonly tasks: readonly boolean[];
  /** All tasks are done and the question is answered: what comes after is said. */
  readonly done: boolean;
  /** Number of the answer that came true. */
  readonly right?: number;
  readonly verdicts: ReadonlyMap<Check, Verdict>;
  /** What is said of the scene as it opens has been evaluated. */
  readonly checked: boolean;
  /** Why the lesson could not be opened. */
  readonly fault?: string;
  /** A file of the page that did not arrive: it can be asked for again. */
  readonly missing?: NotArrived;
}

/** A condition that could not be told at rest is evaluated again after so many ms. */
const AGAIN_MS = 500;

const CLOSED: PlayerState = {
  phase: 'closed',
  asked: 0,
  tasks: [],
  done: false,
  verdicts: new Map(),
  checked: false,
};

/** Whether Play waits for an answer. */
export const waitsForAnswer = ({ scene, chosen, done }: PlayerState): boolean =>
  scene?.question !== undefined && chosen === undefined && !done;

/** Plays the lesson that `presentation.lesson` names: opens its scenes and watches what comes true. */
export function createPlayer(playground: Playground, { evaluate, load, onDone, every = 120 }: PlayerOptions) {
  const { app, actions } = playground;
  const store = createStore<PlayerState>(() => CLOSED);
  let opening = new AbortController();
  /** The scene in which a solution is under way: another one would train beside it. */
  let solving: AbortSignal | undefined;
  /** The scene of which what is said at its end has been measured. */
  let told: AbortSignal | undefined;
  let lessons: { readonly key: string; readonly lesson: Lesson } | undefined;

  async function open(place: LessonPlace): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    const before = store.getState();
    const { notice } = app.getState();
    store.setState({ ...CLOSED, lesson: before.lesson, scene: before.scene, place, phase: 'loading' }, true);
    try {
      const lesson = await lessonOf(place);
      if (signal.aborted) return;
      const scene = lesson.scenes[place.scene - 1];
      if (!scene) {
        setPlace({
          ...place,
          scene: Math.min(Math.max(1, place.scene), lesson.scenes.length),
          corrected: true,
        });
        return;
      }
      const fresh = { ...CLOSED, lesson, scene, place, tasks: scene.tasks.map(() => false) };
      store.setState({ ...fresh, phase: 'training' }, true);
      const onTrained = (step: number, of: number) =>
        !signal.aborted && store.setState({ trained: { step, of } });
      const shown = openScene(playground, scene, { place, onTrained, signal });
      // A lab answers at once, whatever the run is at.
      if (app.getState().presentation.lab) {
        store.setState({ phase: 'open' });
        look();
      }
      await shown;
      if (signal.aborted) return;
      store.setState({ phase: 'open', trained: undefined });
      // What the lesson's own link says wrongly stays said.
      if (before.phase === 'closed' && notice?.kind === 'warning' && !app.getState().notice)
        actions.warn(notice.text);
      look();
    } catch (error) {
      if (signal.aborted) return;
      const fault = error instanceof Error ? error.message : String(error);
      // What was shown of another lesson is not of this place; where to go on in this one is.
      const { lesson } = lessons?.key === keyOf(place) ? lessons : { lesson: undefined };
      const missing = error instanceof NotArrived ? error : undefined;
      store.setState({ ...CLOSED, lesson, place, phase: 'open', fault, missing }, true);
    }
  }

  async function lessonOf(place: LessonPlace): Promise<Lesson> {
    const key = keyOf(place);
    if (lessons?.key !== key) lessons = { key, lesson: await load(place) };
    return lessons.lesson;
  }

  /** The page goes to a place, and the player follows. */
  function setPlace(lesson: LessonPlace | undefined): void {
    app.setState({ presentation: { ...app.getState().presentation, lesson } });
  }

  function goTo(scene: number): void {
    const { place, lesson } = store.getState();
    if (!place || !lesson?.scenes[scene - 1]) return;
    setPlace({ ...place, scene, corrected: undefined });
  }

  let looking = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Evaluates the scene's checks soon, one evaluation after another. */
  function look(): void {
    again = true;
    if (looking || timer !== undefined) return;
    // A scene that was just opened is looked at before anything is done in it.
    const wait = store.getState().checked ? every : 0;
    timer = setTimeout(async () => {
      timer = undefined;
      looking = true;
      again = false;
      try {
        await evaluateAll(opening.signal);
      } finally {
        looking = false;
        if (again) look();
      }
    }, wait);
  }

  async function evaluateAll(signal: AbortSignal): Promise<void> {
    const { phase, scene, place } = store.getState();
    if (phase !== 'open' || !scene || !place) return;
    const evaluated = async (checks: readonly Check[], measures: boolean) => {
      const verdicts: (readonly [Check, Verdict])[] = [];
      for (const check of checks) verdicts.push([check, await verdictOf(check, measures)]);
      if (signal.aborted) return false;
      store.setState(({ verdicts: before }) => ({ verdicts: new Map([...before, ...verdicts]) }));
      return true;
    };
    const holds = (check: Check) => store.getState().verdicts.get(check)?.holds === true;
    const rests = () => app.getState().status !== 'playing';

    if (
      !(await evaluated(
        scene.tasks.map(({ check }) => check),
        rests(),
      ))
    )
      return;
    const tasks = scene.tasks.map(({ check }, i) => store.getState().tasks[i] || holds(check));
    const done = store.getState().done || (tasks.every(Boolean) && !waitsForAnswer(store.getState()));
    // What is said after a scene is about this moment: Play that is pressed before it was told has to be pressed again.
    if (done && told !== signal && !rests() && asksFor(scene)) await actions.pause();
    if (signal.aborted) return;
    if (done && !store.getState().done) onDone?.(place);
    store.setState({ tasks, done });
    // What was true once stays said: a text is about the scene as it opens, or as it ends.
    const said = checksSaid(scene, done).filter((check) => !holds(check));
    const measures = rests();
    if (!(await evaluated(said, measures))) return;
    store.setState({ checked: true });
    if (!done) return;
    const answers = store.getState().right === undefined ? (scene.question?.answers ?? []) : [];
    const asked = answers.map(({ check }) => check);
    if (!(await evaluated(asked, measures && rests()))) return;
    if (measures && rests()) told = signal;
    const right = answers.findIndex(({ check }) => holds(check));
    if (right >= 0) store.setState({ right });
    // What a measurement that gave way to another left open is asked for once more; nothing on the page changes by itself then.
    const isOpen = (check: Check) => {
      const verdict = store.getState().verdicts.get(check);
      return verdict?.holds === undefined && verdict?.fault === undefined;
    };
    if (rests() && [...said, ...(right >= 0 ? [] : asked)].some(isOpen))
      setTimeout(() => !signal.aborted && look(), AGAIN_MS);
  }

  async function verdictOf(check: Check, measures: boolean): Promise<Verdict> {
    try {
      return await evaluate(check, measures);
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) };
    }
  }

  let watched: (() => void)[] = [];
  function watchLanes(): void {
    for (const stop of watched) stop();
    watched = app.getState().lanes.map((lane) => lane.subscribe(look));
  }
  function follow(): void {
    const { lesson } = app.getState().presentation;
    const { place } = store.getState();
    if (samePlace(lesson, place)) return;
    if (lesson) void open(lesson);
    else {
      opening.abort();
      // Another file may be opened under the same name.
      lessons = undefined;
      store.setState(CLOSED, true);
    }
  }
  const stop = app.subscribe((state, before) => {
    if (state.lanes !== before.lanes) watchLanes();
    if (state.presentation.lesson !== before.presentation.lesson) follow();
    look();
  });
  actions.allowPlay(() => {
    if (!waitsForAnswer(store.getState())) return true;
    store.setState(({ asked }) => ({ asked: asked + 1 }));
    return false;
  });
  watchLanes();
  follow();

  return {
    store,
    /** Opens a scene of the lesson that is open, by its number from 1. */
    goTo,
    next: () => goTo((store.getState().place?.scene ?? 0) + 1),
    previous: () => goTo((store.getState().place?.scene ?? 0) - 1),
    /** The scene from its beginning. */
    async again(): Promise<void> {
      const { place } = store.getState();
      if (place) await open(place);
    },
    /** Leaves the lesson; settings and run stay, all panels are there. */
    leave(): void {
      const { view } = app.getState().presentation;
      const { forcing } = app.getState().presentation;
      app.setState({ presentation: { view, forcing, hide: [] } });
    },
    choose(answer: number | 'none'): void {
      store.setState({ chosen: answer });
      look();
    },
    /** Shows a view in which a task is done. */
    async solve(task: number): Promise<void> {
      const solution = store.getState().scene?.tasks[task]?.solution;
      const { signal } = opening;
      if (!solution || solving === signal) return;
      solving = signal;
      const onTrained = (step: number, of: number) =>
        !signal.aborted && store.setState({ trained: { step, of } });
      await openSolution(playground, solution.hash, { onTrained, signal }).finally(() => {
        if (solving === signal) solving = undefined;
      });
      if (signal.aborted) return;
      store.setState({ trained: undefined });
      look();
    },
    dispose(): void {
      opening.abort();
      clearTimeout(timer);
      stop();
      for (const end of watched) end();
      actions.allowPlay(() => true);
    },
  };
}
export type Player = ReturnType<typeof createPlayer>;

const keyOf = ({ lesson, text = '' }: LessonPlace) => `${lesson} ${text}`;

const samePlace = (a: LessonPlace | undefined, b: LessonPlace | undefined) =>
  a?.lesson === b?.lesson && a?.scene === b?.scene && a?.text === b?.text;

/** Whether something is said of the moment when its tasks are done. */
const asksFor = (scene: Scene) => scene.question !== undefined || checksSaid(scene, true).length > 0;

/** The checks in a scene's words; with those of what is said once it is `done`. */
function checksSaid({ text, question, tasks, after }: Scene, done: boolean): Check[] {
  const asked = question ? [question.text, ...question.answers.map((answer) => answer.text)] : [];
  return [
    ...checksIn(done ? [...text, ...after] : text),
    ...[...asked, ...tasks.map((task) => task.text)].flatMap(checksInline),
  ];
}

const checksInline = (parts: readonly Inline[]): Check[] =>
  parts.flatMap((part) =>
    part.kind === 'check' ? [part.check] : 'children' in part ? checksInline(part.children) : [],
  );

/** The checks in paragraphs and lists. */
export function checksIn(blocks: readonly Block[]): Check[] {
  return blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? checksInline(block.children)
      : block.kind === 'list'
        ? block.items.flatMap(checksInline)
        : [],
  );
}
