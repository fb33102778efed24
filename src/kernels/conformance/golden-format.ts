import * as v from 'valibot';

/**
 * The formats of golden files: a spiking MLP, operator networks, and estimates of a gradient. Fields that nobody reads may be
 * missing.
 */

const numbers = v.array(v.number());
const matrix = v.array(numbers);
const cube = v.array(matrix);
const history = v.array(cube);
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const affine = v.object({ W: matrix, b: numbers });
const nested = v.array(v.unknown());

const mlpMethod = v.object({
  surrogate_values: history,
  bp_grad_W: cube,
  bp_grad_b: matrix,
  directions: v.array(
    v.object({
      jvp_loss_global: v.number(),
      jvp_loss_per_layer: numbers,
      jvp_output_global: matrix,
      rfg_g_grad_W: cube,
      rfg_g_grad_b: matrix,
      rfg_l_grad_W: cube,
      rfg_l_grad_b: matrix,
    }),
  ),
});

export const mlpFile = v.object({
  sizes: v.pipe(v.array(count), v.minLength(3)),
  T: count,
  leak_lambda: v.number(),
  threshold: v.number(),
  reset: v.optional(v.picklist(['subtract', 'zero'])),
  sigma: v.number(),
  K: count,
  W: cube,
  b: matrix,
  x: matrix,
  target: matrix,
  spikes: history,
  U_pre: history,
  U_post: history,
  mean_rate_last_hidden: matrix,
  output: matrix,
  mse: v.number(),
  direction_vectors: v.array(v.object({ dW: cube, db: matrix })),
  SG: mlpMethod,
  WSG: v.object({ ...mlpMethod.entries, deltas: v.array(history) }),
});

const maps = v.array(affine);

const synapse = v.variant('kind', [
  v.object({ kind: v.literal('exponential'), decay: v.number() }),
  v.object({
    kind: v.literal('response'),
    seed: v.number(),
    longestDelay: v.number(),
    decays: v.tuple([v.number(), v.number()]),
    refractory: v.tuple([v.number(), v.number()]),
  }),
]);
/** What a factor makes of time. */
const overTime = v.object({
  sequence: v.optional(v.boolean()),
  synapse: v.optional(synapse),
  readDecay: v.optional(v.number()),
  readAt: v.optional(v.array(count)),
  kernels: v.optional(v.array(v.object({ delay: numbers, decay: numbers, height: numbers, leak: numbers }))),
  sequenceWeights: v.optional(matrix),
});

export const estimatorsFile = v.object({
  estimators: v.array(
    v.object({
      name: v.string(),
      T: count,
      leak: v.number(),
      threshold: v.number(),
      centre: v.number(),
      rank: count,
      sigma: v.number(),
      epsilon: v.number(),
      reset: v.optional(v.picklist(['subtract', 'zero'])),
      factors: v.optional(v.array(overTime)),
      hidden: v.pipe(v.array(v.pipe(v.array(count), v.minLength(1))), v.minLength(1)),
      weights: maps,
      inputs: v.array(v.pipe(v.array(v.union([numbers, matrix])), v.minLength(1))),
      scale: matrix,
      target: numbers,
      spikes: v.array(v.array(cube)),
      membranes: v.array(v.array(cube)),
      output: numbers,
      loss: v.number(),
      estimates: v.array(
        v.object({
          method: v.string(),
          mean: v.optional(v.boolean()),
          directions: v.array(nested),
          gradient: maps,
          derivatives: matrix,
        }),
      ),
    }),
  ),
});

const operatorMethod = v.object({
  gradients: v.array(v.array(affine)),
  jvp_global: v.number(),
  jvp_layerwise: matrix,
});

export const operatorsFile = v.object({
  cases: v.array(
    v.object({
      name: v.string(),
      T: count,
      threshold: v.number(),
      sigma: v.number(),
      weights: v.array(v.array(affine)),
      inputs: cube,
      targets: nested,
      spikes: v.array(history),
      membrane_pre_reset: v.array(history),
      rates_last_hidden: cube,
      net_outputs: cube,
      outputs: nested,
      loss_mse: v.number(),
      directions: v.array(v.array(affine)),
      wsg_deltas_shared: numbers,
      sg: operatorMethod,
      wsg: operatorMethod,
    }),
  ),
});

type MlpFile = v.InferOutput<typeof mlpFile>;
type OperatorsFile = v.InferOutput<typeof operatorsFile>;

/** @throws Error unless every affine map takes as many numbers as the one before gives. */
export function checkWeights(file: MlpFile | OperatorsFile): void {
  if ('sizes' in file) {
    file.sizes.slice(1).forEach((outputs, l) => {
      checkAffine(file.W[l] ?? [], file.b[l] ?? [], file.sizes[l], outputs, `W[${l}]`);
    });
    return;
  }
  for (const { name, weights, inputs } of file.cases)
    weights.forEach((net, n) => {
      let width = inputs[n]?.[0]?.length ?? 0;
      net.forEach(({ W, b }, l) => {
        checkAffine(W, b, width, b.length, `${name}: weights[${n}][${l}]`);
        width = b.length;
      });
    });
}

function checkAffine(W: number[][], b: number[], inputs: number, outputs: number, where: string): void {
  if (W.length !== outputs || b.length !== outputs || W.some((row) => row.length !== inputs)) {
    throw new Error(`${where} is not ${outputs} × ${inputs} with ${outputs} biases`);
  }
}
