import type { Layer } from '../../../snn/network.ts';
import { simulate } from '../../../snn/simulate.ts';
import { methodOf, usedByMethod } from '../../../training/config.ts';
import type { EdgeValues } from '../../figures/network/edge-values.ts';
import type { StageContext, StageFigure } from './stage.ts';

/** The network before the step, and the input at which its activity is shown: one row for each factor. */
export interface Moment {
  readonly theta: Float64Array;
  readonly inputs: readonly ArrayLike<number>[];
}

/** What a stage puts on the edges of the diagram; bias entries follow the same rule with a constant input of 1. */
export function stageEdges(figure: StageFigure, context: StageContext, moment: Moment): EdgeValues {
  const { config, explained } = context;
  switch (figure) {
    case 'direction':
      return { values: explained.direction, symbol: 'δθ', words: 'the direction δθ' };
    case 'forward':
      return forwardEdges(context, moment);
    case 'loss': {
      const values = passed(context, moment.theta, sources(context, moment));
      for (const { role, weights, end } of context.layout.layers)
        if (role === 'hidden') values.fill(0, weights, end);
      return {
        values,
        symbol: `W ${spikesName(context)} into y`,
        words: 'what the read-out adds up at the probe',
      };
    }
    case 'backward':
      return {
        values: passedBack(context, moment.theta),
        symbol: methodOf(config).derivation === 'rates' ? 'Wᵀ ∂L/∂z' : 'Wᵀ Ū',
        words: 'what the reverse scan carries back, summed over time and batch',
      };
    case 'numbers':
      return numberEdges(context);
    case 'gradient':
      return usedByMethod('K', config)
        ? { values: explained.estimate, symbol: 'g', words: 'the estimate g of the gradient' }
        : { values: explained.estimate, symbol: '∇L', words: 'the gradient ∇L' };
    case 'update':
      return { values: explained.update, symbol: 'Δθ', words: 'the change Δθ of the weights' };
  }
}

function forwardEdges(context: StageContext, moment: Moment): EdgeValues {
  const { config, explained } = context;
  const { theta } = moment;
  const direction = Float64Array.from(explained.direction);
  const at = sources(context, moment);
  if (!usedByMethod('K', config))
    return {
      values: passed(context, theta, at),
      symbol: `W ${spikesName(context)}`,
      words: 'the current through each edge at the probe, mean over time',
    };
  const { derivation, perturbation, layerwise } = methodOf(config);
  const differences = derivation === 'differences';
  if (layerwise && perturbation !== 'activity') {
    const scale = differences ? 2 * config.epsilon : 1;
    return {
      values: passed(context, direction, at).map((value) => scale * value),
      symbol: differences ? '2ε δW S' : 'δW S',
      words: 'the change of current where each layer’s own perturbation starts, at the probe',
    };
  }
  if (differences) {
    const side = (amount: number) => {
      const displaced = theta.map((value, j) => value + amount * direction[j]);
      return passed(context, displaced, sources(context, { ...moment, theta: displaced }));
    };
    const back = side(-config.epsilon);
    return {
      values: side(config.epsilon).map((value, j) => value - back[j]),
      symbol: 'Δ(W S)',
      words: `the current at ${perturbation === 'activity' ? 'Z + ε ξ less that at Z − ε ξ' : 'θ + ε δθ less that at θ − ε δθ'}, at the probe`,
    };
  }
  const own = passed(context, direction, at);
  const carried = passed(context, theta, tangents(context, moment, direction), 0);
  return {
    values: own.map((value, j) => value + carried[j]),
    symbol: perturbation === 'activity' ? 'W Ṡ' : 'δW S + W Ṡ',
    words: 'the tangent of the current through each edge at the probe, mean over time',
  };
}

function numberEdges(context: StageContext): EdgeValues {
  const { config, layout, explained } = context;
  const { derivatives } = explained;
  const { derivation, perturbation, layerwise } = methodOf(config);
  const values = new Float64Array(layout.size);
  for (const { index, weights, end } of layout.layers)
    values.fill(derivatives[layerwise ? index : 0] ?? 0, weights, end);
  const l = layerwise ? 'ˡ' : '';
  const number = derivation === 'differences' ? `ΔL${l} / 2ε` : `∇L · δθ${l}`;
  return {
    values,
    symbol: perturbation === 'parameters' ? number : `Σ cₙ${l}`,
    words: layerwise ? 'one number for each layer' : 'one number for all parameters',
    acrossLayers: true,
  };
}

const spikesName = ({ config }: StageContext) => (methodOf(config).derivation === 'rates' ? 'r' : 'S');

/** What leaves the nodes before each hidden depth and the read-out: [factor][depth + 1], inputs first. */
type Sources = readonly (readonly ArrayLike<number>[])[];

/** Vector entry × source for every edge; for a bias × `one`. */
function passed(
  { layout }: StageContext,
  vector: ArrayLike<number>,
  sources: Sources,
  one = 1,
): Float64Array {
  const values = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    const from = sources[layer.factor][layer.role === 'hidden' ? layer.depth : layer.depth + 1];
    for (let at = layer.weights; at < layer.end; at++)
      values[at] = vector[at] * (at < layer.biases ? (from[sourceOf(layer, at)] ?? 0) : one);
  }
  return values;
}

const sourceOf = (layer: Layer, at: number) => (at - layer.weights) % layer.inputs;

/** W_ji times what arrives back at j: Σ_t Ū_j, which is the derivative by the bias of j. Nothing goes back to the inputs. */
function passedBack({ layout, explained }: StageContext, theta: Float64Array): Float64Array {
  const values = new Float64Array(layout.size);
  for (const layer of layout.layers) {
    if (layer.role === 'hidden' && layer.depth === 0) continue;
    for (let at = layer.weights; at < layer.biases; at++)
      values[at] =
        theta[at] * explained.estimate[layer.biases + Math.floor((at - layer.weights) / layer.inputs)];
  }
  return values;
}

/** Inputs and mean rates; under ANN the rates that stand in for spikes. */
function sources({ config, network, layout }: StageContext, { theta, inputs }: Moment): Sources {
  return network.factors.map((_, factor) => {
    if (methodOf(config).derivation !== 'rates')
      return [inputs[factor], ...simulate(requestOf({ network }, theta, inputs, factor)).rates];
    const sources: ArrayLike<number>[] = [inputs[factor]];
    for (const { outputs, inputs: width, weights, biases } of layout.hidden[factor]) {
      const below = sources[sources.length - 1];
      sources.push(
        Float64Array.from({ length: outputs }, (_, j) => {
          let z = theta[biases + j];
          for (let i = 0; i < width; i++) z += theta[weights + j * width + i] * below[i];
          return Math.min(1, Math.max(0, z / network.threshold - 0.5 / network.T));
        }),
      );
    }
    return sources;
  });
}

/** Tangents of the mean rates along δθ; those of the layers sum up to it. WSG’s mean over δ is SG. */
function tangents(
  { config, network, layout }: StageContext,
  { theta, inputs }: Moment,
  direction: Float64Array,
): Sources {
  return network.factors.map((_, factor) => {
    const { tangentRates } = simulate({
      ...requestOf({ network }, theta, inputs, factor),
      surrogate: { kind: 'SG', sigma: config.sigma, samples: 1 },
      tangents: [{ direction, from: layout.hidden.map(() => 0) }],
    });
    return [new Float64Array(inputs[factor].length), ...tangentRates[0]];
  });
}

function requestOf(
  { network }: Pick<StageContext, 'network'>,
  theta: Float64Array,
  inputs: readonly ArrayLike<number>[],
  factor: number,
) {
  const data = {
    rows: 1,
    width: inputs[factor].length,
    inputs: Float64Array.from(inputs[factor]),
    scale: Float64Array.of(1),
  };
  return { network, theta, factor, data };
}
