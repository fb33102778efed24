// Trains the default configuration on WebAssembly and writes src/state/first-run.json, which the page shows before anything
// else, and first-run-states.json, from which any moment of it is replayed: `npm run first-run`. To be repeated when defaults or
// mathematics change; a unit test says so.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { loadEngine } from '../cli/engines.ts';
import { EXPERIMENTS } from '../src/experiments/table.ts';
import { generateNow } from '../src/problems/problem.ts';
import type { RecordedRun } from '../src/state/first-run.ts';
import { hatHash } from '../src/state/hat-hash.ts';
import { initialView } from '../src/state/initial-view.ts';
import { pack, packBits, packText } from '../src/state/packing.ts';
import { packStates } from '../src/state/recorded-states.ts';
import { toBase64 } from '../src/training/base64.ts';
import { initialState, type RunState } from '../src/training/engine.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';
import { evaluate, probeTrace } from '../src/worker/evaluation.ts';

const FILE = new URL('../src/state/first-run.json', import.meta.url);
const STATES_FILE = new URL('../src/state/first-run-states.json', import.meta.url);
/** Steps from one state that is recorded to the next. */
const STATES_EVERY = 100;
/** Evaluations of the error for each doubling of the steps. */
const PER_DOUBLING = 8;

const engine = await loadEngine('wasm');
const config = resolveConfig({});
const data = generateNow(EXPERIMENTS[config.experiment], problemParams(config));
const task = { specs: specsOf(config), data: data.train };
const { network, layout } = task.specs;

let state = initialState(task, config.seed);
const shown = () => ({
  network,
  layout,
  theta: state.theta,
  data,
  view: initialView(config.experiment),
  step: state.step,
});
const rounded = (value: number) => Number(value.toPrecision(5));

const losses: number[] = [];
const metrics: [number, number][] = [];
const states: RunState[] = [];
for (;;) {
  metrics.push([state.step, rounded((await evaluate(engine, shown(), 'coarse')).error)]);
  if (state.step === config.steps) break;
  const next = Math.min(
    config.steps,
    Math.max(state.step + 1, Math.round(state.step * 2 ** (1 / PER_DOUBLING))),
  );
  while (state.step < next) {
    const recorded = (Math.floor(state.step / STATES_EVERY) + 1) * STATES_EVERY;
    const [chunk] = await engine.advance([{ task, state }], Math.min(next, recorded) - state.step);
    if (chunk.divergedAt !== undefined)
      throw new Error(`The default run diverged at step ${chunk.divergedAt}.`);
    losses.push(...chunk.losses);
    state = chunk.state;
    if (state.step === recorded) states.push(state);
  }
}

// What is recorded is computed from the weights as they are recorded.
const theta = Float32Array.from(state.theta);
state = { ...state, theta: Float64Array.from(theta) };
const coarse = await evaluate(engine, shown(), 'coarse');
const stated = await evaluate(engine, shown(), 'stated');
const probe = await probeTrace(engine, shown());

const run: RecordedRun = {
  config: hatHash(config),
  seed: config.seed,
  step: state.step,
  error: rounded(stated.error),
  theta: toBase64(new Uint8Array(theta.buffer)),
  losses: packText(losses.map(Math.log)),
  metrics,
  prediction: pack(coarse.values, 16),
  coarseError: rounded(coarse.error),
  probe: {
    T: probe.T,
    output: probe.output,
    spikes: probe.spikes[0].map(packBits),
    membranes: probe.membranes[0].map((membrane) => pack(membrane, 16)),
  },
};
const text = `${JSON.stringify(run)}\n`;
writeFileSync(FILE, text);
writeFileSync(STATES_FILE, `${JSON.stringify(packStates(states))}\n`);
console.log(
  `${run.step} steps, relative L2 ${run.error}: ${(text.length / 1000).toFixed(1)} kB, ${(gzipSync(text).length / 1000).toFixed(1)} kB gzip`,
);
