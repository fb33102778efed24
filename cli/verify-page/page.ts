// Runs inside Chromium: golden cases on the WebGPU engine there.
import { env } from '@tensorflow/tfjs-core';
import { parseGolden } from '../../src/kernels/conformance/golden.ts';
import { type GoldenErrors, goldenErrors } from '../../src/kernels/conformance/golden-errors.ts';
import { createWebgpuEngine } from '../../src/kernels/webgpu/engine.ts';

// Nothing may be computed on the processor where WebGPU is meant to compute it.
env().set('WEBGPU_CPU_FORWARD', false);

/** Errors of WebGPU in every case of golden files. */
async function verify(files: readonly { name: string; text: string }[]) {
  const engine = await createWebgpuEngine();
  const errors: GoldenErrors[] = [];
  for (const { name, text } of files) {
    for (const problem of parseGolden(text, name)) errors.push(await goldenErrors(engine, problem));
  }
  engine.dispose();
  return errors;
}

const harness = { verify };
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
