import { benchmarkSpecs, LARGE_BATCH, TIMED_BATCH } from '../training/benchmark.ts';
import { expectedOperations } from '../training/cost.ts';
import type { Specs } from '../training/specs.ts';
import type { EngineReport, Trial } from './choose.ts';

/** What a step of a task takes: a fixed part, and one that grows in proportion to the operations that are counted of it. */
interface Growth {
  /** Milliseconds. */
  readonly fixed: number;
  /** Milliseconds an operation. */
  readonly each: number;
}

/** The line through the two times of a trial; neither part is less than nothing. Undefined for what was not timed twice. */
function growthOf({ msPerStep, msOfLargeStep }: Trial): Growth | undefined {
  if (msPerStep === undefined || msOfLargeStep === undefined) return undefined;
  const [small, large] = [TIMED_BATCH, LARGE_BATCH].map((batch) => expectedOperations(benchmarkSpecs(batch)));
  const slope = (msOfLargeStep - msPerStep) / (large - small);
  const each = Math.max(0, Math.min(slope, msOfLargeStep / large));
  return { fixed: Math.max(0, msPerStep - each * small), each };
}

/**
 * The report on the engines that were timed twice, for what is to be trained: the one predicted to need the least time for a step
 * of all runs computes.
 * @param threads that share runs out on WebAssembly; a GPU has all runs to itself.
 */
export function reportFor(report: EngineReport, runs: readonly Specs[], threads: number): EngineReport {
  const works = runs.map(expectedOperations);
  const trials = report.trials.map((trial): Trial => {
    const growth = growthOf(trial);
    if (!growth) return trial;
    const hands = trial.name === 'wasm' ? Math.min(threads, runs.length) : 1;
    const ms = works.reduce((sum, work) => sum + growth.fixed + growth.each * work, 0) / hands;
    return { ...trial, msPredicted: ms };
  });
  const ranked = trials
    .filter(({ msPredicted }) => msPredicted !== undefined)
    .sort((a, b) => (a.msPredicted ?? 0) - (b.msPredicted ?? 0));
  if (ranked.length < 2 || runs.length === 0) return report;
  const [best] = ranked;
  const gpu = ranked.find(({ name }) => name === 'webgpu');
  const wasm = ranked.find(({ name }) => name === 'wasm');
  const ms = (trial?: Trial) => `${(trial?.msPredicted ?? 0).toPrecision(2)} ms`;
  const head = best === gpu ? gpu.reason : 'WebGPU is slower here';
  const what = runs.length === 1 ? 'this run' : 'all lanes';
  const reason = `${head}: ${ms(gpu)} a step of ${what} by prediction, WebAssembly ${ms(wasm)}`;
  return { engine: best.name, reason, trials };
}
