import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { portHere } from '../../../tests/support/worker.ts';
import { treeOf } from '../../io/nir/graph.ts';
import { readHdf5, writeHdf5 } from '../../io/nir/hdf5.ts';
import { nirFileOf } from '../../io/nir/network-file.ts';
import type { Leaf, Numbers, Tree } from '../../io/nir/tree.ts';
import { createPlayground } from '../../state/playground.ts';
import { resolveConfig } from '../../training/presets.ts';
import { encodeFloats, formatRun } from '../../training/run-file.ts';
import { specsOf } from '../../training/specs.ts';
import { openNetwork } from './open-network.ts';

// Node has no workers like a browser's.
vi.mock('../../io/nir/hdf5-apart.ts', () => ({ readApart: readHdf5 }));

const SMALL = { T: 4, batch: [8], hidden: [[3]], seed: 5, steps: 400 } as const;
const config = resolveConfig(SMALL);
const theta = Float64Array.from({ length: specsOf(config).layout.size }, (_, i) => Math.fround(Math.sin(i)));

const page = createPlayground({ spawn: () => portHere(), pinned: SMALL });
await page.actions.start();
await page.actions.step(3);
afterAll(page.actions.dispose);

/** Opens a file that must be refused with the page as it was. */
async function refused(name: string, content: string | Uint8Array, message: RegExp): Promise<void> {
  const before = structuredClone([pickState(), page.lane.getState().state]);
  await expect(openNetwork(page, new File([content as BlobPart], name))).rejects.toThrow(message);
  expect([pickState(), page.lane.getState().state]).toEqual(before);
}
const pickState = () => {
  const { status, pinned, config, comparison, presentation, notice } = page.app.getState();
  const { step, end, log, planned, metrics } = page.lane.getState();
  return { status, pinned, config, comparison, presentation, notice, step, end, log, planned, metrics };
};

const whole = readFileSync(new URL('../../../tests/fixtures/nir/single.nir', import.meta.url));

/** The file with the first such numbers, as int64, replaced. */
function withSizes(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const raw = (sizes: readonly number[]) => Buffer.from(BigInt64Array.from(sizes, BigInt).buffer);
  const at = Buffer.from(bytes).indexOf(raw(from));
  expect(at).toBeGreaterThan(0);
  const changed = Uint8Array.from(bytes);
  changed.set(raw(to), at);
  return changed;
}

/** A NIR file of ours with other entries at these paths; `undefined` takes one away. */
function nir(changes: Readonly<Record<string, Tree | Leaf | undefined>>): Promise<Uint8Array> {
  const tree = treeOf(nirFileOf({ config, theta, step: 7, words: {} }));
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('/');
    const last = keys.pop() as string;
    const group = keys.reduce<Tree>((at, key) => at.get(key) as Tree, tree);
    if (value === undefined) group.delete(last);
    else group.set(last, value);
  }
  return writeHdf5(tree);
}
const array = (shape: number[], values: number[], type: Numbers['type'] = 'float32'): Numbers => ({
  ...{ type, shape },
  values: Float64Array.from(values),
});
const nested = (depth: number): Tree => (depth === 0 ? new Map() : new Map([['within', nested(depth - 1)]]));
const WEIGHT = 'node/nodes/hidden_1/weight';

describe('a NIR file that cannot be used is refused by its place, and the page stays as it was', () => {
  it.each<[string, Uint8Array | string | (() => Promise<Uint8Array>), RegExp]>([
    ['nothing in it', '', /^file: “” is not allowed; allowed: a whole HDF5 file/],
    ['a text', 'NIR, version 1', /^file: “NIR, version 1” is not allowed; allowed: a whole HDF5 file/],
    ['the first bytes only', whole.subarray(0, 8), /^file: “8 bytes, cut off or damaged”/],
    ['its half', whole.subarray(0, whole.length / 2), /^file: “\d+ bytes, cut off or damaged”/],
    [
      'a head that is damaged',
      whole.map((byte, i) => (i === 8 ? byte ^ 255 : byte)),
      /^file: “\d+ bytes, cut/,
    ],
    ['NPZ by its first bytes', Uint8Array.of(80, 75, 3, 4, 0), /^file: “5 bytes, .*a ZIP archive of arrays/],
    ['HDF5 with nothing in it', () => writeHdf5(new Map()), /^version: “nothing” .*a text, 0\.… or 1\.…/],
    ['no version', () => nir({ version: undefined }), /^version: “nothing”/],
    ['a version of a later kind', () => nir({ version: '2.0' }), /^version: “2\.0” .*0\.… or 1\.…/],
    ['no graph', () => nir({ node: undefined }), /^node: “nothing” .*a group that is the NIRGraph/],
    ['a type in other letters', () => nir({ 'node/type': 'nirgraph' }), /^node\/type: “nirgraph” .*NIRGraph/],
    [
      'an unknown kind',
      () => nir({ 'node/nodes/if_1/type': 'Izhikevich' }),
      /^node if_1\/type: “Izh.*IF, LIF/,
    ],
    [
      'an edge to an unknown node',
      () => nir({ 'node/edges': { shape: [1, 2], texts: ['input', 'exit'] } }),
      /^node\/edges\[0\]: “exit” .*a node: hidden_1, if_1, input, output, read_out/,
    ],
    [
      'a cycle',
      () => nir({ 'node/edges': { shape: [2, 2], texts: ['hidden_1', 'if_1', 'if_1', 'hidden_1'] } }),
      /^node \w+: /,
    ],
    [
      'no weights',
      () => nir({ [WEIGHT]: undefined }),
      /^node hidden_1\/weight: “nothing” .*an array of numbers/,
    ],
    [
      'weights turned over',
      () => nir({ [WEIGHT]: array([2, 3], [1, 2, 3, 4, 5, 6]) }),
      /^node hidden_1\/weight: “shape \[2,3\]” .*\[outputs\]\[2\], as what leads to it has it/,
    ],
    [
      'weights with a third dimension',
      () => nir({ [WEIGHT]: array([3, 2, 1], [1, 2, 3, 4, 5, 6]) }),
      /^node hidden_1\/weight: “shape \[3,2,1\]” .*a matrix \[outputs\]\[inputs\]/,
    ],
    [
      'weights written as text',
      () => nir({ [WEIGHT]: { shape: [3, 2], texts: ['1', '2', '3', '4', '5', '6'] } }),
      /^node hidden_1\/weight: \["1","2".* an array of numbers/,
    ],
    [
      'NaN among the weights',
      () => nir({ [WEIGHT]: array([3, 2], [1, 2, Number.NaN, 4, 5, 6]) }),
      /^node hidden_1\/weight\[2\]: “NaN” .*finite numbers/,
    ],
    [
      'more numbers than the file holds',
      async () => withSizes(await nir({}), [3, 2], [2 ** 40, 2]),
      /^node\/nodes\/hidden_1\/weight: “damaged” .*a group or a dataset that can be read/,
    ],
    [
      'an input of 2³¹ numbers',
      () => nir({ 'node/nodes/input/shape': array([1], [2 ** 31], 'int64') }),
      /^node input\/shape: \[2147483648\] .*one number from 1 to 65536/,
    ],
    [
      'half an input',
      () => nir({ 'node/nodes/input/shape': array([1], [1.5], 'float64') }),
      /^node input\/shape: \[1\.5\] /,
    ],
    [
      'a time constant below 0',
      () => {
        const three = array([3], [1, 1, 1]);
        const lif = { type: 'LIF', tau: array([3], [1, -2, 1]), v_leak: three };
        return nir(
          Object.fromEntries(Object.entries(lif).map(([name, value]) => [`node/nodes/if_1/${name}`, value])),
        );
      },
      /^node if_1\/tau\[1\]: -2 .*more than 0/,
    ],
    [
      'groups in groups',
      () => nir({ 'node/nodes/if_1': nested(12) }),
      /^node\/nodes\/if_1\/within.*: “9 groups deep” .*at most 8/,
    ],
  ])('%s', async (_, content, message) => {
    await refused('network.nir', typeof content === 'function' ? await content() : content, message);
  });
});

const RUN = formatRun({
  log: [
    { step: 0, config },
    { step: 2, config: resolveConfig({ ...SMALL, gradient: 'RFG' }) },
  ],
  state: { theta, m: theta, v: theta, step: 3, momentSteps: 1, seed: 5 },
  losses: Float64Array.of(0.3, 0.2, 0.1),
  metrics: [{ step: 0, value: 1.25, grid: 'coarse' }],
});
const BASE64: string = JSON.parse(RUN).state.theta;

/** The file, without its checksum, with something else at a dotted path. */
function run(path: string, value: unknown): string {
  const { checksum: _, ...file } = JSON.parse(RUN);
  const keys = path.split('.');
  const last = keys.pop() as string;
  keys.reduce((object, key) => object[key], file)[last] = value;
  return JSON.stringify(file, null, 1);
}

describe('a run’s file that cannot be used is refused by its place, and the page stays as it was', () => {
  it.each<[string, string, RegExp]>([
    ['nothing in it', '', /^file: “” is not allowed; allowed: JSON of the format spiking-playground-run/],
    ['a page', '<!doctype html>\n<html>', /^file: “<!doctype html> <html>” .*JSON of the format/],
    ['cut off', RUN.slice(0, 200), /^file, line \d+, column \d+: “the end” .*was cut off/],
    [
      'its last bracket missing',
      RUN.trimEnd().slice(0, -1),
      /^file, line \d+, column 1: “the end” .*cut off/,
    ],
    [
      'a comma too many',
      '{\n "format": "spiking-playground-run",,\n "version": 1}',
      /^file, line 2, column 37: “, "version": 1}” .*JSON/,
    ],
    ['JSON that is no object', 'null', /^file: null .*a run: \{"format": "spiking-playground-run", …\}/],
    ['another’s JSON', '{"nodes": []}', /^format: nothing .*"spiking-playground-run"/],
    ['a notebook', run('format', 'nbformat'), /^format: “nbformat” .*"spiking-playground-run"/],
    ['a later version', run('version', 2), /^version: 2 is not allowed; allowed: 1$/],
    ['changed by hand', RUN.replace('"seed": 5', '"seed": 6'), /^checksum: “\w{8}” .*damaged or changed/],
    ['no state', run('state', undefined), /^state: nothing .*the state: \{"step": 9, /],
    ['steps below 0', run('state.step', -1), /^state\.step: -1 .*a whole number from 0 to /],
    ['half a step', run('state.step', 1.5), /^state\.step: 1\.5 .*a whole number from 0 to /],
    ['a step in words', run('state.step', 'three'), /^state\.step: “three” .*a whole number from 0 to /],
    ['a seed of another run', run('state.seed', 6), /^state\.seed: 6 .*the configuration's, 5/],
    ['weights missing', run('state.theta', undefined), /^state\.theta: nothing .*a text: base64 of float64/],
    ['weights as a list', run('state.theta', [1, 2]), /^state\.theta: \[1,2\] .*a text: base64 of float64/],
    [
      'too few weights',
      run('state.theta', BASE64.slice(0, 16)),
      /^state\.theta: “12 bytes” .*base64 of 13 finite float64, 104 bytes/,
    ],
    [
      'NaN among the weights',
      run('state.theta', encodeFloats(theta.with(1, Number.NaN))),
      /^state\.theta\[1\]: “NaN” .*finite float64/,
    ],
    [
      'a sign that base64 has not',
      run('state.m', BASE64.replace(/^..../, 'AAA*')),
      /^state\.m: “\* at character 4”/,
    ],
    [
      'base64 cut off',
      run('state.m', BASE64.slice(0, 21)),
      /^state\.m: “21 characters, the last \w{4}” .*base64/,
    ],
    ['losses of more steps', run('losses', BASE64), /^losses: “104 bytes” .*base64 of 3 finite float64/],
    [
      'a foreign experiment',
      run('config.experiment', 'burgers'),
      /^config\.experiment: “burgers” .*hat, anti.*poisson/,
    ],
    ['a foreign setting', run('config.momentum', 0.9), /^config\.momentum: 0\.9 .*a known field: experiment/],
    [
      'a layer without neurons',
      run('config.hidden', [[0]]),
      /^config\.hidden: \[\[0\]\] .*widths from 1 to 512/,
    ],
    ['a rate that is no number', run('config.rate', null), /^config\.rate: null .*a number from 1e-7 to 100/],
    [
      'a wider network',
      run('config.hidden', [[8]]),
      /^state\.theta: “104 bytes” .*base64 of 33 finite float64/,
    ],
    ['changes that are none', run('changes', {}), /^changes: \{\} .*a list of changes: \[\{"step": 9/],
    ['a change before the start', run('changes.0.step', 0), /^changes\.0\.step: 0 .*more than 0/],
    [
      'a change in its settings',
      run('changes.0.config.K', 0),
      /^changes\.0\.config\.K: 0 .*whole number from 1 to 32/,
    ],
    [
      'a change of the network',
      run('changes.0.config.T', 9),
      /^changes\.0\.config: \{.*"T":9.* that keep the run/,
    ],
    ['an error below 0', run('metrics.0.value', -1), /^metrics\.0\.value: -1 .*a finite number from 0 up/],
    [
      'an error without its grid',
      run('metrics.0.grid', undefined),
      /^metrics\.0\.grid: nothing .*"coarse" or "stated"/,
    ],
  ])('%s', (_, content, message) => refused('run.json', content, message));
});
