import type { Layer, Network } from '../../snn/network.ts';
import type { Chain, Stage } from './graph.ts';

/** Unit of time in files written here: one time step. */
export const NIR_DT = 1;

/**
 * The factors of a network as NIR has them, in float64: weights as they are, the read-out's centre in its bias. A neuron's constants
 * are those that a step of forward Euler of length dt turns into ours (docs/nir.md):
 *
 *     IF (λ = 1): r = 1/dt;    LIF: τ = dt/(1 - λ), r = 1/(1 - λ), v_leak = 0;    v_threshold = ϑ, v_reset = 0 .
 *
 * Heads of local losses are no part of it: they take no part in the output.
 */
export function chainsOfNetwork(network: Network, theta: ArrayLike<number>): Chain[] {
  const { layout, factors, rank, centre } = network;
  return factors.map((factor, m) => {
    const readOut = layout.layers[layout.heads[0].layers[m]];
    const stages: Stage[] = [];
    layout.hidden[m].forEach((layer, depth) => {
      stages.push({ name: `hidden_${depth + 1}`, ...affineOf(layer, theta, 0) });
      stages.push(neuronsOf(network, depth, layer.outputs));
    });
    stages.push({ name: 'read_out', ...affineOf(readOut, theta, centre) });
    return { name: factor.name, inputs: factor.inputs, outputs: rank, stages };
  });
}

function affineOf(layer: Layer, theta: ArrayLike<number>, centre: number) {
  const { inputs, outputs, weights, biases } = layer;
  const weight = Float64Array.from({ length: inputs * outputs }, (_, i) => theta[weights + i]);
  const bias = Float64Array.from({ length: outputs }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < inputs && centre !== 0; i++) sum += weight[j * inputs + i];
    return theta[biases + j] - centre * sum;
  });
  return { type: 'Affine' as const, weight, inputs, outputs, bias };
}

function neuronsOf({ leak, threshold }: Network, depth: number, size: number): Stage {
  const all = (value: number) => new Float64Array(size).fill(value);
  const common = { v_threshold: all(threshold), v_reset: all(0) };
  if (leak === 1) return { name: `if_${depth + 1}`, type: 'IF', r: all(1 / NIR_DT), ...common };
  const rest = 1 / (1 - leak);
  return {
    name: `lif_${depth + 1}`,
    type: 'LIF',
    tau: all(NIR_DT * rest),
    r: all(rest),
    v_leak: all(0),
    ...common,
  };
}

/** The chains as a file keeps them: every number as float32. */
export const rounded = (chains: readonly Chain[]): Chain[] =>
  chains.map((chain) => ({
    ...chain,
    stages: chain.stages.map(
      (stage) =>
        Object.fromEntries(
          Object.entries(stage).map(([field, value]) => [
            field,
            value instanceof Float64Array ? value.map(Math.fround) : value,
          ]),
        ) as unknown as Stage,
    ),
  }));
