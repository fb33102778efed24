import { gather } from '../../snn/batch.ts';
import type { Chunk, Engine, GradientRequest, RunState, Task } from '../../training/engine.ts';
import { directionLength, directionVectors, planStep } from '../../training/plan.ts';
import { referenceEngine } from '../../training/reference-engine.ts';
import { type Case, midRun } from './cases.ts';
import { arrayError, type Check, check, difference } from './check.ts';
import { MARGIN, requestMargin } from './margin.ts';

/** Steps that are compared in one go: trajectories part after one flipped spike. */
const STEPS = 3;
const SEEDS = 40;

/** One step and three, from a state that both engines share, against the reference. */
export async function checkTraining(entry: Case, engine: Engine, seed: number): Promise<Check[]> {
  const { task, state } = await clearRun(entry, seed);
  const checks: Check[] = [];
  for (const steps of [1, STEPS]) {
    const [expected] = await referenceEngine.advance([{ task, state }], steps);
    const [actual] = await engine.advance([{ task, state }], steps);
    const name = `${entry.name}: ${steps} step${steps > 1 ? 's' : ''}`;
    checks.push(
      check(`${name}, losses`, arrayError(actual.losses, expected.losses)),
      check(`${name}, θ`, arrayError(actual.state.theta, expected.state.theta)),
      check(
        `${name}, moments`,
        Math.max(...(['m', 'v'] as const).map((n) => arrayError(actual.state[n], expected.state[n]))),
      ),
      check(`${name}, counters`, countersApart(actual, expected), 0),
    );
  }
  return checks;
}

const countersApart = ({ state: a, divergedAt }: Chunk, { state: b, divergedAt: expected }: Chunk) =>
  Number(
    a.step !== b.step || a.momentSteps !== b.momentSteps || a.seed !== b.seed || divergedAt !== expected,
  );

/** A run of the case whose next three batches keep the margin in the reference: seeds are searched. */
async function clearRun(entry: Case, first: number): Promise<{ task: Task; state: RunState }> {
  for (let seed = first; seed < first + SEEDS; seed++) {
    const run = midRun(entry, seed);
    let state = run.state;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < STEPS && smallest >= MARGIN; i++) {
      smallest = Math.min(smallest, requestMargin(nextRequest(run.task, state)));
      [{ state }] = await referenceEngine.advance([{ task: run.task, state }], 1);
    }
    if (smallest >= MARGIN) return run;
  }
  throw new Error(`${entry.name}: no run keeps all membranes off the threshold for ${STEPS} steps`);
}

/** The gradient that the next training step computes. */
function nextRequest(task: Task, state: RunState): GradientRequest {
  const { network, method } = task.specs;
  const draws = new Float32Array(directionLength(task));
  const { rows } = planStep(task, state, 0, draws);
  const directions = directionVectors(task, draws);
  const samples = { kind: 'drawn', seed: state.seed, step: state.step } as const;
  return { network, theta: state.theta, data: gather(task.data, rows), method, directions, samples };
}

/**
 * What holds of the engine by itself: chunks of any length give the same bits, whatever memory it still has; requests do not touch
 * each other.
 */
export async function checkReplay(entry: Case, engine: Engine, seed: number): Promise<Check[]> {
  const request = midRun(entry, seed);
  const before = request.state.theta.slice();
  const [whole] = await engine.advance([request], 7);
  const [start] = await engine.advance([request], 3);
  engine.release?.();
  const [rest, again] = await engine.advance([{ task: request.task, state: start.state }, request], 4);
  const [longer] = await engine.advance([{ task: request.task, state: again.state }], 3);
  const losses = [...start.losses, ...rest.losses];
  const apart = (chunk: Chunk) =>
    Math.max(...(['theta', 'm', 'v'] as const).map((n) => difference(chunk.state[n], whole.state[n])));
  return [
    check(
      `${entry.name}: chunks of 3 and 4 steps, memory given up between them, give the bits of 7`,
      apart(rest) + difference(losses, whole.losses),
      0,
    ),
    check(`${entry.name}: runs of one request are independent`, apart(longer), 0),
    check(`${entry.name}: the given state is left alone`, difference(request.state.theta, before), 0),
  ];
}

/** A run whose numbers overflow float32 stops before that and says when. */
export async function checkDivergence(entry: Case, engine: Engine, seed: number): Promise<Check[]> {
  const { specs } = entry;
  const optimiser = { ...specs.optimiser, kind: 'sgd' } as const;
  const schedule = { ...specs.schedule, kind: 'constant', startRate: 1e8 } as const;
  const task = { specs: { ...specs, optimiser, schedule }, data: entry.request.data };
  const { state } = midRun(entry, seed);
  const [chunk] = await engine.advance([{ task, state }], 60);
  const good = chunk.losses.length;
  const finite = chunk.state.theta.every(Number.isFinite) && chunk.losses.every(Number.isFinite);
  const [replayed] = good > 0 ? await engine.advance([{ task, state }], good) : [chunk];
  return [
    check(
      `${entry.name}: divergence is reported at its step`,
      Number(chunk.divergedAt !== state.step + good || good === 60),
      0,
    ),
    check(
      `${entry.name}: the state before it is finite and counted`,
      Number(!finite || chunk.state.step !== state.step + good),
      0,
    ),
    check(
      `${entry.name}: it is the state of so many steps`,
      difference(replayed.state.theta, chunk.state.theta),
      0,
    ),
  ];
}
