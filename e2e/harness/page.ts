// Runs inside Chromium: what tests ask of the engines there. Answers are JSON.
import { env } from '@tensorflow/tfjs-core';
import { chooseEngine } from '../../src/kernels/choose.ts';
import { conformanceParts } from '../../src/kernels/conformance/suite.ts';
import { createWebgpuEngine } from '../../src/kernels/webgpu/engine.ts';
import { runThroughLosses } from './recovery.ts';
import * as webgpu from './webgpu-checks.ts';

// Nothing may be computed on the processor where WebGPU is meant to compute it.
env().set('WEBGPU_CPU_FORWARD', false);

let shared: ReturnType<typeof createWebgpuEngine> | undefined;
/** One engine for all comparisons: its pipelines serve many of them. */
function engine() {
  shared ??= createWebgpuEngine();
  return shared;
}

/** One part of the conformance suite on WebGPU. */
async function conform(name: string) {
  const part = conformanceParts().find((one) => one.name === name);
  if (!part) throw new Error(`there is no part “${name}”`);
  return part.run(await engine());
}

/** Which engine is chosen here, in this page or in a module worker. */
async function choose(choice: Parameters<typeof chooseEngine>[0], where: 'page' | 'worker') {
  if (where === 'page') {
    const { engine, report } = await chooseEngine(choice);
    engine.dispose();
    return report;
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<Awaited<ReturnType<typeof chooseEngine>>['report']>((resolve, reject) => {
      worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(choice);
    });
  } finally {
    worker.terminate();
  }
}

const parts = () => conformanceParts().map((part) => part.name);
const harness = {
  conform,
  parts,
  choose,
  runThroughLosses,
  ...webgpu,
};
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
