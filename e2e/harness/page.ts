// Runs inside Chromium: what tests, `verify` and the benchmark ask of the engines there. Answers are JSON.
import { conformanceParts } from '../../src/kernels/conformance/suite.ts';
import { createWebgpuEngine } from '../../src/kernels/webgpu/engine.ts';

/** Parts of the conformance suite by number, each with its checks and its time. */
let shared: ReturnType<typeof createWebgpuEngine> | undefined;

async function conformance(from: number, to: number) {
  shared ??= createWebgpuEngine();
  const engine = await shared;
  const results: {
    part: string;
    ms: number;
    error?: string;
    checks: { name: string; error: number; tolerance: number; ok: boolean }[];
  }[] = [];
  for (const part of conformanceParts().slice(from, to)) {
    const begun = performance.now();
    try {
      const checks = await part.run(engine);
      results.push({ part: part.name, ms: performance.now() - begun, checks });
    } catch (error) {
      results.push({ part: part.name, ms: performance.now() - begun, checks: [], error: String(error) });
    }
  }
  return results;
}

const harness = { conformance, parts: () => conformanceParts().length };
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
