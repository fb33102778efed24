import { loadEngine } from '../../cli/engines.ts';
import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { generateNow, type ProblemData, relativeErrors, relativeL2 } from '../../src/problems/problem.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { type FigureRun, weightsOf } from './results.ts';

/** Relative difference between a kept error and the one computed here: same weights, data and engine. */
const TOLERANCE = 1e-6;

/** A run's answer to the whole test data, in the problem's units. */
export interface Answer {
  readonly method: string;
  readonly values: Float64Array;
  /** Relative L2 error of each test function, and their mean: the error that was kept with the run. */
  readonly errors: Float64Array;
  readonly error: number;
}

export interface Answers {
  readonly seed: number;
  readonly data: ProblemData;
  /** The exact values at all points of the test data, in the problem's units. */
  readonly exact: Float64Array;
  readonly answers: readonly Answer[];
}

/**
 * What the kept weights of these methods give on the test data: of the runs with the least seed in the file.
 * @throws Error when a run or its weights are missing, runs differ in their data, or weights do not give the kept error
 */
export async function answersOf(runs: readonly FigureRun[], methods: readonly string[]): Promise<Answers> {
  const seed = Math.min(...runs.map(({ config }) => config.seed));
  const shown = methods.map((method) => {
    const run = runs.find((candidate) => candidate.method === method && candidate.config.seed === seed);
    if (!run) throw new Error(`no run of ${method} with seed ${seed}`);
    return run;
  });
  const [{ config }] = shown;
  const params = problemParams(config);
  for (const run of shown)
    if (JSON.stringify(problemParams(run.config)) !== JSON.stringify(params))
      throw new Error(`the run of ${run.method} has other data than that of ${shown[0].method}`);
  const data = generateNow(EXPERIMENTS[config.experiment], params);
  const answers: Answer[] = [];
  for (const run of shown) answers.push(await answerOf(run, data));
  return { seed, data, exact: inUnits(data.test.target, data), answers };
}

async function answerOf(run: FigureRun, data: ProblemData): Promise<Answer> {
  const { network } = specsOf(run.config);
  const engine = await loadEngine('wasm');
  const output = await engine.outputs(network, weightsOf(run), data.test);
  const error = relativeL2(output, data.test);
  const keptError = run.error ?? Number.NaN;
  if (!(Math.abs(error - keptError) <= TOLERANCE * keptError))
    throw new Error(`the weights of ${run.method} give an error of ${error}, kept was ${run.error}`);
  return {
    ...{ method: run.method, error },
    values: inUnits(output, data),
    errors: relativeErrors(output, data.test),
  };
}

const inUnits = (values: ArrayLike<number>, { unit }: ProblemData) =>
  Float64Array.from(values, (value) => value * unit);

/** The test function whose error is the median of these errors. */
export function medianFunction(errors: Float64Array): number {
  const order = [...errors.keys()].sort((a, b) => errors[a] - errors[b]);
  return order[order.length >> 1];
}

/** Largest absolute value of several arrays. */
export function largest(arrays: readonly ArrayLike<number>[]): number {
  return Math.max(
    ...arrays.map((values) => Array.from(values).reduce((m, u) => Math.max(m, Math.abs(u)), 0)),
  );
}
