// `npm run bench:growth`: how the time of a training step grows with width, batch, T, K and lanes on each engine, beside linear growth.
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { optionsOf } from '../scripts/npm-options.mjs';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { createWasmEngine } from '../src/kernels/wasm/engine.ts';
import { NoWebgpuError } from '../src/kernels/webgpu/device.ts';
import { findAdapter, openWebgpu } from '../src/kernels/webgpu/node.ts';
import { generateNow } from '../src/problems/problem.ts';
import { median } from '../src/snn/statistics.ts';
import { methodName, type Pinned } from '../src/training/config.ts';
import { type AdvanceRequest, type Engine, initialState } from '../src/training/engine.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { referenceEngine } from '../src/training/reference-engine.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';

const OPTIONS = {
  engines: { type: 'string', default: 'reference,wasm,webgpu' },
  methods: { type: 'string', default: 'BP,RFG-L,WP-A' },
  axes: { type: 'string', default: 'width,batch,T,K,lanes' },
  rounds: { type: 'string', default: '9' },
  /** An axis ends where a step takes longer, in ms; on the reference where one takes a twentieth of it. */
  longest: { type: 'string', default: '2000' },
  /** WebGPU on an adapter in software too. */
  software: { type: 'boolean' },
} as const;
const values = optionsOf('bench:growth', OPTIONS);

const METHODS: Readonly<Record<string, Pinned>> = {
  BP: { gradient: 'BP' },
  'RFG-L': { gradient: 'RFG', scope: 'L' },
  'WP-A': { gradient: 'WP', scope: 'A', law: 'mean' },
};

/** Where an axis stands while another one grows. */
const BASE = { width: 16, batch: 64, T: 32, K: 1, lanes: 1 };
type Point = typeof BASE;
type Axis = keyof Point;
const AXES: Readonly<Record<Axis, readonly number[]>> = {
  width: [16, 32, 64, 128, 256, 512],
  batch: [64, 128, 256, 512, 1024, 2048, 4096, 8192],
  T: [8, 16, 32, 64],
  K: [1, 2, 4, 8, 16, 32],
  lanes: [1, 2, 4, 8, 10],
};
/** More than this times linear growth is told, where both the rounds' median and their fastest say so: other work only adds time. */
const TOLERATED = 1.2;
/** Time of one engine and point in a round, in ms, unless one step takes longer. */
const SLICE_MS = 20;

const data = generateNow(EXPERIMENTS.hat, problemParams(resolveConfig({}))).train;

/** What linear growth is linear in: the number of weights of 2-w-w-1 for the width, else the number itself. */
const sizeOf = (axis: Axis, value: number) => (axis === 'width' ? value * (2 + value + 1) : value);

function requestsOf(pins: Pinned, { width, batch, T, K, lanes }: Point): AdvanceRequest[] {
  const config = resolveConfig({
    ...pins,
    ...(pins.gradient !== 'BP' && { K }),
    ...{ batch: [batch], hidden: [[width, width]], T, init: 'uniform', schedule: 'constant' },
    ...{ scales: [1], rateFactors: [1], rate: 0.001 },
  });
  const specs = specsOf(config);
  return Array.from({ length: lanes }, (_, lane) => {
    const task = { specs, data };
    return { task, state: initialState(task, lane + 1) };
  });
}

interface Slice {
  readonly value: number;
  readonly requests: readonly AdvanceRequest[];
  readonly steps: number;
  /** Milliseconds a step of all lanes, one for each round. */
  readonly times: number[];
}

async function timed(engine: Engine, requests: readonly AdvanceRequest[], steps: number): Promise<number> {
  const begun = performance.now();
  const chunks = await engine.advance(requests, steps);
  const ms = (performance.now() - begun) / steps;
  if (chunks.some(({ divergedAt }) => divergedAt !== undefined)) throw new Error('diverged');
  return ms;
}

/** The points of an axis as far as they are computed in time, then all of them in turn, round by round. */
async function measure(engine: Engine, pins: Pinned, axis: Axis, rounds: number): Promise<Slice[]> {
  const slices: Slice[] = [];
  for (const value of AXES[axis]) {
    const requests = requestsOf(pins, { ...BASE, [axis]: value });
    await timed(engine, requests, 1);
    const ms = await timed(engine, requests, 2);
    slices.push({ value, requests, steps: Math.max(1, Math.round(SLICE_MS / ms)), times: [] });
    if (ms > (engine === referenceEngine ? longest / 20 : longest)) break;
  }
  for (let round = -1; round < rounds; round++)
    for (const { requests, steps, times } of slices) {
      const ms = await timed(engine, requests, steps);
      if (round >= 0) times.push(ms);
    }
  return slices;
}

const steep: string[] = [];

/** A table of one axis: times, and growth from row to row in the same round beside linear growth. */
function report(engine: Engine, method: string, axis: Axis, slices: readonly Slice[]): void {
  console.log(`\n| ${engine.name}, ${method}: ${axis} | ms a step | growth to linear | of the fastest |`);
  console.log('| ---: | ---: | ---: | ---: |');
  slices.forEach(({ value, times }, i) => {
    const before = slices[i - 1];
    const cells = [value, median(times).toPrecision(3), '', ''];
    if (before) {
      const linear = sizeOf(axis, value) / sizeOf(axis, before.value);
      const usual = median(times.map((ms, round) => ms / before.times[round])) / linear;
      const fastest = Math.min(...times) / Math.min(...before.times) / linear;
      cells.splice(2, 2, `${usual.toFixed(2)}×`, `${fastest.toFixed(2)}×`);
      if (usual > TOLERATED && fastest > TOLERATED)
        steep.push(`${engine.name}, ${method}: ${axis} ${before.value} to ${value}, ${fastest.toFixed(2)}×`);
    }
    console.log(`| ${cells.join(' | ')} |`);
  });
}

/** The engines that are asked for and that the machine has; of the others it is said why not. */
async function openEngines(): Promise<Engine[]> {
  const engines: Engine[] = [];
  for (const name of chosen('engines', ['reference', 'wasm', 'webgpu'])) {
    if (name === 'reference') engines.push(referenceEngine);
    else if (name === 'wasm') engines.push(await createWasmEngine());
    else {
      const why = await whyNoWebgpu();
      if (why) console.log(`webgpu is left out: ${why}`);
      else engines.push(await openWebgpu());
    }
  }
  return engines;
}

async function whyNoWebgpu(): Promise<string | undefined> {
  try {
    const { name, software } = await findAdapter();
    return software && !values.software ? `${name} computes in software; --software times it` : undefined;
  } catch (error) {
    if (error instanceof NoWebgpuError) return error.message;
    throw error;
  }
}

/** The names that an option lists. @throws Error naming those that there are */
function chosen<N extends string>(option: 'engines' | 'methods' | 'axes', names: readonly N[]): N[] {
  return values[option].split(',').map((word) => {
    const name = names.find((known) => known === word);
    if (!name) throw new Error(`--${option} ${word}: there are ${names.join(', ')}`);
    return name;
  });
}

function whole(option: 'rounds' | 'longest'): number {
  const number = Number(values[option]);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${option} ${values[option]}: a whole number from 1 is needed`);
  return number;
}

const rounds = whole('rounds');
const longest = whole('longest');
const load = () =>
  loadavg()
    .map((n) => n.toFixed(1))
    .join(' ');
enableProdMode();
const methods = chosen('methods', Object.keys(METHODS));
const axes = chosen('axes', Object.keys(AXES) as Axis[]);
console.log(
  `A training step of the hat, 2-width-width-1; what does not grow is ${Object.entries(BASE)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}.`,
);
console.log(
  `Medians of ${rounds} interleaved rounds; growth from row to row, in parts of linear growth (for the width of the number of weights).`,
);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, load before: ${load()}`);
for (const engine of await openEngines()) {
  for (const method of methods)
    for (const axis of axes) {
      if (axis === 'K' && METHODS[method].gradient === 'BP') continue;
      const name = methodName(resolveConfig(METHODS[method]));
      report(engine, name, axis, await measure(engine, METHODS[method], axis, rounds));
    }
  engine.dispose();
}
console.log(
  steep.length > 0
    ? `\nMore than ${TOLERATED} times linear:\n${steep.map((line) => `- ${line}`).join('\n')}`
    : `\nNothing grows by more than ${TOLERATED} times linear.`,
);
console.log(`\nload after: ${load()}`);
