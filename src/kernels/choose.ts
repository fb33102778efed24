import { arriving } from '../problems/arriving.ts';
import type { Engine, EngineName } from '../training/engine.ts';
import type { Pulse } from '../training/pulse.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import { selfTest, timeEngine } from './self-test.ts';
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

/** A real GPU is taken unless a step takes more than so many times as long as with WebAssembly. */
const PATIENCE = 2;

/**
 * The engine asked for, or the best that works here: WebGPU on a real GPU unless it is slow, else WebAssembly, else the
 * reference. Every engine that is tried has to pass a numeric self-test. An engine that was asked for and does not work
 * is replaced in the same order; the report says why.
 */
export async function chooseEngine(
  choice: EngineChoice,
  makers: EngineMakers = MAKERS,
): Promise<{ engine: Engine; report: EngineReport }> {
  const trials: Trial[] = [];
  const candidates: (MadeEngine & Trial)[] = [];
  const order: EngineName[] =
    choice === 'auto' ? ['webgpu', 'wasm'] : [choice, ...(choice === 'webgpu' ? (['wasm'] as const) : [])];
  for (const name of order) {
    const candidate = await attempt(name, choice, makers, trials);
    if (candidate) candidates.push(candidate);
    if (choice !== 'auto' && candidate) break;
  }
  const [best, ...others] = ranked(candidates);
  for (const { engine } of others) engine.dispose();
  if (best)
    return {
      engine: best.engine,
      report: { engine: best.name, reason: reasonFor(best, choice, trials), trials },
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

/** Best first. */
function ranked(candidates: readonly (MadeEngine & Trial)[]): readonly (MadeEngine & Trial)[] {
  const [gpu, wasm] = candidates;
  const slow = wasm && (gpu.msPerStep ?? 0) > PATIENCE * (wasm.msPerStep ?? 0);
  return slow ? [wasm, gpu] : candidates;
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
