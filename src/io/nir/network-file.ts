import * as v from 'valibot';
import { EXPERIMENTS } from '../../experiments/table.ts';
import { isTimeless, type Network, OVER_TIME } from '../../snn/network.ts';
import type { Config, ExperimentName, Pinned } from '../../training/config.ts';
import { FileError } from '../../training/file-error.ts';
import { resolveConfig } from '../../training/presets.ts';
import { configAt, decodeFloats, encodeFloats } from '../../training/run-file.ts';
import type { SavedRun } from '../../training/saved-run.ts';
import { specsOf } from '../../training/specs.ts';
import type { NirDifference } from './compare.ts';
import { type Chain, isNeurons, type Neurons, NIR_VERSION, type NirFile, type Stage } from './graph.ts';
import { chainsOfNetwork, NIR_DT, rounded } from './network.ts';
import { eulerStep } from './simulate.ts';

/** Our entry under `metadata`: a text of JSON. The graph stands without it, as the specification demands. */
export const OUR_METADATA = 'spiking_playground';

const schema = v.object({
  format: v.literal('spiking-playground-nir'),
  version: v.literal(1),
  config: v.record(v.string(), v.unknown()),
  /** Where float32 and the read-out's centre in its bias do not give it back: θ as base64 of little-endian float64. */
  theta: v.optional(v.string()),
});

interface NirContent {
  readonly config: Config;
  readonly theta: Float64Array;
  readonly step: number;
  /** For people: what the file is, how it is to be run, in what it differs. */
  readonly words: Readonly<Record<string, string>>;
  readonly difference?: NirDifference;
}

/** A network of the page as NIR. */
export function nirFileOf({ config, theta, step, words, difference }: NirContent): NirFile {
  const { network } = specsOf(config);
  if (!isTimeless(network)) throw new Error(`The file knows held inputs only: ${OVER_TIME}`);
  const chains = rounded(chainsOfNetwork(network, theta));
  const lost = parametersOf(network, chains, NIR_DT).some((value, i) => value !== theta[i]);
  const entry = {
    format: 'spiking-playground-nir',
    version: 1,
    ...words,
    dt: NIR_DT,
    T: config.T,
    step,
    difference,
    config,
    theta: lost ? encodeFloats(theta) : undefined,
  };
  return {
    version: NIR_VERSION,
    chains,
    metadata: new Map([[OUR_METADATA, JSON.stringify(entry, null, 1)]]),
  };
}

/** A network that can be opened as a run at its first step. */
export interface OpenedNetwork {
  readonly config: Config;
  readonly theta: Float64Array;
}

/** The run that starts from a network's weights. */
export function runFrom({ config, theta }: OpenedNetwork): SavedRun {
  const zeros = () => new Float64Array(theta.length);
  const state = { theta, m: zeros(), v: zeros(), step: 0, momentSteps: 0, seed: config.seed };
  return { log: [{ step: 0, config, theta }], state, losses: new Float64Array(0) };
}

/**
 * The network that a file of this page was made from, to the last bit: what our metadata say counts where the nodes, made from it anew,
 * are those of the file. Undefined where it has none. @throws FileError where it has, and they are not
 */
export function ourNetwork({ chains, metadata }: NirFile): OpenedNetwork | undefined {
  const text = metadata.get(OUR_METADATA);
  if (text === undefined) return undefined;
  const place = `metadata/${OUR_METADATA}`;
  let entry: v.InferOutput<typeof schema>;
  try {
    entry = v.parse(schema, JSON.parse(text));
  } catch (error) {
    throw new FileError(place, error instanceof Error ? error.message : '', 'JSON as this page writes it');
  }
  const config = configAt(`${place}.config`, entry.config);
  const { network } = specsOf(config);
  const theta = entry.theta
    ? decodeFloats(`${place}.theta`, entry.theta, network.layout.size)
    : parametersOf(network, chains, NIR_DT);
  const different = firstDifference(rounded(chainsOfNetwork(network, theta)), chains);
  if (different)
    throw new FileError(
      place,
      `settings of another network: ${different} differs`,
      'settings that give the file’s nodes',
    );
  return { config, theta };
}

const FIELDS = ['weight', 'bias', 'r', 'tau', 'v_leak', 'v_threshold', 'v_reset'] as const;

/** Names the first field in which chains differ; names of nodes do not count. */
function firstDifference(made: readonly Chain[], found: readonly Chain[]): string | undefined {
  if (made.length !== found.length) return 'the number of chains';
  for (const [m, chain] of found.entries()) {
    const expected = made.length > 1 ? made.find(({ name }) => name === chain.name) : made[m];
    if (!expected || expected.stages.length !== chain.stages.length) return `chain ${chain.name}`;
    for (const [i, stage] of chain.stages.entries()) {
      const other = expected.stages[i];
      if (other.type !== stage.type) return `node ${stage.name}`;
      for (const field of FIELDS)
        if (!equal(valuesOf(stage, field), valuesOf(other, field))) return `node ${stage.name}/${field}`;
    }
  }
  return undefined;
}

const valuesOf = (stage: Stage, field: (typeof FIELDS)[number]) =>
  (stage as Partial<Record<(typeof FIELDS)[number], Float64Array>>)[field];
const equal = (a: Float64Array | undefined, b: Float64Array | undefined) =>
  a === b ||
  (a !== undefined && b !== undefined && a.length === b.length && a.every((value, i) => value === b[i]));

/**
 * θ of a network whose chains these are: hidden weights and biases times what a step of length dt makes of a current, drifts by v_leak
 * in the biases, the read-out's centre out of them. Heads of local losses stay 0.
 * @throws FileError where a chain is missing or has another shape
 */
export function parametersOf(network: Network, chains: readonly Chain[], dt: number): Float64Array {
  const { layout, factors, centre } = network;
  const theta = new Float64Array(layout.size);
  factors.forEach(({ name }, m) => {
    const chain = factors.length === 1 ? chains[0] : chains.find((each) => each.name === name);
    if (!chain)
      throw new FileError(
        'graph',
        chains.map((each) => each.name),
        `one named ${name}`,
      );
    const affines = chain.stages.filter((stage): stage is Exclude<Stage, Neurons> => !isNeurons(stage));
    const neurons = chain.stages.filter(isNeurons);
    const layers = [...layout.hidden[m], layout.layers[layout.heads[0].layers[m]]];
    layers.forEach(({ weights, biases, inputs, outputs, role }, i) => {
      const { weight, bias, ...shape } = affines[i] ?? {};
      if (!weight || shape.inputs !== inputs || shape.outputs !== outputs)
        throw new FileError(
          `graph ${chain.name}`,
          `affine map ${i + 1}: [${shape.outputs}][${shape.inputs}]`,
          `[${outputs}][${inputs}]`,
        );
      for (let j = 0; j < outputs; j++) {
        const { gain, drift } = role === 'hidden' ? eulerStep(neurons[i], dt, j) : { gain: 1, drift: 0 };
        let sum = 0;
        for (let k = 0; k < inputs; k++) {
          const value = weight[j * inputs + k];
          theta[weights + j * inputs + k] = gain === 1 ? value : gain * value;
          if (role !== 'hidden' && centre !== 0) sum += value;
        }
        theta[biases + j] = gain * (bias?.[j] ?? 0) + drift + centre * sum;
      }
    });
  });
  return theta;
}

/** An experiment, and the run that a file's network can be opened as in it, or why not. */
export type Fit = { readonly experiment: ExperimentName } & (
  | { readonly network: OpenedNetwork }
  | { readonly fault: string }
);

/** What a file of others can be opened as: the experiments whose network has its shape. `dt` is a time step in its unit of time. */
export function fitsOf(file: NirFile, dt: number): Fit[] {
  return (Object.keys(EXPERIMENTS) as ExperimentName[]).map((experiment) => {
    try {
      return { experiment, network: networkIn(file, experiment, dt) };
    } catch (error) {
      return { experiment, fault: error instanceof Error ? error.message : String(error) };
    }
  });
}

function networkIn({ chains }: NirFile, experiment: ExperimentName, dt: number): OpenedNetwork {
  const { factorCount, operator } = EXPERIMENTS[experiment];
  if (chains.length !== factorCount)
    throw new FileError(
      'graph',
      `${chains.length} chains`,
      `${factorCount}: a chain for each factor of the experiment`,
    );
  const { leak, threshold } = constantsOf(chains, dt);
  const usual = specsOf(resolveConfig({ experiment })).network;
  if (!isTimeless(usual))
    throw new FileError('graph', 'held inputs', `an experiment without them: ${OVER_TIME}`);
  const names = usual.factors.map(({ name }) => name);
  const ordered = names.map((name) => {
    const chain = factorCount === 1 ? chains[0] : chains.find((each) => each.name === name);
    if (!chain)
      throw new FileError(
        'graph',
        chains.map((each) => each.name),
        `chains named ${names.join(', ')}`,
      );
    return chain;
  });
  const [branch] = ordered;
  if (!operator && branch.outputs !== 1) throw new FileError('Output', `${branch.outputs} numbers`, '1');
  const pinned: Pinned = {
    experiment,
    hidden: ordered.map(widthsOf),
    ...{ leak, threshold, reset: 'zero', centring: false, localLosses: false },
    ...(operator && {
      rank: branch.outputs,
      sensors: branch.inputs - (operator.amplitudeInput ? 1 : 0),
    }),
  };
  const config = resolveConfig(pinned);
  const { network } = specsOf(config);
  network.factors.forEach(({ name, inputs }, m) => {
    if (ordered[m].inputs !== inputs)
      throw new FileError(
        `Input of ${factorCount === 1 ? 'the graph' : name}`,
        `${ordered[m].inputs} numbers`,
        `${inputs}`,
      );
    if (ordered[m].outputs !== network.rank)
      throw new FileError(
        `Output of ${name}`,
        `${ordered[m].outputs} numbers`,
        `${network.rank}, as ${branch.name} has them`,
      );
  });
  return { config, theta: parametersOf(network, chains, dt) };
}

/** Widths of the hidden layers of a chain that alternates as ours do. */
function widthsOf({ name, stages }: Chain): number[] {
  stages.forEach((stage, i) => {
    const affine = i % 2 === 0;
    if (isNeurons(stage) === affine)
      throw new FileError(
        `node ${stage.name}`,
        stage.type,
        affine ? 'Affine or Linear here' : 'IF or LIF here',
      );
  });
  const last = stages[stages.length - 1];
  if (isNeurons(last))
    throw new FileError(`node ${last.name}`, last.type, 'Affine or Linear before the Output: the read-out');
  if (stages.length < 3)
    throw new FileError(`graph ${name}`, 'no neurons', 'at least one layer of IF or LIF');
  return stages.filter(isNeurons).map(({ r }) => r.length);
}

/** Leak and threshold that all neurons share; the page has one neuron for the whole network. */
function constantsOf(chains: readonly Chain[], dt: number): { leak: number; threshold: number } {
  let first: { leak: number; threshold: number; name: string } | undefined;
  for (const { stages } of chains)
    for (const stage of stages.filter(isNeurons)) {
      const { name, r, v_threshold, v_reset } = stage;
      for (let j = 0; j < r.length; j++) {
        const { leak } = eulerStep(stage, dt, j);
        const threshold = v_threshold[j];
        first ??= { leak, threshold, name };
        const place = `node ${name}`;
        if (leak < 0 || leak > 1)
          throw new FileError(`${place}/tau[${j}]`, stage.tau?.[j], `at least the time step, ${dt}`);
        if (leak !== first.leak)
          throw new FileError(
            `${place}/tau[${j}]`,
            stage.tau?.[j] ?? 'none (IF)',
            `one leak for all neurons, that of ${first.name}`,
          );
        if (threshold !== first.threshold)
          throw new FileError(
            `${place}/v_threshold[${j}]`,
            threshold,
            `${first.threshold}, that of ${first.name}: one for all neurons`,
          );
        if (v_reset[j] !== 0) throw new FileError(`${place}/v_reset[${j}]`, v_reset[j], '0');
      }
    }
  if (!first) throw new FileError('graph', 'no neurons', 'IF or LIF');
  return first;
}

/** A time step for a file that does not say: 1 where that is shorter than every τ, else snnTorch's. */
export function likelyDt({ chains }: NirFile): number {
  const taus = chains.flatMap(({ stages }) =>
    stages.filter(isNeurons).flatMap(({ tau }) => Array.from(tau ?? [])),
  );
  return taus.every((tau) => tau >= 1) ? 1 : 1e-4;
}
