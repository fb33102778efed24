// `npm run bench:step`: one training step of the Mexican hat network by every contender, interleaved in one
// run.
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { optionsOf } from '../scripts/npm-options.mjs';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { generateNow } from '../src/problems/problem.ts';
import { median } from '../src/snn/statistics.ts';
import { type Config, methodName, type Pinned } from '../src/training/config.ts';
import { initialState } from '../src/training/engine.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';
import type { Contender, Running, Workload } from './contenders/contender.mts';
import { reference, wasm } from './contenders/engines.mts';
import { tfjs } from './contenders/tfjs.mts';
import { closeBrowser, inBrowser } from './contenders/webgpu.mts';

const CONTENDERS: readonly Contender[] = [reference, wasm, tfjs('cpu'), tfjs('wasm'), ...inBrowser];
/** Ratios are to this one. */
const BASE = wasm.name;

const METHODS: readonly Pinned[] = [
  { gradient: 'BP' },
  { gradient: 'RFG', scope: 'G', K: 1 },
  { gradient: 'RFG', scope: 'L', K: 1 },
  { gradient: 'RFG', scope: 'L', K: 8 },
  { gradient: 'BP', surrogate: 'WSG' },
  { gradient: 'RFG', surrogate: 'WSG', scope: 'L', K: 1 },
];
const BATCHES = [64, 128, 256];
/** Slices that are not counted: compilers warm up. */
const WARM_UP = 5;

const OPTIONS = {
  rounds: { type: 'string', default: '15' },
  workloads: { type: 'string', default: '' },
} as const;
const values = optionsOf('bench:step', OPTIONS);
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: a whole number from 1 is needed`);

const nameOf = (config: Config) => `${methodName(config)}${config.gradient === 'BP' ? '' : ` K=${config.K}`}`;

function workloads(): Workload[] {
  const data = generateNow(EXPERIMENTS.hat, problemParams(resolveConfig({}))).train;
  return BATCHES.flatMap((batch) =>
    METHODS.map((pins): Workload => {
      const config = resolveConfig({
        ...pins,
        batch: [batch],
        scales: [1],
        rateFactors: [1],
        rate: 0.001,
        init: 'uniform',
        schedule: 'constant',
      });
      const task = { specs: specsOf(config), data };
      return { method: nameOf(config), batch, task, state: initialState(task, 1) };
    }),
  ).filter(({ method, batch }) => `${method} batch ${batch}`.includes(values.workloads));
}

/** Median milliseconds of a step by every contender that computes the workload: A B C A B C … */
async function measure(workload: Workload): Promise<Map<string, number>> {
  const running = new Map<string, Running>();
  for (const contender of CONTENDERS) {
    const ready = await contender.prepare(workload);
    if (ready) running.set(contender.name, ready);
  }
  const times = new Map([...running.keys()].map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [name, { steps, slice }] of running) {
      const begun = performance.now();
      await slice();
      if (round >= 0) times.get(name)?.push((performance.now() - begun) / steps);
    }
  }
  for (const { dispose } of running.values()) dispose();
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

const cell = (ms: number | undefined, base: number) =>
  ms === undefined ? '-' : `${ms.toPrecision(3)} ms${ms === base ? '' : ` (${(ms / base).toPrecision(3)}×)`}`;

const load = () =>
  loadavg()
    .map((n) => n.toFixed(1))
    .join(' ');
console.log(
  `One training step, 2-16-16-1, T = 32: median of ${rounds} rounds, in parentheses the ratio to ${BASE}.`,
);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, load before: ${load()}\n`,
);
const widths = [16, 6, ...CONTENDERS.map(({ name }) => Math.max(20, name.length))];
const line = (cells: readonly (string | number)[]) =>
  console.log(
    cells
      .map((c, i) => String(c).padEnd(widths[i]))
      .join(' ')
      .trimEnd(),
  );
line(['method', 'batch', ...CONTENDERS.map(({ name }) => name)]);
for (const workload of workloads()) {
  const times = await measure(workload);
  const base = times.get(BASE) ?? Number.NaN;
  line([workload.method, workload.batch, ...CONTENDERS.map(({ name }) => cell(times.get(name), base))]);
}
console.log(`\nload after: ${load()}`);
await closeBrowser();
