import { Buffer } from 'node:buffer';
import { horizonErrors } from '../src/problems/forecast-baselines.ts';
import { pooledRelativeL2, relativeErrors, relativeL2 } from '../src/problems/problem.ts';
import type { Dataset } from '../src/snn/network.ts';
import { median } from '../src/snn/statistics.ts';
import type { Trainer } from '../src/training/baselines.ts';
import { ChunkSize, chunksUntil } from '../src/training/chunks.ts';
import type { Config } from '../src/training/config.ts';
import { DataStore } from '../src/training/data-store.ts';
import { initialState, type RunState, type Task } from '../src/training/engine.ts';
import { specsOf } from '../src/training/specs.ts';
import { errorsByLength, readsSequence, windowLengths } from '../src/training/window-lengths.ts';

/** Test errors of a run; null where it diverged. */
interface Errors {
  /** Mean over the test functions of ‖y - u‖/‖u‖; with one function (hat) simply that. */
  readonly error: number | null;
  /** Median over the test functions; operator experiments only. */
  readonly median?: number | null;
  /** ‖y - u‖/‖u‖ over all test functions at once; operator experiments only. */
  readonly pooled?: number | null;
}

/** Errors in mid-training. */
export interface CurvePoint extends Errors {
  readonly step: number;
  /** Mean over the training functions of ‖y - u‖/‖u‖, on the whole grid; null where the run diverged. */
  readonly training?: number | null;
}

/** What training one configuration gave. */
export interface Outcome extends Errors {
  /** Step at which the loss or the weights stopped being finite. */
  readonly divergedAt?: number;
  /** Errors after 1, 1.5, 2, 3, 5, 7 times every power of ten from 10 steps on, and at the end. */
  readonly curve: readonly CurvePoint[];
  /** ‖y - u‖/‖u‖ over all test windows at every horizon; forecasts only. */
  readonly horizons?: readonly number[];
  /** Errors when only the last so many time steps of each window are read; forecasts only. */
  readonly lengths?: readonly { readonly steps: number; readonly error: number }[];
  /** Final weights and biases on request: base64 of float32, little-endian, in the order of θ. */
  readonly weights?: string;
  /** Wall time of training and evaluation. */
  readonly seconds: number;
  /** Training alone. */
  readonly stepsPerSecond: number;
}

/** How far a run is. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** Relative L2 error on the coarse grid, when it was asked for. */
  readonly error?: number;
}

export interface TrainOptions {
  /** Called about twice a second. */
  readonly report?: (progress: Progress) => void;
  /** Reports carry the error on the coarse grid. */
  readonly liveError?: boolean;
  /** The outcome carries the final weights. */
  readonly weights?: boolean;
}

/** Steps at which errors are measured. */
export const CURVE_STEPS = [10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((decade) =>
  [1, 1.5, 2, 3, 5, 7].map((factor) => factor * decade),
);
const REPORT_MS = 500;
/** A chunk is as many steps as fit in about this time. */
const CHUNK_MS = 100;

/** Most runs of a table share their data. */
export const store = new DataStore(1);

/** Trains one configuration to the last step of its schedule: the code that the page trains with, without the page. */
export async function train(config: Config, engine: Trainer, options: TrainOptions = {}): Promise<Outcome> {
  const data = await store.allDataOf(config);
  const task: Task = { specs: specsOf(config), data: data.train };
  const errorsNow = (state: RunState) => evaluate(engine, task, state, data.test);
  const training = (state: RunState) => meanError(engine, task, state, data.train);
  const startMs = performance.now();
  const curve: CurvePoint[] = [];
  let state = initialState(task, config.seed);
  let trainingMs = 0;
  const size = new ChunkSize(CHUNK_MS);
  let lastReport = startMs;
  const speed = () => (trainingMs > 0 ? (1000 * state.step) / trainingMs : 0);
  const outcome = (errors: Errors, divergedAt?: number): Outcome => ({
    ...errors,
    ...(divergedAt === undefined ? {} : { divergedAt }),
    curve,
    seconds: (performance.now() - startMs) / 1000,
    stepsPerSecond: speed(),
  });

  const stops = [...CURVE_STEPS.filter((step) => step < config.steps), config.steps];
  for (const stop of stops) {
    for await (const chunk of chunksUntil(engine, { task, state }, stop, size)) {
      trainingMs += chunk.ms;
      state = chunk.state;
      if (chunk.divergedAt !== undefined) return outcome(nothing(data.test), chunk.divergedAt);
      if (options.report && performance.now() - lastReport > REPORT_MS) {
        const error = options.liveError ? await meanError(engine, task, state, data.coarse) : undefined;
        options.report({ step: state.step, steps: config.steps, stepsPerSecond: speed(), error });
        lastReport = performance.now();
      }
    }
    curve.push({ step: stop, ...(await errorsNow(state)), training: await training(state) });
  }
  const { step: _, training: __, ...errors } = curve[curve.length - 1];
  const { network } = task.specs;
  const horizons = horizonsOf(await engine.outputs(network, state.theta, data.test), data.test);
  const last = windowLengths(config);
  const byLength = readsSequence(network)
    ? await errorsByLength(engine, network, state.theta, data.test, last)
    : undefined;
  const lengths = byLength && { lengths: byLength.map((error, i) => ({ steps: last[i], error })) };
  return {
    ...outcome(errors),
    ...horizons,
    ...lengths,
    ...(options.weights ? { weights: encode(state.theta) } : {}),
  };
}

async function evaluate(engine: Trainer, task: Task, state: RunState, data: Dataset): Promise<Errors> {
  return errorsOf(await engine.outputs(task.specs.network, state.theta, data), data);
}

/** Errors of an output on test data. */
export function errorsOf(output: ArrayLike<number>, data: Dataset): Errors {
  const error = relativeL2(output, data);
  if (!hasFunctions(data)) return { error };
  return { error, median: median(relativeErrors(output, data)), pooled: pooledRelativeL2(output, data) };
}

async function meanError(engine: Trainer, task: Task, state: RunState, data: Dataset): Promise<number> {
  return relativeL2(await engine.outputs(task.specs.network, state.theta, data), data);
}

/** θ as float32, as the engines keep it. */
function encode(theta: Float64Array): string {
  return Buffer.from(Float32Array.from(theta).buffer).toString('base64');
}

/** Whether errors are those of test functions, a number for each. */
const hasFunctions = ({ factors, pooled }: Dataset) => factors.length > 1 && !pooled;

/** Errors of a forecast by horizon; nothing for other outputs. */
export function horizonsOf(output: ArrayLike<number>, { factors, target, pooled }: Dataset) {
  if (!pooled) return {};
  const { rows } = factors[factors.length - 1];
  const horizons = Array.from({ length: rows }, (_, i) => i + 1);
  return { horizons: horizonErrors(output, target, horizons).map(({ relativeL2: error }) => error) };
}

function nothing(data: Dataset): Errors {
  return !hasFunctions(data) ? { error: null } : { error: null, median: null, pooled: null };
}
