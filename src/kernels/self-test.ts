import { RandomSequence, Stream } from '../snn/random.ts';
import { median } from '../snn/statistics.ts';
import { benchmarkSpecs, LARGE_BATCH, TIMED_BATCH } from '../training/benchmark.ts';
import { type Engine, initialState, type RunState, type Task } from '../training/engine.ts';
import { referenceEngine } from '../training/reference-engine.ts';

/** Float32 against float64: |Δ| ≤ 1e-4 · max(1, ‖expected‖∞). */
const TOLERANCE = 1e-4;
/** Rows of the batch: few enough that some seed keeps all membranes clear of the threshold; and as the page trains. */
export const SELF_TEST_BATCH = 8;
/** Steps of a timed chunk, and after how long no further one is begun. */
const TIMED_STEPS = 32;
const TIMED_MS = 60;
/** With this seed no membrane of the self-test comes so near its threshold that float32 could spike differently. */
const SEED = 12;

/**
 * The Mexican hat's default network, which the page opens with, on random data; in the middle of its training, because
 * Adam's first step has the full length whatever the gradient.
 */
export function selfTestRun(batch: number): { task: Task; state: RunState } {
  const random = new RandomSequence(1, Stream.data);
  const rows = 256;
  const inputs = Float32Array.from({ length: 2 * rows }, () => random.symmetric(1));
  const target = Float32Array.from({ length: rows }, () => random.symmetric(1));
  const factor = { rows, width: 2, inputs, scale: new Float32Array(rows).fill(1) };
  const task = { specs: benchmarkSpecs(batch), data: { factors: [factor], target } };
  const state = initialState(task, SEED);
  return { task, state: { ...state, v: state.v.fill(0.01), step: 10, momentSteps: 10 } };
}

/**
 * One training step against the reference.
 * @throws Error that says by how much a number is off.
 */
export async function selfTest(engine: Engine): Promise<void> {
  const run = selfTestRun(SELF_TEST_BATCH);
  const [expected] = await referenceEngine.advance([run], 1);
  const [actual] = await engine.advance([run], 1);
  const compare = (name: string, actual: Float64Array, expected: Float64Array) => {
    const size = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    // A number that is not finite fails as well.
    const off = actual.findIndex((x, i) => !(Math.abs(x - expected[i]) <= TOLERANCE * size));
    if (actual.length !== expected.length || off >= 0) {
      throw new Error(`self-test failed: ${name} is ${actual[off]} instead of ${expected[off]}`);
    }
  };
  compare('the loss', actual.losses, expected.losses);
  for (const name of ['m', 'v', 'theta'] as const) compare(name, actual.state[name], expected.state[name]);
}

/** The same with a large batch, in one short chunk: page start waits for it. */
export const timeLargeStep = (engine: Engine): Promise<number> => timeEngine(engine, LARGE_BATCH, 0);

/**
 * Milliseconds a training step of the default network takes in a chunk: the median of a few, or the first that is slow.
 * @param enough milliseconds after which no further chunk is begun.
 */
export async function timeEngine(
  engine: Engine,
  batch: number = TIMED_BATCH,
  enough: number = TIMED_MS,
): Promise<number> {
  const run = selfTestRun(batch);
  await engine.advance([run], 1);
  const samples: number[] = [];
  let first = 0;
  let steps = 2;
  const start = performance.now();
  do {
    const start = performance.now();
    await engine.advance([run], steps);
    const each = (performance.now() - start) / steps;
    // The short first sample counts only where it is the only one.
    if (steps === TIMED_STEPS) samples.push(each);
    else first = each;
    steps = TIMED_STEPS;
  } while (performance.now() - start < enough);
  return samples.length > 0 ? median(samples) : first;
}
