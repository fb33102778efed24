import * as tf from '@tensorflow/tfjs-core';
import type { Layout, NetworkSpec } from '../../src/snn/network.ts';

/** W transposed, [inputs][outputs], and b of every layer, as TensorFlow.js wants them. */
export interface Parameters<T extends tf.Tensor> {
  readonly W: readonly T[];
  readonly b: readonly T[];
}

/** Flat parameters as tensors, layer by layer. */
export function unpack(layout: Layout, flat: ArrayLike<number>): Parameters<tf.Tensor> {
  const values = Float32Array.from(flat);
  const W = layout.layers.map(({ weights, biases, inputs, outputs }) =>
    tf.tidy(() => tf.tensor2d(values.slice(weights, biases), [outputs, inputs]).transpose()),
  );
  const b = layout.layers.map(({ biases, end }) => tf.tensor1d(values.slice(biases, end)));
  return { W, b };
}

/** The flat order of θ again. */
export async function flatten(layout: Layout, { W, b }: Parameters<tf.Tensor>): Promise<Float64Array> {
  const flat = new Float64Array(layout.size);
  for (const [l, { weights, biases }] of layout.layers.entries()) {
    const transposed = tf.tidy(() => W[l].transpose());
    flat.set(await transposed.data(), weights);
    flat.set(await b[l].data(), biases);
    transposed.dispose();
  }
  return flat;
}

/** SG on x = U - ϑ, in as few operations as it takes. */
function surrogate(x: tf.Tensor, sigma: number): tf.Tensor {
  return x
    .square()
    .mul(-1 / (2 * sigma * sigma))
    .exp()
    .mul(1 / (sigma * Math.sqrt(2 * Math.PI)));
}

/** H(U - ϑ) whose derivative is the surrogate. */
function spikeOf(threshold: number, sigma: number) {
  return tf.customGrad((membrane, save) => {
    const U = membrane as tf.Tensor;
    (save as tf.GradSaveFunc)([U]);
    return {
      value: U.greaterEqual(threshold).cast('float32'),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => dy.mul(surrogate(saved[0].sub(threshold), sigma)),
    };
  });
}

/** U - H(U - ϑ) ϑ with the reset detached: its derivative is 1. */
function resetOf(threshold: number) {
  return tf.customGrad((membrane) => {
    const U = membrane as tf.Tensor;
    return {
      value: U.sub(U.greaterEqual(threshold).cast('float32').mul(threshold)),
      gradFunc: (dy: tf.Tensor) => dy,
    };
  });
}

/**
 * Mean squared error of a one-factor network, unrolled over time: the graph that tf.variableGrads
 * differentiates.
 */
export function unrolledLoss(
  network: NetworkSpec,
  { W, b }: Parameters<tf.Tensor>,
  x: tf.Tensor2D,
  target: tf.Tensor1D,
  sigma: number,
): tf.Scalar {
  const { T, threshold, leak } = network;
  const spike = spikeOf(threshold, sigma);
  const reset = resetOf(threshold);
  const depths = W.length - 1;
  const constant = x.matMul(W[0] as tf.Tensor2D).add(b[0]);
  const membranes: (tf.Tensor | undefined)[] = W.map(() => undefined);
  let sum: tf.Tensor | undefined;
  for (let t = 0; t < T; t++) {
    let spikes: tf.Tensor = x;
    for (let depth = 0; depth < depths; depth++) {
      const current =
        depth === 0 ? constant : (spikes as tf.Tensor2D).matMul(W[depth] as tf.Tensor2D).add(b[depth]);
      const before = membranes[depth];
      const remainder = before && leak !== 1 ? before.mul(leak) : before;
      const U = remainder ? remainder.add(current) : current;
      spikes = spike(U);
      membranes[depth] = reset(U);
    }
    sum = sum ? sum.add(spikes) : spikes;
  }
  const rates = (sum as tf.Tensor2D).mul(1 / T) as tf.Tensor2D;
  const y = rates
    .matMul(W[depths] as tf.Tensor2D)
    .add(b[depths])
    .reshape([-1]);
  return y.sub(target).square().mean();
}

/** ∇L · θ̇ by forward mode: the tangents written out by hand beside the same unrolled graph. */
export function unrolledDerivative(
  network: NetworkSpec,
  { W, b }: Parameters<tf.Tensor>,
  direction: Parameters<tf.Tensor>,
  x: tf.Tensor2D,
  target: tf.Tensor1D,
  sigma: number,
): tf.Scalar {
  const { T, threshold, leak } = network;
  const depths = W.length - 1;
  const affine = (input: tf.Tensor, p: Parameters<tf.Tensor>, l: number) =>
    (input as tf.Tensor2D).matMul(p.W[l] as tf.Tensor2D).add(p.b[l]);
  const constant = affine(x, { W, b }, 0);
  const moving = affine(x, direction, 0);
  const state: { U?: tf.Tensor; dU?: tf.Tensor }[] = W.map(() => ({}));
  let sum: tf.Tensor | undefined;
  let tangentSum: tf.Tensor | undefined;
  const carried = (old: tf.Tensor | undefined, current: tf.Tensor) =>
    old ? (leak === 1 ? old : old.mul(leak)).add(current) : current;
  for (let t = 0; t < T; t++) {
    let S: tf.Tensor = x;
    let dS: tf.Tensor = x;
    for (let depth = 0; depth < depths; depth++) {
      const Z = depth === 0 ? constant : affine(S, { W, b }, depth);
      const dZ =
        depth === 0
          ? moving
          : affine(S, direction, depth).add((dS as tf.Tensor2D).matMul(W[depth] as tf.Tensor2D));
      const U = carried(state[depth].U, Z);
      const dU = carried(state[depth].dU, dZ);
      S = U.greaterEqual(threshold).cast('float32');
      dS = surrogate(U.sub(threshold), sigma).mul(dU);
      state[depth] = { U: U.sub(S.mul(threshold)), dU };
    }
    sum = sum ? sum.add(S) : S;
    tangentSum = tangentSum ? tangentSum.add(dS) : dS;
  }
  const rates = (sum as tf.Tensor).mul(1 / T);
  const rateTangents = (tangentSum as tf.Tensor2D).mul(1 / T) as tf.Tensor2D;
  const y = affine(rates, { W, b }, depths).reshape([-1]);
  const dy = affine(rates, direction, depths)
    .add(rateTangents.matMul(W[depths] as tf.Tensor2D))
    .reshape([-1]);
  return y.sub(target).mul(dy).mean().mul(2);
}
