// `npm run bench:gpu`: WebGPU against WebAssembly in Node, without a browser: the adapter, the conformance suite, the time of a step over
// batch, width, directions and runs, and from where on WebGPU wins. `--pack` writes a folder that does the same on a bare Linux machine.
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { refuseLostOptions, withValues } from '../scripts/npm-options.mjs';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { conformanceParts } from '../src/kernels/conformance/suite.ts';
import { createWasmEngine } from '../src/kernels/wasm/engine.ts';
import { NoWebgpuError } from '../src/kernels/webgpu/device.ts';
import type { WebgpuEngine } from '../src/kernels/webgpu/engine.ts';
import { findAdapter, openWebgpu } from '../src/kernels/webgpu/node.ts';
import { generateNow } from '../src/problems/problem.ts';
import { ConfigError } from '../src/settings/fields.ts';
import { type Engine, initialState } from '../src/training/engine.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';

const USAGE = `npm run bench:gpu -- [options]

  --sweeps NAME,…   some of batch,width,K,runs (default: all)
  --base NAME=N,…   where sweeps start from, as batch=64,width=16 (default: batch=256,width=64,K=1,runs=1)
  --most N          no greater value than this in a sweep
  --conformance     all, some, golden, none: which parts of the conformance suite are run first (default: all, in software some)
  --seconds S       time for each measurement on each engine (default 1); one that takes longer for a step is measured once
  --pack            writes .cache/bench-gpu-….tar.gz: this, Node and Dawn, for a Linux machine with a Vulkan driver
  --help`;

const OPTIONS = {
  sweeps: { type: 'string', default: 'batch,width,K,runs' },
  base: { type: 'string', default: '' },
  most: { type: 'string', default: '8192' },
  conformance: { type: 'string', default: '' },
  seconds: { type: 'string', default: '1' },
  pack: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Numbers that a sweep changes, and what they are where it does not. */
const BASE = { batch: 256, width: 64, K: 1, runs: 1 };
type Point = typeof BASE;
/** A sweep ends where a step takes longer than this, in ms. */
const LONGEST_MS = 10_000;
const SWEEPS: Readonly<Record<keyof Point, readonly number[]>> = {
  batch: [64, 256, 1024, 4096, 8192],
  width: [16, 64, 128, 256, 512],
  K: [1, 4, 8, 16, 32],
  runs: [1, 4, 16, 64],
};

interface Measured {
  /** Of one step of all runs. */
  readonly ms: number;
  /** Of that step. */
  readonly dispatches: number;
}

const data = generateNow(EXPERIMENTS.hat, problemParams(resolveConfig({}))).train;

function requestsOf({ batch, width, K, runs }: Point) {
  const config = resolveConfig({
    ...{ gradient: 'RFG', scope: 'L', K, batch: [batch], hidden: [[width, width]] },
    ...{ scales: [1], rateFactors: [1], rate: 0.001, init: 'uniform', schedule: 'constant' },
  });
  const task = { specs: specsOf(config), data };
  return Array.from({ length: runs }, (_, i) => ({ task, state: initialState(task, i + 1) }));
}

/** Time of a step in a chunk that takes about `seconds`, after one step that is not counted. */
async function measure(engine: Engine, point: Point, seconds: number): Promise<Measured> {
  const requests = requestsOf(point);
  const timed = async (steps: number) => {
    const dispatches = dispatchesOf(engine);
    const startMs = performance.now();
    const chunks = await engine.advance(requests, steps);
    const ms = performance.now() - startMs;
    if (chunks.some(({ divergedAt }) => divergedAt !== undefined)) throw new Error('diverged');
    return { ms: ms / steps, dispatches: (dispatchesOf(engine) - dispatches) / steps };
  };
  await timed(1);
  let last = await timed(2);
  if (last.ms * 2 < 1000 * seconds) {
    last = await timed(Math.max(2, Math.min(64, Math.floor((200 * seconds) / last.ms))));
    last = await timed(Math.max(2, Math.min(2000, Math.floor((1000 * seconds) / last.ms))));
  }
  return last;
}

const dispatchesOf = (engine: Engine) => (engine as Partial<WebgpuEngine>).counters?.dispatches ?? 0;

const CONFORMANCES = ['all', 'some', 'golden', 'none'] as const;
type Conformance = (typeof CONFORMANCES)[number];
/** Of the parts beside the golden vectors every so-manieth is one of some: in software their shaders take seconds to compile. */
const EVERY = 8;

/** Part by part, each with its time on stderr. @returns whether all of it holds */
async function conform(engine: Engine, which: Conformance): Promise<boolean> {
  const parts = conformanceParts().filter(
    ({ name }, i) => which === 'all' || name.startsWith('golden') || (which === 'some' && i % EVERY === 0),
  );
  let checks = 0;
  const failed: string[] = [];
  const begun = performance.now();
  const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
  for (const [i, { name, run }] of parts.entries()) {
    const start = performance.now();
    const results = await run(engine);
    checks += results.length;
    failed.push(...results.filter(({ ok }) => !ok).map((result) => `  FAILED ${JSON.stringify(result)}`));
    console.error(`conformance ${i + 1}/${parts.length}, ${name}: ${seconds(start)} s`);
  }
  const share = which === 'all' ? '' : `, ${which} of the suite`;
  console.log(
    `Conformance: ${checks - failed.length} of ${checks} checks in ${parts.length} parts hold (${seconds(begun)} s${share})`,
  );
  for (const line of failed) console.log(line);
  return failed.length === 0;
}

async function sweep(
  name: keyof Point,
  { base, most, seconds }: Pick<Request, 'base' | 'most' | 'seconds'>,
  { wasm, webgpu }: { readonly wasm: Engine; readonly webgpu: Engine },
) {
  console.log(
    `\n| ${name} | WebAssembly, ms a step | WebGPU, ms a step | dispatches a step | WebGPU is faster by |`,
  );
  console.log('| ---: | ---: | ---: | ---: | ---: |');
  const winning: number[] = [];
  for (const value of SWEEPS[name].filter((value) => value <= most)) {
    const point = { ...base, [name]: value };
    console.error(`measuring ${name} ${value}`);
    const slow = await measure(wasm, point, seconds);
    const fast = await measure(webgpu, point, seconds);
    const ratio = slow.ms / fast.ms;
    if (ratio > 1) winning.push(value);
    const ms = ({ ms }: Measured) => ms.toPrecision(3);
    console.log(
      `| ${value} | ${ms(slow)} | ${ms(fast)} | ${fast.dispatches.toFixed(1)} | ${ratio.toPrecision(2)}× |`,
    );
    if (Math.max(slow.ms, fast.ms) > LONGEST_MS) {
      console.log('\nGreater values are left out: a step takes more than 10 s.');
      break;
    }
  }
  console.log(
    winning.length > 0
      ? `\nWebGPU wins at ${name} ${winning.join(', ')}.`
      : `\nWebGPU wins nowhere in ${name}.`,
  );
}

/** What the options ask for. @throws ConfigError */
function parseOptions() {
  refuseLostOptions('bench:gpu', OPTIONS);
  const { values } = parseArgs({ options: OPTIONS, args: withValues(process.argv.slice(2), OPTIONS) });
  const names = values.sweeps.split(',').filter((name) => name !== '') as (keyof Point)[];
  const positive = (option: string, text: string) => {
    if (!(Number(text) > 0)) throw new ConfigError(option, text, 'a number above 0');
    return Number(text);
  };
  for (const name of names)
    if (!(name in SWEEPS)) throw new ConfigError('--sweeps', name, Object.keys(SWEEPS).join(', '));
  const conformance = CONFORMANCES.find((which) => which === values.conformance);
  if (values.conformance !== '' && !conformance)
    throw new ConfigError('--conformance', values.conformance, CONFORMANCES.join(', '));
  const base = { ...BASE };
  for (const entry of values.base.split(',').filter((text) => text !== '')) {
    const [, name, number] = /^(\w+)=(\d+)$/.exec(entry) ?? [];
    if (!(name in BASE)) throw new ConfigError('--base', entry, 'batch=64,width=16,K=1,runs=1, some of them');
    base[name as keyof Point] = positive('--base', number);
  }
  const [most, seconds] = [positive('--most', values.most), positive('--seconds', values.seconds)];
  for (const name of names)
    if (SWEEPS[name][0] > most)
      throw new ConfigError('--most', values.most, `at least ${SWEEPS[name][0]}, the first value of ${name}`);
  return { ...values, conformance, names, base, most, seconds };
}

type Request = ReturnType<typeof parseOptions>;

async function main(): Promise<number> {
  const request = parseOptions();
  const { help, pack, names } = request;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (pack) {
    // Not part of what is packed.
    const packing = './gpu/pack.mts';
    const { packBench } = await import(/* @vite-ignore */ packing);
    console.log(await packBench());
    return 0;
  }
  enableProdMode();
  const { name, software, info } = await findAdapter();
  const words = [info.vendor, info.architecture, info.device].filter(Boolean).join(', ');
  console.log(`Adapter: ${name} (${words || 'unnamed'})${software ? ', in software' : ''}`);
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  const webgpu = await openWebgpu();
  const wasm = await createWasmEngine();
  const { conformance = software ? 'some' : 'all' } = request;
  const sound = conformance === 'none' || (await conform(webgpu, conformance));
  const { batch, width, K, runs } = request.base;
  console.log(
    `\nA training step of the hat, 2-width-width-1, T = 32, RFG-L; what is not swept is batch ${batch}, width ${width}, K ${K}, runs ${runs}.`,
  );
  for (const name of names) await sweep(name, request, { wasm, webgpu });
  console.log(
    `\nload of this machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  webgpu.dispose();
  wasm.dispose();
  return sound ? 0 : 1;
}

// Exit codes: 0 done, 1 the conformance suite found a fault, 2 the command cannot be followed or there is no WebGPU.
process.exitCode = await main().catch((error) => {
  const expected =
    error instanceof NoWebgpuError ||
    error instanceof ConfigError ||
    error?.code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? error.message : error);
  return 2;
});
