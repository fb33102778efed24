// Needs nothing of Node: the same code runs in the page that the browser's contenders live in.
import * as tf from '@tensorflow/tfjs';
import type { Running, Workload } from './contender.mts';
import { proveGradient, stepOf } from './first-step.mts';
import { flatten, type Parameters, unpack, unrolledDerivative, unrolledLoss } from './unrolled.mts';

/**
 * The graph on a backend of TensorFlow.js that is there already, trained by its own Adam.
 * @throws Error when its first gradient is not the reference's
 */
export async function trained(workload: Workload, backend: string): Promise<Running> {
  const { task, state } = workload;
  const { network, layout, method, optimiser, schedule } = task.specs;
  const { sigma } = method.surrogate;
  const start = unpack(layout, state.theta);
  const W = start.W.map((tensor) => tf.variable(tensor));
  const b = start.b.map((tensor) => tf.variable(tensor));
  const variables = [...W, ...b];
  const adam = tf.train.adam(schedule.startRate, optimiser.beta1, optimiser.beta2, optimiser.epsilon);
  let step = 0;

  /**
   * Gradient (or estimate) on the batch of a step, by the names of the variables; the caller disposes of it.
   */
  function gradientsOf(at: number): tf.NamedTensorMap {
    const { batch, direction } = stepOf(workload, at);
    const [{ inputs, rows, width }] = batch.factors;
    const x = tf.tensor2d(Float32Array.from(inputs), [rows, width]);
    const target = tf.tensor1d(Float32Array.from(batch.target));
    if (method.derivation === 'reverse') {
      const { value, grads } = tf.variableGrads(
        () => unrolledLoss(network, { W, b }, x, target, sigma),
        variables,
      );
      tf.dispose([value, x, target]);
      return grads;
    }
    return tf.tidy(() => {
      const along = unpack(layout, direction);
      const c = unrolledDerivative(network, { W, b }, along, x, target, sigma);
      const estimate = [...along.W, ...along.b].map((d) => d.mul(c));
      tf.dispose([x, target]);
      return Object.fromEntries(variables.map((variable, i) => [variable.name, estimate[i]]));
    });
  }

  /** Compares the first step's gradient with the reference. @throws Error */
  async function prove(): Promise<void> {
    const named = gradientsOf(0);
    const byLayer = (list: readonly tf.Variable[]) => list.map((variable) => named[variable.name]);
    const actual = await flatten(layout, { W: byLayer(W), b: byLayer(b) } as Parameters<tf.Tensor>);
    tf.dispose(named);
    proveGradient(`tfjs ${backend}`, workload, actual);
  }

  await prove();
  return {
    steps: 1,
    async slice() {
      if (tf.getBackend() !== backend) await tf.setBackend(backend);
      const gradients = gradientsOf(step++);
      adam.applyGradients(Object.entries(gradients).map(([name, tensor]) => ({ name, tensor })));
      tf.dispose(gradients);
      await W[0].data();
    },
    dispose() {
      adam.dispose();
      tf.dispose([...start.W, ...start.b, ...variables]);
    },
  };
}
