import { type Layer, type Network, timeWeights } from '../../snn/network.ts';
import { rowPlaces } from '../../snn/row-directions.ts';
import { kernelsOf, sequenceGains, sequenceWeights } from '../../snn/synapse.ts';
import { type Arrangement, firstNeuron } from './arrangement.ts';

const ROLES = { hidden: 0, readout: 1, local: 2 };

/** Sizes and small tables that the shaders look up, and the WGSL functions that read them. */
interface Tables {
  /** They lie at the start of every plan. */
  readonly words: Uint32Array;
  readonly code: string;
}

/**
 * Sizes, layers, factors, projections and heads as words in a buffer. As constants in the code they would be unrolled into
 * every place of use: compilers take minutes over that, and every change of a size would need new pipelines.
 */
export function tablesOf(a: Arrangement): Tables {
  const { rows, network, samples, available, directions } = a.work;
  const { layout } = network;
  const sizes = {
    parameters: layout.size,
    layer_count: layout.layers.length,
    hidden_layer_count: a.hiddenLayers.length,
    head_count: a.heads.length,
    point_count: a.points,
    available_1: available[1] ?? 1,
    available_2: available[2] ?? 1,
    targets_at: a.target,
    time_steps: network.T,
    direction_count: directions,
    group_count: a.groups,
    derivative_count: a.derivatives,
    sample_count: samples,
    tile: a.tile,
    waiting_steps: a.waitingSteps,
    tangent_groups: Math.max(1, a.tangentGroups),
    simulated_variants: a.simulatedVariants,
    variant_numbers: a.projectionNumbers,
    slot_count: a.slots,
    simulation_blocks: a.simulationBlocks,
    gradient_blocks: a.gradientBlocks,
    combine_blocks: a.combineBlocks,
    work_numbers: a.workNumbers,
    history_numbers: a.historyNumbers,
    direction_numbers: a.directionNumbers,
    direction_length: a.directionLength,
    loss_partials_at: a.scratch.losses,
    derivative_partials_at: a.scratch.derivativePartials,
    gradient_partials_at: a.scratch.gradientPartials,
    gradient_at: a.scratch.gradient,
    derivatives_at: a.scratch.derivatives,
    loss_at: a.scratch.loss,
    norms_at: a.scratch.norms,
    output_numbers_at: a.scratch.output,
    step_words: a.stepWords,
    setting_words: a.settingWords,
    table_words: 0,
    layers_at: 0,
    factors_at: 0,
    projections_at: 0,
    heads_at: 0,
    hidden_layers_at: 0,
    hidden_of_at: 0,
    kernels_at: 0,
    time_weights_at: 0,
    sequence_weights_at: 0,
    sequence_gains_at: 0,
  };
  const places = rowPlaces(layout, a.work.perturbation, rows);
  let sampleStart = 0;
  const ofHidden = layout.hidden.flat();
  /** Numbers of the hidden neurons before a layer's, through all factors. */
  const kernelStart = (layer: Layer) =>
    ofHidden.slice(0, ofHidden.indexOf(layer)).reduce((n, { outputs }) => n + outputs, 0);
  let weightStart = 0;
  const sequenceStart = layout.hidden.map(([first]) => {
    const start = weightStart;
    weightStart += network.T * first.outputs;
    return start;
  });
  const layers = layout.layers.map((layer) => {
    const { index, factor, role, depth, inputs, outputs, weights, biases, end } = layer;
    const hidden = role === 'hidden';
    const neuron = hidden ? firstNeuron(layout.hidden[factor], layer) : 0;
    const start = sampleStart;
    if (hidden) sampleStart += rows[factor] * outputs * network.T * samples;
    return {
      index,
      factor,
      role: ROLES[role],
      depth,
      inputs,
      outputs,
      weights,
      biases,
      end,
      neuron,
      samples: start,
      kernels: hidden ? kernelStart(layer) : 0,
      rowsAt: places[index].at,
      rowLength: places[index].each,
    };
  });
  const projections = a.projections.flat().map((place) => ({ ...NO_PROJECTION, ...place }));
  const heads = a.heads.map(({ rank, weight }) => ({ rank, weight: bitsOf(weight) }));
  const hiddenOf = layout.hidden.flatMap((one) =>
    Array.from({ length: a.depths }, (_, d) => one[d]?.index ?? 0),
  );

  const words: number[] = Object.values(sizes);
  const code = Object.keys(sizes).map((name, i) => `fn ${name}() -> u32 { return plan[${i}u]; }`);
  const append = (name: keyof typeof sizes, items: readonly (readonly number[])[]) => {
    sizes[name] = words.length;
    words.push(...items.flat());
  };
  const struct = (
    type: string,
    reader: string,
    start: keyof typeof sizes,
    example: Record<string, number>,
  ) => {
    const names = Object.keys(example);
    const fields = names.map((_, i) => `plan[at + ${i}u]`).join(', ');
    code.push(
      `struct ${type} { ${names.map((name) => `${name}: u32`).join(', ')} }`,
      `fn ${reader}(index: u32) -> ${type} { let at = ${start}() + index * ${names.length}u; return ${type}(${fields}); }`,
    );
  };
  struct('Layer', 'layer_of', 'layers_at', layers[0]);
  const ofTime = a.factors.map(({ readAnywhen }, m) => {
    const steps = Array.from({ length: readAnywhen ? network.T : 1 }, (_, at) =>
      timeWeights(network, m, readAnywhen ? at : network.T - 1),
    );
    return steps.flatMap((weights) => Array.from(weights, bitsOf));
  });
  const factors = a.factors.map((factor, m) => ({
    ...factor,
    weights: sequenceStart[m],
    timeWeights: ofTime.slice(0, m).reduce((n, { length }) => n + length, 0),
  }));
  struct('Factor', 'factor_of', 'factors_at', factors[0]);
  struct('Projection', 'projection_at', 'projections_at', NO_PROJECTION);
  struct('Head', 'head_of', 'heads_at', { rank: 0, weight: 0 });
  code.push('fn hidden_layer(number: u32) -> u32 { return plan[hidden_layers_at() + number]; }');
  code.push('fn hidden_of(place: u32) -> u32 { return plan[hidden_of_at() + place]; }');

  append('layers_at', layers.map(Object.values));
  append('factors_at', factors.map(Object.values));
  append('projections_at', projections.map(Object.values));
  append('heads_at', heads.map(Object.values));
  append('hidden_layers_at', [a.hiddenLayers.map((layer) => layer.index)]);
  append('hidden_of_at', [hiddenOf]);
  if (a.synapses)
    append(
      'kernels_at',
      ofHidden.flatMap((layer) => kernelWords(network, layer)),
    );
  if (network.factors.some(({ readDecay }) => readDecay !== undefined)) append('time_weights_at', ofTime);
  // Of no use to anything but activity perturbation, and as many as T times the neurons.
  if (a.work.perturbation === 'activity' && a.factors.some(({ varies }) => varies === 1)) {
    const ofFirst = (numbers: typeof sequenceWeights) =>
      layout.hidden.map(([first]) => Array.from(numbers(network, first), bitsOf));
    append('sequence_weights_at', ofFirst(sequenceWeights));
    if (a.factors.some(({ readAnywhen }) => readAnywhen)) append('sequence_gains_at', ofFirst(sequenceGains));
  }
  sizes.table_words = words.length;
  Object.values(sizes).forEach((value, i) => {
    words[i] = value;
  });
  return { words: Uint32Array.from(words), code: code.join('\n') };
}

const NO_PROJECTION = { layer: 0, values: 0, adjoints: 0, tangents: 0 };

/** Of each neuron of a layer: α, g, ζ, λ and its delay. */
function kernelWords(network: Network, layer: Layer): number[][] {
  const kernels = kernelsOf(network, layer);
  if (!kernels) return Array.from({ length: layer.outputs }, () => [0, 0, 0, 0, 0]);
  const { decay, height, before, leak, delay } = kernels;
  return Array.from(delay, (steps, j) => [
    ...[decay, height, before, leak].map((values) => bitsOf(values[j])),
    steps,
  ]);
}

function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0];
}
