import { arriving } from '../problems/arriving.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import type { Pulse } from '../training/pulse.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { selfTest, timeEngine, timeLargeStep } from './self-test.ts';
import { adapterName, isSoftware, requestAdapter } from './webgpu/device.ts';

export type EngineChoice = 'auto' | EngineName;

/** One engine that was tried. */
export interface Trial {
  readonly name: EngineName;
  readonly ok: boolean;
  /** What it runs on, or why it does not run. */
  readonly reason: string;
  /** Milliseconds a training step of the Mexican hat's default network took. */
  readonly msPerStep?: number;
  /** The same with a batch of `LARGE_BATCH`; measured where two engines work. */
  readonly msOfLargeStep?: number;
  /** What a step of the task at hand is predicted to take, by these two. */
  readonly msPredicted?: number;
}

/** Which engine computes, why, and what was tried. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly reason: string;
  readonly trials: readonly Trial[];
}

/** An engine with what it runs on. */
export interface MadeEngine {
  readonly engine: Engine;
  readonly description: string;
}

/** Ways to make each engine, told whether it was asked for by name. */
export type EngineMakers = Readonly<Record<EngineName, (asked: boolean) => Promise<MadeEngine>>>;

/**
 * The engines of this project. Each is loaded when it is tried: a page without a real GPU does not fetch WebGPU's code.
 * @param pulse called by an engine that keeps its thread busy, between pieces of long work.
 */
export const engineMakers = (pulse?: Pulse): EngineMakers => ({
  async webgpu(asked) {
    const adapter = await requestAdapter();
    const description = adapterName(adapter.info);
    if (isSoftware(adapter) && !asked) throw new Error(`only a software adapter (${description})`);
    const { createWebgpuEngine } = await arriving(() => import('./webgpu/engine.ts'));
    return { engine: await createWebgpuEngine(), description };
  },
  async wasm() {
    const { createWasmEngine } = await arriving(() => import('./wasm/engine.ts'));
    return { engine: await createWasmEngine(pulse), description: 'WebAssembly SIMD' };
  },
  async reference() {
    return { engine: referenceEngine, description: 'plain TypeScript' };
  },
});
export const MAKERS = engineMakers();

/** An engine that computes, and why. */
export interface ChosenEngine {
  readonly engine: Engine;
  /** One that works too and has been timed at two sizes, as the other has: `prediction.ts` says which of them suits a task. */
  readonly idle?: Engine;
  readonly report: EngineReport;
}

/**
 * The engine asked for, or the best that works here: the quicker of WebGPU on a real GPU and WebAssembly, else the one of
 * them that works, else the reference. Every engine that is tried has to pass a numeric self-test. An engine that was asked
 * for and does not work is replaced in the same order; the report says why. The engine that is idle is the caller's too.
 */
export async function chooseEngine(
  choice: EngineChoice,
  makers: EngineMakers = MAKERS,
): Promise<ChosenEngine> {
  const trials: Trial[] = [];
  const candidates: (MadeEngine & Trial)[] = [];
  const order: EngineName[] =
    choice === 'auto' ? ['webgpu', 'wasm'] : [choice, ...(choice === 'webgpu' ? (['wasm'] as const) : [])];
  for (const name of order) {
    const candidate = await attempt(name, choice, makers, trials);
    if (candidate) candidates.push(candidate);
    if (choice !== 'auto' && candidate) break;
  }
  const [best, second] = candidates.sort((a, b) => (a.msPerStep ?? 0) - (b.msPerStep ?? 0));
  if (best)
    return {
      engine: best.engine,
      idle: second?.engine,
      report: {
        engine: best.name,
        reason: reasonFor(best, choice, trials),
        trials: second ? await timedTwice(trials, candidates) : trials,
      },
    };
  const { engine, description } = await makers.reference(choice === 'reference');
  if (choice !== 'reference') trials.push({ name: 'reference', ok: true, reason: description });
  const failures = trials.filter(({ ok }) => !ok).map(({ name, reason }) => `${LABELS[name]}: ${reason}`);
  return { engine, report: { engine: 'reference', reason: failures.join('; ') || 'chosen', trials } };
}

const LABELS: Record<EngineName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  reference: 'reference',
};

/** Makes, tests and times one engine, and records how that went. */
async function attempt(
  name: EngineName,
  choice: EngineChoice,
  makers: EngineMakers,
  trials: Trial[],
): Promise<(MadeEngine & Trial) | undefined> {
  let candidate: MadeEngine | undefined;
  try {
    candidate = await makers[name](choice === name);
    if (name !== 'reference') await selfTest(candidate.engine);
    const msPerStep = name === 'reference' ? undefined : await timeEngine(candidate.engine);
    const trial = { name, ok: true, reason: candidate.description, msPerStep };
    trials.push(trial);
    return { ...candidate, ...trial };
  } catch (error) {
    candidate?.engine.dispose();
    trials.push({ name, ok: false, reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** The trials with the times of a large step. What fails at that has none. */
async function timedTwice(trials: readonly Trial[], made: readonly (MadeEngine & Trial)[]): Promise<Trial[]> {
  const large = new Map<EngineName, number | undefined>();
  for (const { name, engine } of made) {
    large.set(name, await timeLargeStep(engine).catch(() => undefined));
    engine.release?.();
  }
  return trials.map((trial) => ({ ...trial, msOfLargeStep: large.get(trial.name) }));
}

function reasonFor(best: Trial, choice: EngineChoice, trials: readonly Trial[]): string {
  if (best.name === choice) return `chosen: ${best.reason}`;
  const gpu = trials.find(({ name }) => name === 'webgpu');
  const wasm = trials.find(({ name }) => name === 'wasm');
  if (best.name === 'webgpu') return wasm?.ok ? `${best.reason}: ${comparison(best, wasm)}` : best.reason;
  if (!gpu) return best.reason;
  return gpu.ok ? `WebGPU is slower: ${comparison(gpu, best)}` : gpu.reason;
}

function comparison(gpu: Trial, wasm: Trial): string {
  const ms = (trial: Trial) => `${(trial.msPerStep ?? 0).toPrecision(2)} ms`;
  return `${ms(gpu)} a step, WebAssembly ${ms(wasm)}`;
}
