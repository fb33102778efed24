import { FileError } from '../../training/file-error.ts';
import type { Leaf, Numbers, Tree } from './tree.ts';

/**
 * NIR, the Neuromorphic Intermediate Representation (Pedersen et al., Nature Communications 15, 2024; https://neuroir.org), as far as
 * it is read and written here: names of nodes and fields are the specification's. How it stands to our neurons: docs/nir.md.
 */

/** y = W x + b; without bias a Linear node. */
export interface Affine {
  readonly type: 'Affine' | 'Linear';
  /** W[outputs][inputs], row by row. */
  readonly weight: Float64Array;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias?: Float64Array;
}

/**
 * Spiking neurons, each with constants of its own; v̇ = r I (IF), τ v̇ = (v_leak - v) + r I (LIF). Where v > v_threshold a neuron
 * spikes and v becomes v_reset.
 */
export interface Neurons {
  readonly type: 'IF' | 'LIF';
  readonly r: Float64Array;
  readonly v_threshold: Float64Array;
  readonly v_reset: Float64Array;
  readonly tau?: Float64Array;
  readonly v_leak?: Float64Array;
}

export type Stage = (Affine | Neurons) & { readonly name: string };

/** A sequential graph: Input, the stages in order, Output. */
export interface Chain {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly stages: readonly Stage[];
}

/** A file: one sequential graph, or several side by side, each a node of type NIRGraph. */
export interface NirFile {
  readonly version: string;
  readonly chains: readonly Chain[];
  /** Texts under `metadata` of the outermost graph. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Version of the specification's reference implementation (the package `nir`) that the fields were taken from. */
export const NIR_VERSION = '1.0.8';

/** Widest node that is read. */
const MOST_NEURONS = 65536;
const NEURON_FIELDS = {
  IF: ['r', 'v_threshold', 'v_reset'],
  LIF: ['tau', 'r', 'v_leak', 'v_threshold', 'v_reset'],
} as const;

export const isNeurons = <S extends Affine | Neurons>(stage: S): stage is Extract<S, Neurons> =>
  stage.type === 'IF' || stage.type === 'LIF';

const numbers = (values: ArrayLike<number>, shape: readonly number[]): Numbers => ({
  type: 'float32',
  shape,
  values: Float64Array.from(values),
});
const shapeOf = (size: number): Tree =>
  new Map<string, Leaf>([['shape', { type: 'int64', shape: [1], values: Float64Array.of(size) }]]);

/** Every number as float32, as NIR's own tools write them. */
export function treeOf({ version, chains, metadata }: NirFile): Tree {
  const single = chains.length === 1;
  const graph = single ? graphTree(chains[0]) : besideTree(chains);
  if (metadata.size > 0) graph.set('metadata', new Map(metadata));
  return new Map<string, Tree | Leaf>([
    ['version', version],
    ['node', graph],
  ]);
}

function graphTree({ inputs, outputs, stages }: Chain): Tree {
  const nodes: Tree = new Map([['input', withType('Input', shapeOf(inputs))]]);
  for (const stage of stages) nodes.set(stage.name, stageTree(stage));
  nodes.set('output', withType('Output', shapeOf(outputs)));
  const names = [...nodes.keys()];
  return nirGraph(
    nodes,
    names.slice(1).map((name, i) => [names[i], name]),
  );
}

/** Each chain as a node of its own between an Input and an Output. */
function besideTree(chains: readonly Chain[]): Tree {
  const nodes: Tree = new Map();
  const edges: [string, string][] = [];
  for (const chain of chains) {
    const { name, inputs, outputs } = chain;
    nodes.set(`${name}_input`, withType('Input', shapeOf(inputs)));
    nodes.set(name, graphTree(chain));
    nodes.set(`${name}_output`, withType('Output', shapeOf(outputs)));
    edges.push([`${name}_input`, name], [name, `${name}_output`]);
  }
  return nirGraph(nodes, edges);
}

const nirGraph = (nodes: Tree, edges: readonly (readonly [string, string])[]): Tree =>
  withType(
    'NIRGraph',
    new Map<string, Tree | Leaf>([
      ['edges', { shape: [edges.length, 2], texts: edges.flat() }],
      ['nodes', nodes],
    ]),
  );

function withType(type: string, tree: Tree): Tree {
  tree.set('type', type);
  return tree;
}

function stageTree(stage: Stage): Tree {
  const tree: Tree = new Map();
  if (isNeurons(stage)) {
    for (const field of NEURON_FIELDS[stage.type]) {
      const values = stage[field] as Float64Array;
      tree.set(field, numbers(values, [values.length]));
    }
  } else {
    if (stage.bias) tree.set('bias', numbers(stage.bias, [stage.outputs]));
    tree.set('weight', numbers(stage.weight, [stage.outputs, stage.inputs]));
  }
  return withType(stage.type, tree);
}

/** Inverse of `treeOf`; also of what others write, where it is sequential. @throws FileError that names the node */
export function nirOf(tree: Tree): NirFile {
  const version = tree.get('version');
  if (typeof version !== 'string' || !/^[01]\.\d+/.test(version))
    throw new FileError('version', version === undefined ? 'nothing' : shown(version), 'a text, 0.… or 1.…');
  const node = tree.get('node');
  if (!(node instanceof Map)) throw new FileError('node', shown(node), 'a group that is the NIRGraph');
  const chains = chainsOf(node, '');
  const metadata = new Map<string, string>();
  const entries = node.get('metadata');
  if (entries instanceof Map)
    for (const [name, value] of entries) if (typeof value === 'string') metadata.set(name, value);
  return { version, chains, metadata };
}

const shown = (entry: Tree | Leaf | undefined): unknown =>
  entry === undefined
    ? 'nothing'
    : entry instanceof Map
      ? 'a group'
      : typeof entry === 'string'
        ? entry
        : 'texts' in entry
          ? entry.texts
          : `numbers of shape [${entry.shape}]`;

const ALLOWED_TYPES = 'Input, Output, Affine, Linear, IF, LIF; NIRGraph with such nodes';

interface Node {
  readonly name: string;
  readonly tree: Tree;
  readonly type: string;
  readonly before: string[];
  readonly after: string[];
}

/** The chains of a graph; `within` is the name of the node that it is, with a slash. */
function chainsOf(graph: Tree, within: string): Chain[] {
  const place = within ? `node ${within.slice(0, -1)}` : 'node';
  const type = graph.get('type');
  if (type !== 'NIRGraph') throw new FileError(`${place}/type`, shown(type), 'NIRGraph');
  const nodes = nodesOf(graph, within, place);
  const starts = [...nodes.values()].filter((node) => node.type === 'Input');
  if (starts.length === 0) throw new FileError(`${place}/nodes`, [...nodes.keys()], 'an Input node');
  const seen = new Set<string>();
  const chains = starts.map((start) => follow(start, nodes, within, seen));
  for (const name of nodes.keys())
    if (!seen.has(name))
      throw new FileError(
        `node ${within}${name}`,
        'unconnected, or part of a cycle',
        'nodes that an Input leads to',
      );
  return chains;
}

function nodesOf(graph: Tree, within: string, place: string): Map<string, Node> {
  const trees = graph.get('nodes');
  if (!(trees instanceof Map)) throw new FileError(`${place}/nodes`, shown(trees), 'a group of nodes');
  if (trees.size === 0) throw new FileError(`${place}/nodes`, 'no node', 'an Input, stages, an Output');
  const nodes = new Map<string, Node>();
  for (const [name, tree] of trees) {
    const type = tree instanceof Map ? tree.get('type') : undefined;
    if (!(tree instanceof Map) || typeof type !== 'string')
      throw new FileError(
        `node ${within}${name}/type`,
        shown(tree instanceof Map ? type : tree),
        ALLOWED_TYPES,
      );
    nodes.set(name, { name, tree, type, before: [], after: [] });
  }
  const edges = graph.get('edges');
  if (
    edges === undefined ||
    edges instanceof Map ||
    typeof edges === 'string' ||
    !('texts' in edges) ||
    edges.shape[1] !== 2
  )
    throw new FileError(`${place}/edges`, shown(edges), 'pairs of names, an array of texts [edges][2]');
  for (let i = 0; i < edges.texts.length; i += 2) {
    const [from, to] = edges.texts.slice(i, i + 2);
    for (const end of [from, to])
      if (!nodes.has(end))
        throw new FileError(`${place}/edges[${i / 2}]`, end, `a node: ${[...nodes.keys()].join(', ')}`);
    nodes.get(from)?.after.push(to);
    nodes.get(to)?.before.push(from);
  }
  return nodes;
}

/** From an Input along the edges to an Output. */
function follow(start: Node, nodes: ReadonlyMap<string, Node>, within: string, seen: Set<string>): Chain {
  const stages: Stage[] = [];
  let name = within ? within.slice(0, -1) : start.name;
  const inputs = sizeOf(start, within);
  let width = inputs;
  for (let node = start; ; ) {
    const place = `node ${within}${node.name}`;
    if (seen.has(node.name)) throw new FileError(place, 'part of a cycle', 'a sequence of nodes');
    seen.add(node.name);
    const { before, after, type } = node;
    if (node !== start && type === 'Input')
      throw new FileError(place, `an edge from ${before[0]}`, 'no edge to an Input');
    if (before.length > 1)
      throw new FileError(place, `edges from ${before.join(', ')}`, 'one edge to a node');
    if (before.length > 0 && node === start)
      throw new FileError(place, `an edge from ${before[0]}`, 'no edge to an Input');
    if (type === 'Output') {
      if (after.length > 0) throw new FileError(place, `an edge to ${after[0]}`, 'no edge from an Output');
      const outputs = sizeOf(node, within);
      if (outputs !== width)
        throw new FileError(`${place}/shape`, `[${outputs}]`, `[${width}], as what leads to it has it`);
      if (stages.length === 0)
        throw new FileError(place, 'nothing between Input and Output', 'Affine, Linear, IF or LIF');
      return { name, inputs, outputs, stages };
    }
    if (after.length === 0)
      throw new FileError(place, 'no edge from it', 'one edge to the next node, up to an Output');
    if (after.length > 1)
      throw new FileError(place, `edges to ${after.join(', ')}`, 'one edge from a node: a sequence');
    if (type === 'NIRGraph') {
      const inner = chainsOf(node.tree, `${within}${node.name}/`);
      if (inner.length > 1)
        throw new FileError(place, `${inner.length} Inputs`, 'a sequence of nodes with one Input');
      const [chain] = inner;
      if (chain.inputs !== width)
        throw new FileError(place, `${chain.inputs} inputs`, `${width}, as what leads to it has them`);
      stages.push(...chain.stages);
      width = chain.outputs;
      name = node.name;
    } else if (type !== 'Input') {
      const stage = stageOf(node, width, within);
      stages.push(stage);
      width = isNeurons(stage) ? width : stage.outputs;
    }
    node = nodes.get(after[0]) as Node;
  }
}

function sizeOf({ name, tree }: Node, within: string): number {
  const shape = tree.get('shape');
  const size = isNumbers(shape) && shape.values.length === 1 ? shape.values[0] : Number.NaN;
  if (!Number.isInteger(size) || size < 1 || size > MOST_NEURONS)
    throw new FileError(
      `node ${within}${name}/shape`,
      isNumbers(shape) ? [...shape.values] : shown(shape),
      `one number from 1 to ${MOST_NEURONS}`,
    );
  return size;
}

const isNumbers = (entry: Tree | Leaf | undefined): entry is Numbers =>
  typeof entry === 'object' && !(entry instanceof Map) && 'values' in entry;

function stageOf({ name, tree, type }: Node, width: number, within: string): Stage {
  const place = `node ${within}${name}`;
  const whole = `${within}${name}`;
  if (type === 'Affine' || type === 'Linear') {
    const weight = finite(tree, 'weight', place);
    if (weight.shape.length !== 2)
      throw new FileError(`${place}/weight`, `shape [${weight.shape}]`, 'a matrix [outputs][inputs]');
    const [outputs, inputs] = weight.shape;
    if (inputs !== width)
      throw new FileError(
        `${place}/weight`,
        `shape [${weight.shape}]`,
        `[outputs][${width}], as what leads to it has it`,
      );
    if (outputs < 1 || outputs > MOST_NEURONS)
      throw new FileError(`${place}/weight`, `shape [${weight.shape}]`, `1 to ${MOST_NEURONS} outputs`);
    const bias = type === 'Affine' ? finite(tree, 'bias', place) : undefined;
    if (bias && (bias.shape.length !== 1 || bias.shape[0] !== outputs))
      throw new FileError(`${place}/bias`, `shape [${bias.shape}]`, `[${outputs}], one for each output`);
    return { name: whole, type, weight: weight.values, inputs, outputs, bias: bias?.values };
  }
  if (type !== 'IF' && type !== 'LIF') throw new FileError(`${place}/type`, type, ALLOWED_TYPES);
  const of = (field: string): Float64Array => {
    // Files from before the field was there mean 0.
    if (field === 'v_reset' && !tree.has(field)) return new Float64Array(width);
    const { shape, values } = finite(tree, field, place);
    if (values.length === 1) return new Float64Array(width).fill(values[0]);
    if (shape.length !== 1 || values.length !== width)
      throw new FileError(`${place}/${field}`, `shape [${shape}]`, `[${width}], one for each neuron`);
    return values;
  };
  const common = { name: whole, r: of('r'), v_threshold: of('v_threshold'), v_reset: of('v_reset') };
  if (type === 'IF') return { type, ...common };
  const tau = of('tau');
  const bad = tau.findIndex((value) => value <= 0);
  if (bad >= 0) throw new FileError(`${place}/tau[${bad}]`, tau[bad], 'more than 0');
  return { type, ...common, tau, v_leak: of('v_leak') };
}

function finite(tree: Tree, field: string, place: string): Numbers {
  const entry = tree.get(field);
  if (!isNumbers(entry)) throw new FileError(`${place}/${field}`, shown(entry), 'an array of numbers');
  const bad = entry.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new FileError(`${place}/${field}[${bad}]`, String(entry.values[bad]), 'finite numbers');
  return entry;
}
