import { loadEngine } from '../../cli/engines.ts';
import { type CheckResult, evaluateCheck, type FactSource } from '../../src/lessons/check.ts';
import type { Check, Lesson, Scene } from '../../src/lessons/lesson.ts';
import { openScene, openSolution } from '../../src/lessons/open-scene.ts';
import { pageFacts } from '../../src/lessons/page-facts.ts';
import { checksIn } from '../../src/lessons/player.ts';
import { createPlayground, type Playground } from '../../src/state/playground.ts';
import { portHere, until } from './worker.ts';

/** A check of a scene as it was when the scene was played. */
export interface PlayedCheck extends CheckResult {
  readonly scene: Scene;
  readonly kind: 'task' | 'text' | 'answer' | 'notes';
  readonly check: Check;
}

/** A page without a window: its trainer runs in this thread, on the WebAssembly engine. */
export async function playgroundHere(): Promise<Playground> {
  const engine = await loadEngine('wasm');
  const spawn = () =>
    portHere({
      chooseEngine: async () => ({
        engine,
        report: { engine: 'wasm', reason: 'for lessons', trials: [] },
      }),
    });
  const playground = createPlayground({ spawn, pace: 'full' });
  await playground.actions.start();
  return playground;
}

/** Plays the scenes of a lesson one after another, each to its end. */
export async function* playLesson(
  playground: Playground,
  { scenes }: Pick<Lesson, 'scenes'>,
): AsyncGenerator<PlayedCheck> {
  for (const scene of scenes) yield* playScene(playground, scene);
}

/**
 * Opens a scene, does its tasks, and looks at everything that it says and asks. What its text says holds as it opens or as it ends.
 */
export async function* playScene(playground: Playground, scene: Scene): AsyncGenerator<PlayedCheck> {
  const facts = pageFacts(playground);
  await openScene(playground, scene);
  await settled(playground);
  const opening = new Map<Check, CheckResult>();
  for (const check of checksIn(scene.text)) opening.set(check, await evaluateCheck(check.source, facts));
  for (const { check, solution } of scene.tasks) {
    if (solution) await openSolution(playground, solution.hash);
    await settled(playground);
    yield { ...(await playUntil(playground, check, facts)), scene, kind: 'task', check };
  }
  const said = [
    ...checksIn([...scene.text, ...scene.after]).map((check) => ({ kind: 'text', check }) as const),
    ...checksIn(scene.notes).map((check) => ({ kind: 'notes', check }) as const),
    ...(scene.question?.answers ?? []).map(({ check }) => ({ kind: 'answer', check }) as const),
  ];
  for (const { kind, check } of said) {
    const before = opening.get(check);
    const result = before?.holds ? before : await evaluateCheck(check.source, facts);
    yield { ...result, scene, kind, check };
  }
}

/** Trains until a check holds, at most to the end of the run, with looks that grow rarer. */
async function playUntil(playground: Playground, { source }: Check, facts: FactSource): Promise<CheckResult> {
  const { app, lane, actions } = playground;
  const end = app.getState().config.steps;
  /** A step that is waited for is met exactly, as it is on the page. */
  const awaited = Number(/^step >=? (\d+)$/.exec(source)?.[1] ?? Number.NaN);
  const longest = Number.isNaN(awaited) ? 100 : end;
  let result = await evaluateCheck(source, facts);
  for (let piece = 1; !result.holds && !result.fault; piece = Math.min(longest, Math.ceil(piece * 1.4))) {
    const { step } = lane.getState();
    if (step >= end || ['diverged', 'failed'].includes(app.getState().status)) break;
    await actions.step(Math.min(piece, (step < awaited ? awaited : end) - step));
    await settled(playground);
    result = await evaluateCheck(source, facts);
  }
  return result;
}

/** Resolves once every lane shows the step that it stands at, at the probe that is asked for. */
const settled = ({ app }: Playground) =>
  until(() =>
    app.getState().lanes.every((lane) => {
      const { prediction, step, divergedAt, probe, view } = lane.getState();
      const row = probe?.requestedRow;
      const isProbe = row === undefined || String(row) === String(view.probe[0]);
      return (prediction?.step === step && isProbe) || divergedAt !== undefined;
    }),
  );

/** What was not as the lesson says, in words; none where all is well. */
export function faultsOf(played: readonly PlayedCheck[]): string[] {
  const faults = played
    .filter(({ kind, holds }) => kind !== 'answer' && holds !== true)
    .map(
      ({ check, kind, said, fault }) =>
        `line ${check.line}: ${kind} \`${check.source}\`: ${fault ?? `it is ${said}`}`,
    );
  for (const scene of new Set(played.map(({ scene }) => scene))) {
    const answers = played.filter((one) => one.scene === scene && one.kind === 'answer');
    const right = answers.filter(({ holds }) => holds);
    if (answers.length > 0 && right.length !== 1)
      faults.push(
        `line ${answers[0].check.line}: ${right.length} answers of “${scene.title}” come true: ${answers.map(({ said }) => said).join('; ')}`,
      );
  }
  return faults;
}
