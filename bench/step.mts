// `npm run bench:step`: one training step of the Mexican hat network by every method and contender, interleaved in one run.
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { optionsOf } from '../scripts/npm-options.mjs';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { generateNow } from '../src/problems/problem.ts';
import { median } from '../src/snn/statistics.ts';
import { type Config, methodName, type Pinned } from '../src/training/config.ts';
import { stepCost } from '../src/training/cost.ts';
import { initialState } from '../src/training/engine.ts';
import { operations } from '../src/training/operations.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { referenceEngine } from '../src/training/reference-engine.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';
import { countSpikes } from '../src/training/spike-counts.ts';
import type { Contender, Running, Workload } from './contenders/contender.mts';
import { reference, wasm } from './contenders/engines.mts';
import { jaxJs } from './contenders/jax.mts';
import { pytorch } from './contenders/pytorch.mts';
import { tfjs } from './contenders/tfjs.mts';
import { inBrowser } from './contenders/webgpu.mts';
import { measurePeak } from './peak.mts';

/** Ratios are to this one, of each contender and batch. */
const BASE: Pinned = { gradient: 'BP' };
const NODES = { gradient: 'WP', scope: 'A' } as const;
const METHODS: readonly Pinned[] = [
  BASE,
  { gradient: 'RFG', scope: 'G', K: 1 },
  { gradient: 'RFG', scope: 'L', K: 1 },
  { gradient: 'RFG', scope: 'L', K: 8 },
  { gradient: 'RFG', scope: 'L', K: 8, flipout: true },
  { gradient: 'RFG', scope: 'A', law: 'mean', K: 4 },
  { ...NODES, law: 'mean', K: 1 },
  { ...NODES, law: 'mean', K: 4 },
  { ...NODES, law: 'rademacher', K: 1 },
  { ...NODES, law: 'rademacher', K: 4 },
  { gradient: 'BP', surrogate: 'WSG' },
  { gradient: 'RFG', surrogate: 'WSG', scope: 'L', K: 1 },
];
/** Rounds that are not counted: compilers warm up. */
const WARM_UP = 5;

const OPTIONS = {
  contenders: { type: 'string', default: '' },
  methods: { type: 'string', default: '' },
  batches: { type: 'string', default: '64,128,256' },
  rounds: { type: 'string', default: '15' },
  python: { type: 'string', default: 'python3' },
} as const;
const values = optionsOf('bench:step', OPTIONS);

const CONTENDERS: readonly Contender[] = [
  ...[reference, wasm, tfjs('cpu'), tfjs('wasm'), jaxJs, pytorch(values.python)],
  ...inBrowser,
];

function wholes(option: keyof typeof OPTIONS): number[] {
  const numbers = values[option].split(',').map(Number);
  if (!numbers.every((n) => Number.isInteger(n) && n > 0))
    throw new Error(`--${option} ${values[option]}: whole numbers from 1 are needed`);
  return numbers;
}

/**
 * What each word of an option names in full or, where nothing is named so, in part; everything where there is no word.
 * @throws Error when a word names nothing
 */
function chosen<T>(option: keyof typeof OPTIONS, all: readonly T[], name: (item: T) => string): T[] {
  const words = values[option].split(',').filter((word) => word !== '');
  if (words.length === 0) return [...all];
  const named = words.flatMap((word) => {
    const exactly = all.filter((item) => name(item) === word);
    const fitting = exactly.length > 0 ? exactly : all.filter((item) => name(item).includes(word));
    if (fitting.length === 0) throw new Error(`--${option} ${word}: there are ${all.map(name).join(', ')}`);
    return fitting;
  });
  return all.filter((item) => named.includes(item));
}

/** As the method's name, with K and the law where these make a difference. */
function nameOf(pins: Pinned): string {
  const config = configOf(pins, 1);
  const { gradient, K, law } = config;
  return [methodName(config), ...(gradient === 'BP' ? [] : [`K=${K}`]), ...(pins.law ? [law] : [])].join(' ');
}

const configOf = (pins: Pinned, batch: number): Config =>
  resolveConfig({
    ...pins,
    batch: [batch],
    scales: [1],
    rateFactors: [1],
    rate: 0.001,
    init: 'uniform',
    schedule: 'constant',
  });

const data = generateNow(EXPERIMENTS.hat, problemParams(resolveConfig({}))).train;

function workload(pins: Pinned, batch: number): Workload {
  const task = { specs: specsOf(configOf(pins, batch)), data };
  return { method: nameOf(pins), batch, task, state: initialState(task, 1) };
}

/** Additions and multiplications of the workload's first step, by the rules of src/training/cost.ts. */
const operationsOf = async ({ task, state }: Workload) =>
  operations(stepCost(task.specs, await countSpikes(referenceEngine, task, state)));

interface Timed {
  readonly contender: string;
  readonly method: string;
  readonly operations: number;
  readonly running: Running;
  /** Milliseconds a step, one for each round. */
  readonly times: number[];
}

/** All methods by every contender that computes them, with batches of one size: A B C A B C … */
async function measure(
  contenders: readonly Contender[],
  methods: readonly Pinned[],
  batch: number,
  rounds: number,
): Promise<Timed[]> {
  const all: Timed[] = [];
  for (const pins of methods) {
    const work = workload(pins, batch);
    const counted = await operationsOf(work);
    for (const { name, prepare } of contenders) {
      const running = await prepare(work);
      if (running)
        all.push({ contender: name, method: work.method, operations: counted, running, times: [] });
    }
  }
  for (let round = -WARM_UP; round < rounds; round++)
    for (const { running, times } of all) {
      const begun = performance.now();
      await running.slice();
      if (round >= 0) times.push((performance.now() - begun) / running.steps);
    }
  for (const { running } of all) running.dispose();
  return all;
}

/** Median over the rounds of a time to another in the same round. */
const ratio = (timed: Timed, to: Timed | undefined) =>
  to && median(timed.times.map((ms, round) => ms / to.times[round]));
const cell = (number: number | undefined) => (number === undefined ? '–' : `${number.toPrecision(3)}×`);

const rounds = wholes('rounds')[0];
const contenders: Contender[] = [];
for (const contender of chosen('contenders', CONTENDERS, ({ name }) => name)) {
  const lacking = await contender.lacks?.();
  if (lacking) console.log(`${contender.name} is left out, the machine lacks ${lacking}.`);
  else contenders.push(contender);
}
const methods = chosen('methods', METHODS, nameOf);
if (!methods.includes(BASE)) methods.unshift(BASE);
const load = () =>
  loadavg()
    .map((n) => n.toFixed(1))
    .join(' ');
console.log(`One training step of the hat, 2-16-16-1, T = 32: medians of ${rounds} interleaved rounds.`);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, load before: ${load()}`);
const peak = await measurePeak();
console.log(
  `One core’s peak in WebAssembly: ${peak.f32x4.toFixed(1)} · 10⁹ operations a second (f32x4), ${peak.f64x2.toFixed(1)} (f64x2).`,
);
for (const batch of wholes('batches')) {
  const all = await measure(contenders, methods, batch, rounds);
  const find = (contender: string, method: string) =>
    all.find((timed) => timed.contender === contender && timed.method === method);
  console.log(`\n| batch ${batch} | contender | ms a step | to BP | to wasm | counted, of the peak |`);
  console.log('| --- | --- | ---: | ---: | ---: | ---: |');
  for (const timed of all) {
    const { method, contender, times } = timed;
    const toBase = cell(ratio(timed, find(contender, nameOf(BASE))));
    const toWasm = cell(ratio(timed, find(wasm.name, method)));
    // Operations that are counted in 10⁶ a millisecond are so in 10⁹ a second.
    const share = (100 * timed.operations) / median(times) / 1e6 / peak.f32x4;
    console.log(
      `| ${method} | ${contender} | ${median(times).toPrecision(3)} | ${toBase} | ${toWasm} | ${share < 10 ? share.toPrecision(2) : share.toFixed(0)} % |`,
    );
  }
}
console.log(`\nload after: ${load()}`);
for (const { close } of contenders) await close?.();
