import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Contender } from './contender.mts';
import { isPlain } from './first-step.mts';
import { trained } from './graph.mts';

const require = createRequire(import.meta.url);
setWasmPaths(
  dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')) + sep,
);
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
tf.enableProdMode();

/**
 * The plain graph of TensorFlow.js, unrolled over time, on one of its backends: SG, one factor, BP or RFG-G
 * with K = 1.
 */
export function tfjs(backend: 'cpu' | 'wasm'): Contender {
  return {
    name: `tfjs ${backend}`,
    async prepare(workload) {
      if (!isPlain(workload)) return undefined;
      if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
      return trained(workload, backend);
    },
  };
}
