// Needs nothing of Node: the same code runs in the page that the browser's contenders live in.
import * as tf from '@tensorflow/tfjs';
import { gather } from '../../src/snn/batch.ts';
import { gradientOf } from '../../src/snn/gradient.ts';
import { planStep } from '../../src/training/plan.ts';
import type { Running, Workload } from './contender.mts';
import { flatten, type Parameters, unpack, unrolledDerivative, unrolledLoss } from './unrolled.mts';

/** Error of a gradient that float32 may leave, relative to its largest entry. */
const TOLERANCE = 1e-3;

/** Whether the graph can compute the workload. */
export function computes({ task }: Workload): boolean {
  const { network, method, directions } = task.specs;
  const { derivation, layerwise, surrogate } = method;
  const derivable =
    derivation === 'reverse' || (derivation === 'forward' && !layerwise && directions.count === 1);
  return derivable && surrogate.kind === 'SG' && network.factors.length === 1 && network.localRank === 0;
}

/**
 * The graph on a backend of TensorFlow.js that is there already, trained by its own Adam.
 * @throws Error when its first gradient is not the reference's
 */
export async function trained({ task, state }: Workload, backend: string): Promise<Running> {
  const { network, layout, method, optimiser, schedule } = task.specs;
  const { sigma } = method.surrogate;
  const start = unpack(layout, state.theta);
  const W = start.W.map((tensor) => tf.variable(tensor));
  const b = start.b.map((tensor) => tf.variable(tensor));
  const variables = [...W, ...b];
  const adam = tf.train.adam(schedule.startRate, optimiser.beta1, optimiser.beta2, optimiser.epsilon);
  const buffer = new Float32Array(layout.size);
  let step = 0;

  /**
   * Gradient (or estimate) on the batch of a step, by the names of the variables; the caller disposes of it.
   */
  function gradientsOf(at: number): tf.NamedTensorMap {
    const { rows } = planStep(task, state, at, buffer);
    const batch = gather(task.data, rows);
    const x = tf.tensor2d(Float32Array.from(batch.factors[0].inputs), [
      rows[0].length,
      batch.factors[0].width,
    ]);
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
      const direction = unpack(layout, buffer);
      const c = unrolledDerivative(network, { W, b }, direction, x, target, sigma);
      const estimate = [...direction.W, ...direction.b].map((d) => d.mul(c));
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
    const { rows } = planStep(task, state, 0, buffer);
    const directions = method.derivation === 'reverse' ? [] : [Float64Array.from(buffer)];
    const { gradient } = gradientOf(network, state.theta, gather(task.data, rows), method, directions);
    const size = Math.max(...gradient.map(Math.abs));
    const error = Math.max(...gradient.map((g, j) => Math.abs(g - actual[j]))) / size;
    if (!(error <= TOLERANCE))
      throw new Error(
        `the graph on ${backend} is wrong: its gradient is off by ${error} of the largest entry`,
      );
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
