import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomCase } from '../../../tests/support/snn.ts';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { formatRun, parseRun } from '../../training/run-file.ts';
import { specsOf } from '../../training/specs.ts';
import { compareWithNir } from './compare.ts';
import { type NirFile, nirOf, treeOf } from './graph.ts';
import { readHdf5, writeHdf5 } from './hdf5.ts';
import { chainsOfNetwork, rounded } from './network.ts';
import { fitsOf, likelyDt, nirFileOf, ourNetwork, runFrom } from './network-file.ts';
import { simulateNir } from './simulate.ts';
import type { Leaf, Numbers, Texts, Tree } from './tree.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../tests/fixtures/nir/${name}.nir`, import.meta.url));
const read = async (bytes: Uint8Array) => nirOf(await readHdf5(bytes));

/** A network of a configuration with weights as an engine in float32 leaves them, or in full float64. */
function networkOf(pinned: Pinned, single = true) {
  const config = resolveConfig(pinned);
  const { network, layout } = specsOf(config);
  const theta = Float64Array.from({ length: layout.size }, (_, i) => 1.3 * Math.sin(3 * i + 1));
  return { config, network, theta: single ? theta.map(Math.fround) : theta };
}
const content = (pinned: Pinned, single = true) => ({
  ...networkOf(pinned, single),
  step: 7,
  words: { about: 'x' },
});

const SHAPES: Pinned[] = [
  { hidden: [[5, 4]] },
  { hidden: [[3]], leak: 0.9, threshold: 0.7, reset: 'zero' },
  { hidden: [[3, 2]], leak: 0.37, localLosses: true },
  { experiment: 'poisson', hidden: [[6]], sensors: 4, rank: 3 },
  { experiment: 'reaction-diffusion', hidden: [[4], [3, 2], [5]], leak: 0.95, rank: 2 },
  { experiment: 'antiderivative', centring: false, hidden: [[4, 3], [2]] },
];

describe('a network as NIR', () => {
  it.each(SHAPES.flatMap((pinned) => [true, false].map((single) => [pinned, single] as const)))(
    'comes back to the last bit, and as a run at step 0: %j, float32 %s',
    async (pinned, single) => {
      const made = content(pinned, single);
      const opened = ourNetwork(await read(await writeHdf5(treeOf(nirFileOf(made)))));
      expect(opened?.theta).toEqual(made.theta);
      expect(opened?.config).toEqual(made.config);
      const run = runFrom(opened!);
      expect(run.state).toMatchObject({ step: 0, theta: made.theta });
      expect(parseRun(formatRun(run))).toEqual(run);
    },
  );

  it('has the names, shapes and types of the specification', () => {
    const { config, theta } = networkOf({ hidden: [[2]], leak: 0.75, threshold: 0.5, T: 8 });
    const node = treeOf(nirFileOf({ config, theta, step: 0, words: {} })).get('node') as Tree;
    const nodes = node.get('nodes') as Tree;
    expect([...nodes.keys()]).toEqual(['input', 'hidden_1', 'lif_1', 'read_out', 'output']);
    expect((node.get('edges') as Texts).texts.join(' ')).toBe(
      'input hidden_1 hidden_1 lif_1 lif_1 read_out read_out output',
    );
    const types = [...nodes.values()].map((each) => (each as Tree).get('type'));
    expect(types).toEqual(['Input', 'Affine', 'LIF', 'Affine', 'Output']);
    const lif = nodes.get('lif_1') as Tree;
    const values = Object.fromEntries([...lif].filter(([, leaf]) => typeof leaf !== 'string'));
    const of = (value: number) => ({ type: 'float32', shape: [2], values: Float64Array.of(value, value) });
    expect(values).toEqual({ tau: of(4), r: of(4), v_leak: of(0), v_threshold: of(0.5), v_reset: of(0) });
    expect((nodes.get('hidden_1') as Tree).get('weight')).toMatchObject({ type: 'float32', shape: [2, 2] });
  });

  it.each(SHAPES)('run as NIR means it, differs only by the reset and ties: %j', (pinned) => {
    const { network, theta } = networkOf({ ...pinned, reset: 'zero' }, false);
    const { data } = randomCase(
      network,
      network.factors.map(() => 5),
      3,
      network.factors.length > 1,
    );
    const difference = compareWithNir(network, theta, data);
    // Weights that have no pattern leave no tie: only rounding to float32 is left.
    expect(difference.spikes.nir).toBeGreaterThan(0);
    expect(difference.changedCounts).toBeLessThan(0.02);
  });

  it.each([
    // At the threshold in every second step, above it in every third.
    ['a tie', { reset: 'zero' }, 0.5, { here: 15, nir: 10 }],
    ['subtraction', { reset: 'subtract' }, 0.75, { here: 22, nir: 15 }],
    ['a leak', { reset: 'zero', leak: 0.5 }, 0.6, { here: 10, nir: 10 }],
  ] as const)('counts spikes as each of the two has them: %s', (_, pinned, current, spikes) => {
    const { network } = networkOf({ hidden: [[1]], T: 30, ...pinned });
    const theta = Float64Array.of(0, 0, current, 1, 0);
    const factor = { rows: 1, width: 2, inputs: new Float64Array(2), scale: Float64Array.of(1) };
    const difference = compareWithNir(network, theta, { factors: [factor], target: Float64Array.of(1) });
    expect(difference.spikes).toEqual(spikes);
    expect(difference.changedCounts).toBe(spikes.here === spikes.nir ? 0 : 1);
    expect(difference.output).toBeCloseTo(1 - spikes.nir / spikes.here);
    expect(difference.error).toEqual({ here: 1 - spikes.here / 30, nir: 1 - spikes.nir / 30 });
  });

  const python = ['python3', '/usr/bin/python3'].find(
    (name) => spawnSync(name, ['-c', 'import h5py']).status === 0,
  );
  it(`is read by h5py with the field lists of the specification${python ? '' : ' (not tried: there is no h5py here)'}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nir-'));
    for (const [i, pinned] of SHAPES.entries()) {
      const bytes = await writeHdf5(treeOf(nirFileOf(content(pinned))));
      const file = join(folder, `${i}.nir`);
      writeFileSync(file, bytes);
      if (!python) continue;
      const check = new URL('../../../tests/fixtures/nir/check.py', import.meta.url).pathname;
      expect(execFileSync(python, [check, file], { encoding: 'utf8' })).toContain(
        'as the specification has it',
      );
    }
  });
});

describe('files of others', () => {
  it('of h5py: a LIF network opens as a run, its gains and drifts in the weights', async () => {
    const file = await read(fixture('single'));
    expect(file.chains[0]).toMatchObject({ inputs: 2, outputs: 1 });
    expect(ourNetwork(file)).toBeUndefined();
    expect(likelyDt(file)).toBe(1);
    const fits = fitsOf(file, 1);
    expect(fits.flatMap((fit) => ('network' in fit ? fit.experiment : []))).toEqual(['hat', 'own-data']);
    const [fit] = fits.filter((each) => 'network' in each);
    if (!('network' in fit)) throw new Error('no fit');
    const { config, theta } = fit.network;
    expect(config).toMatchObject({ hidden: [[3, 2]], leak: 0.75, threshold: 1, reset: 'zero' });
    // gain r dt/τ = ½, drift v_leak dt/τ = ⅛.
    expect([...theta.subarray(0, 9)]).toEqual([0.25, -0.125, 0.5, 0.375, -0.25, 0.0625, 0.25, 0.375, 0.3125]);
    expect([...theta.subarray(-3)]).toEqual([0.75, -1.5, 0.0625]);
    // Run here, with ties aside, as NIR means it.
    const inputs = Float64Array.of(0.3, -0.7, 0.9, 0.1);
    const nir = simulateNir({ chain: file.chains[0], inputs, T: 32, dt: 1 });
    const again = simulateNir({
      chain: chainsOfNetwork(specsOf(config).network, theta)[0],
      inputs,
      T: 32,
      dt: 1,
    });
    expect(again.spikes).toEqual(nir.spikes);
    expect(nir.spikes.map((each) => each.reduce((a, b) => a + b))).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
  });

  it('of h5py: graphs of branch and trunk open in the experiments that have them', async () => {
    const file = await read(fixture('factors'));
    const fits = fitsOf(file, 1);
    expect(fits.flatMap((fit) => ('network' in fit ? fit.experiment : []))).toEqual([
      'antiderivative',
      'poisson',
    ]);
    for (const fit of fits)
      if ('network' in fit) expect(fit.network.config).toMatchObject({ sensors: 10, rank: 2, leak: 1 });
    expect(fits.find(({ experiment }) => experiment === 'hat')).toMatchObject({
      fault: expect.stringContaining('2 chains'),
    });
  });

  it('may be changed: metadata that do not fit the nodes any more are named', async () => {
    const file = nirFileOf(content({ hidden: [[3]] }));
    const [chain] = file.chains;
    const [first, ...rest] = chain.stages;
    const weight = (first as { weight: Float64Array }).weight.slice();
    weight[4] = 9;
    const changed: NirFile = {
      ...file,
      chains: [{ ...chain, stages: [{ ...first, weight } as typeof first, ...rest] }],
    };
    expect(ourNetwork({ ...changed, metadata: new Map() })).toBeUndefined();
    // float32 weights need no copy: those of the nodes count.
    expect(ourNetwork(changed)?.theta[4]).toBe(9);
    const threshold = rounded([
      { ...chain, stages: chain.stages.map((s) => ('r' in s ? { ...s, v_threshold: s.r } : s)) },
    ]);
    const other = nirFileOf(content({ hidden: [[3]], threshold: 2 }));
    expect(() => ourNetwork({ ...file, chains: threshold, metadata: other.metadata })).toThrow(
      /metadata\/spiking_playground: “settings of another network: node if_1\/v_threshold/,
    );
  });
});

/** The tree of a small file with something else in one place; `undefined` takes it away. */
function broken(path: string, value: Tree | Leaf | undefined): Tree {
  const tree = treeOf(nirFileOf(content({ hidden: [[3]] })));
  const keys = path.split('/');
  const last = keys.pop() as string;
  const group = keys.reduce<Tree>((at, key) => at.get(key) as Tree, tree);
  if (value === undefined) group.delete(last);
  else group.set(last, value);
  return tree;
}
const array = (shape: number[], values: number[]): Numbers => ({
  type: 'float32',
  shape,
  values: Float64Array.from(values),
});
const edges = (...pairs: string[]) => ({
  shape: [pairs.length, 2],
  texts: pairs.flatMap((pair) => pair.split('>')),
});
const chain = ['input>hidden_1', 'hidden_1>if_1', 'if_1>read_out', 'read_out>output'];
const NODES = 'node/nodes';

describe('a file that cannot be used', () => {
  it.each<[string, string, Tree | Leaf | undefined, RegExp]>([
    ['no version', 'version', undefined, /^version: “nothing” is not allowed; allowed: a text, 0\.… or 1\.…/],
    ['a version to come', 'version', '7.0', /^version: “7\.0”/],
    ['a version that is a number', 'version', array([], [1]), /^version: /],
    ['no graph', 'node', undefined, /^node: “nothing” .* a group that is the NIRGraph/],
    ['a node that is no graph', 'node/type', 'LIF', /^node\/type: “LIF” .*NIRGraph/],
    ['no nodes', 'node/nodes', undefined, /^node\/nodes: “nothing”/],
    ['an empty graph', 'node/nodes', new Map(), /^node\/nodes: “no node”/],
    ['no edges', 'node/edges', undefined, /^node\/edges: “nothing” .*pairs of names/],
    ['edges that are no pairs', 'node/edges', { shape: [3], texts: ['a', 'b', 'c'] }, /^node\/edges: /],
    ['edges that are numbers', 'node/edges', array([1, 2], [0, 1]), /^node\/edges: /],
    [
      'an edge to nowhere',
      'node/edges',
      edges(...chain.slice(0, 3), 'read_out>exit'),
      /^node\/edges\[3\]: “exit” .*: a node: hidden_1, if_1, input, output/,
    ],
    [
      'a cycle',
      'node/edges',
      edges('input>hidden_1', 'hidden_1>if_1', 'if_1>hidden_1', 'read_out>output'),
      /^node hidden_1: “edges from input, if_1”/,
    ],
    [
      'a cycle beside',
      'node/edges',
      edges('input>output', 'hidden_1>if_1', 'if_1>hidden_1'),
      /^node output\/shape|node hidden_1: “unconnected/,
    ],
    ['a node that reads itself', 'node/edges', edges(...chain, 'if_1>if_1'), /^node (hidden_1|if_1): “edges/],
    [
      'an unconnected node',
      `${NODES}/spare`,
      new Map<string, Leaf>([['type', 'LIF']]),
      /^node spare: “unconnected/,
    ],
    [
      'a fork',
      'node/edges',
      edges(...chain, 'hidden_1>read_out'),
      /^node hidden_1: “edges to if_1, read_out”/,
    ],
    [
      'an end that is no Output',
      'node/edges',
      edges(...chain.slice(0, 3)),
      /^node read_out: “no edge from it”/,
    ],
    ['no Input', `${NODES}/input/type`, 'Output', /^node\/nodes: .*an Input node/],
    [
      'an edge to the Input',
      'node/edges',
      edges(...chain.slice(0, 2), 'if_1>input'),
      /^node input: “an edge from if_1”/,
    ],
    [
      'a type that is unknown',
      `${NODES}/if_1/type`,
      'Izhikevich',
      /^node if_1\/type: “Izhikevich” .*Affine, Linear, IF, LIF/,
    ],
    ['a type that is not sequential here', `${NODES}/if_1/type`, 'CubaLIF', /^node if_1\/type: “CubaLIF”/],
    ['a convolution', `${NODES}/hidden_1/type`, 'Conv2d', /^node hidden_1\/type: “Conv2d”/],
    ['no type', `${NODES}/hidden_1/type`, undefined, /^node hidden_1\/type: “nothing”/],
    ['a node that is a dataset', `${NODES}/if_1`, 'IF', /^node if_1\/type: “IF”/],
    [
      'no weights',
      `${NODES}/hidden_1/weight`,
      undefined,
      /^node hidden_1\/weight: “nothing” .*an array of numbers/,
    ],
    ['weights that are text', `${NODES}/hidden_1/weight`, 'heavy', /^node hidden_1\/weight: “heavy”/],
    [
      'weights in a row',
      `${NODES}/hidden_1/weight`,
      array([6], [1, 2, 3, 4, 5, 6]),
      /^node hidden_1\/weight: “shape \[6\]” .*a matrix/,
    ],
    [
      'weights of another width',
      `${NODES}/read_out/weight`,
      array([1, 2], [1, 2]),
      /^node read_out\/weight: “shape \[1,2\]” .*\[outputs\]\[3\]/,
    ],
    [
      'a bias too long',
      `${NODES}/hidden_1/bias`,
      array([4], [1, 2, 3, 4]),
      /^node hidden_1\/bias: “shape \[4\]” .*\[3\]/,
    ],
    [
      'NaN',
      `${NODES}/hidden_1/bias`,
      array([3], [1, Number.NaN, 3]),
      /^node hidden_1\/bias\[1\]: “NaN” .*finite/,
    ],
    [
      'an infinite threshold',
      `${NODES}/if_1/v_threshold`,
      array([3], [1, 1, Number.POSITIVE_INFINITY]),
      /^node if_1\/v_threshold\[2\]: “Infinity”/,
    ],
    [
      'constants for fewer neurons',
      `${NODES}/if_1/r`,
      array([2], [1, 1]),
      /^node if_1\/r: “shape \[2\]” .*\[3\], one for each neuron/,
    ],
    ['a LIF without τ', `${NODES}/if_1/type`, 'LIF', /^node if_1\/tau: “nothing”/],
    [
      'an Output of another width',
      `${NODES}/output/shape`,
      array([1], [2]),
      /^node output\/shape: “\[2\]” .*\[1\]/,
    ],
    [
      'an image as input',
      `${NODES}/input/shape`,
      array([2], [28, 28]),
      /^node input\/shape: \[28,28\] .*one number/,
    ],
  ])('is named by its node: %s', async (_, path, value, message) => {
    const bytes = await writeHdf5(broken(path, value));
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it('with a time constant that is not positive', () => {
    const tree = treeOf(nirFileOf(content({ hidden: [[2]], leak: 0.5 })));
    const lif = ((tree.get('node') as Tree).get('nodes') as Tree).get('lif_1') as Tree;
    lif.set('tau', array([2], [2, 0]));
    expect(() => nirOf(tree)).toThrow(/^node lif_1\/tau\[1\]: 0 is not allowed; allowed: more than 0/);
  });

  it('because it is no HDF5, or cut off', async () => {
    await expect(read(new TextEncoder().encode('{"a": 1}'))).rejects.toThrow(
      /^file: “\{"a": 1\}” .*a whole HDF5 file/,
    );
    await expect(read(new Uint8Array(0))).rejects.toThrow(/^file: “”/);
    const whole = fixture('single');
    for (const length of [9, 100, 1000, whole.length - 1000])
      await expect(read(whole.subarray(0, length))).rejects.toThrow(/^file: “\d+ bytes, cut off or damaged”/);
  });

  it.each<[string, Pinned & { readonly fault: RegExp }, (file: NirFile) => NirFile]>([
    [
      'the reset',
      { fault: /node if_1\/v_reset\[0\]: 0\.5 is not allowed; allowed: 0/ },
      (file) => withNeurons(file, 'v_reset', 0.5),
    ],
    [
      'the threshold',
      { fault: /threshold: .* is not allowed/ },
      (file) => withNeurons(file, 'v_threshold', -1),
    ],
  ])('as a run says why: %s', (_, { fault }, change) => {
    const file = { ...change(nirFileOf(content({ hidden: [[3]] }))), metadata: new Map() };
    expect(fitsOf(file, 1)[0]).toMatchObject({
      experiment: expect.any(String),
      fault: expect.stringMatching(/./),
    });
    const hat = fitsOf(file, 1).find(({ experiment }) => experiment === 'hat');
    expect(hat && 'fault' in hat && hat.fault).toMatch(fault);
  });
});

function withNeurons(file: NirFile, field: string, value: number): NirFile {
  return {
    ...file,
    chains: file.chains.map((each) => ({
      ...each,
      stages: each.stages.map((stage) =>
        'r' in stage ? { ...stage, [field]: stage.r.map(() => value) } : stage,
      ),
    })),
  };
}
