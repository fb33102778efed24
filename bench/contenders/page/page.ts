// Runs inside Chromium: the contenders of `npm run bench:step` that need a browser.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { createWebgpuEngine } from '../../../src/kernels/webgpu/engine.ts';
import type { Running } from '../contender.mts';
import { isPlain } from '../first-step.mts';
import { trained } from '../graph.mts';
import type { packed } from '../packed.mts';

tf.env().set('WEBGPU_CPU_FORWARD', false);
tf.enableProdMode();

const running = new Map<number, Running>();
let last = 0;

/** Steps in one slice of the engine. */
const STEPS = 4;

/** Makes a contender ready; undefined where it cannot compute the workload. */
async function prepare(kind: 'engine' | 'graph', workload: ReturnType<typeof packed>) {
  const { method, batch, specs, data, state } = workload;
  const factors = data.factors.map((factor) => ({
    ...factor,
    inputs: Float32Array.from(factor.inputs),
    scale: Float32Array.from(factor.scale),
  }));
  const job = {
    method,
    batch,
    task: { specs, data: { factors, target: Float32Array.from(data.target) } },
    state: {
      ...state,
      theta: Float64Array.from(state.theta),
      m: Float64Array.from(state.m),
      v: Float64Array.from(state.v),
    },
  };
  if (kind === 'graph' && !isPlain(job)) return undefined;
  // The graph runs on the engine's device.
  const engine = await createWebgpuEngine();
  let contender: Running;
  if (kind === 'engine') {
    contender = {
      steps: STEPS,
      async slice() {
        const [{ divergedAt }] = await engine.advance([job], STEPS);
        if (divergedAt !== undefined) throw new Error(`diverged at step ${divergedAt}`);
      },
      dispose: () => engine.dispose(),
    };
  } else {
    await tf.setBackend('webgpu');
    const graph = await trained(job, 'webgpu');
    contender = {
      ...graph,
      dispose() {
        graph.dispose();
        engine.dispose();
      },
    };
  }
  running.set(++last, contender);
  return { id: last, steps: contender.steps };
}

async function slice(id: number): Promise<void> {
  await running.get(id)?.slice();
}

function dispose(id: number): void {
  running.get(id)?.dispose();
  running.delete(id);
}

const harness = { prepare, slice, dispose };
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
