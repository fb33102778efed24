import fc from 'fast-check';
import { arrayError, TOLERANCE } from '../../src/kernels/conformance/check.ts';
import { MARGIN } from '../../src/kernels/conformance/margin.ts';
import { createWasmEngine } from '../../src/kernels/wasm/engine.ts';
import { ConfigError } from '../../src/settings/fields.ts';
import { formatHash, parseHash } from '../../src/state/url.ts';
import {
  type Config,
  checkField,
  FIELD_NAMES,
  formatField,
  type Pinned,
  parseField,
} from '../../src/training/config.ts';
import { activityOf, diagnose } from '../../src/training/diagnosis.ts';
import { type Engine, initialState, type Task, type Trace } from '../../src/training/engine.ts';
import { IndirectEngine } from '../../src/training/indirect/engine.ts';
import { changeBetween, resolveConfig } from '../../src/training/presets.ts';
import { referenceEngine } from '../../src/training/reference-engine.ts';
import { specsOf } from '../../src/training/specs.ts';
import { randomCase } from '../support/snn.ts';
import { demand, demandClear, demandEqual, type Property, property, readOrRefused } from './property.ts';
import { bounded, pins } from './values.ts';

/** Multiplications of a step, roughly: a few milliseconds in the reference engine. */
const MOST_WORK = 200_000;
/** Rows of each factor's data. */
const ROWS = [12, 9, 7];
const STEPS = 2;

const wasm = new IndirectEngine(await createWasmEngine());
const reference = new IndirectEngine(referenceEngine);

/** Settings as a link has them: those that contradict others are left out and named. */
function accepted(wanted: Pinned): Pinned {
  const parts = Object.entries(wanted).map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(formatField(name as keyof Config, value as never)).replaceAll('%2F', '/')}`,
  );
  const { pinned, faults } = parseHash(`#${parts.join('&')}`);
  faults.forEach(demandClear);
  demand(
    Object.keys(pinned).length + faults.length >= Object.keys(wanted).length,
    () => `${parts.join('&')} lost settings without a word`,
  );
  return pinned;
}

/** A link says the same run again. */
function roundTrip(pinned: Pinned): void {
  const hash = formatHash(pinned);
  const again = parseHash(hash);
  demandEqual(again.faults, [], hash);
  demandEqual(resolveConfig(again.pinned), resolveConfig(pinned), hash);
  demandEqual(formatHash(again.pinned), hash, 'the link written again');
}

/** Rows none of whose membranes comes near the threshold: there float32 spikes where float64 does. */
function clearRows({ membranes }: Trace, rows: number, T: number, threshold: number): boolean[] {
  return Array.from({ length: rows }, (_, row) => {
    let nearest = Number.POSITIVE_INFINITY;
    let largest = 1;
    for (const layer of membranes) {
      const width = layer.length / (T * rows);
      for (let t = 0; t < T; t++)
        for (let j = 0; j < width; j++) {
          const u = layer[(t * rows + row) * width + j];
          nearest = Math.min(nearest, Math.abs(u - threshold));
          largest = Math.max(largest, Math.abs(u));
        }
    }
    return nearest > MARGIN * largest;
  });
}

/** Whether all rows of all factors are clear; rows that are have equal spikes on both engines. */
async function sameSpikes({ specs, data }: Task, theta: Float64Array, what: string): Promise<boolean> {
  const { network } = specs;
  let all = true;
  for (const [m, { rows }] of data.factors.entries()) {
    const expected = await reference.trace(network, theta, m, data);
    const actual = await wasm.trace(network, theta, m, data);
    const clear = clearRows(expected, rows, network.T, network.threshold);
    all &&= clear.every(Boolean);
    expected.spikes.forEach((spikes, depth) => {
      const width = spikes.length / (network.T * rows);
      for (let i = 0; i < spikes.length; i++)
        if (actual.spikes[depth][i] !== spikes[i])
          demand(
            !clear[Math.floor(i / width) % rows],
            () =>
              `${what}: factor ${m}, layer ${depth + 1}: spikes of the engines differ far from the threshold`,
          );
    });
  }
  return all;
}

/** A few steps: every number that is handed on is finite, or the run says at which step it was not, and the page what to do. */
async function trained(engine: Engine, task: Task, config: Config, what: string) {
  const state = initialState(task, config.seed);
  const [chunk] = await engine.advance([{ task, state }], STEPS);
  const { theta, m, v, step } = chunk.state;
  for (const [name, values] of Object.entries({ theta, m, v, losses: chunk.losses }))
    demand(
      values.every(Number.isFinite),
      () => `${what}, ${engine.name}: ${name} is not finite and no step is named`,
    );
  demand(
    chunk.losses.length === step &&
      (chunk.divergedAt === undefined ? step === STEPS : chunk.divergedAt === step),
    () =>
      `${what}, ${engine.name}: ${chunk.losses.length} losses, step ${step}, diverged at ${chunk.divergedAt}`,
  );
  const { network, layout } = task.specs;
  const activity = [];
  for (const m of task.data.factors.keys()) {
    const trace = await engine.trace(network, theta, m, task.data);
    const widths = layout.hidden[m].map(({ outputs }) => outputs);
    activity.push(...activityOf(trace, m, widths));
  }
  for (const { firingRate, silent, saturated } of activity)
    for (const share of [firingRate, silent, saturated])
      demand(share >= 0 && share <= 1 + 1e-6, () => `${what}, ${engine.name}: a layer fires at ${share}`);
  const findings = diagnose({
    config,
    losses: chunk.losses,
    activity,
    diverged: chunk.divergedAt !== undefined,
  });
  if (chunk.divergedAt !== undefined)
    demand(
      findings[0]?.kind === 'diverged',
      () => `${what}: diverged, and the page says ${findings[0]?.kind}`,
    );
  for (const { what: seen, cause, remedy } of findings) {
    for (const text of [seen, cause])
      demand(
        !/NaN|undefined|Infinity/.test(text) && text.length > 10,
        () => `${what}: the page says “${text}”`,
      );
    if (!remedy) continue;
    const after = resolveConfig({ ...config, ...remedy.pins });
    demand(
      changeBetween(config, after).kind === 'keep',
      () => `${what}: “${remedy.label}” does not keep the run`,
    );
  }
  return chunk;
}

/** A task of the configuration's shape on invented data, and its first steps on both engines. */
async function stepsAlike(wanted: Pinned): Promise<void> {
  const pinned = bounded(wanted, MOST_WORK);
  roundTrip(pinned);
  const config = resolveConfig(pinned);
  const what = formatHash(pinned);
  const specs = specsOf(config);
  const { network } = specs;
  const rows = ROWS.slice(0, network.factors.length);
  const task: Task = { specs, data: randomCase(network, rows, config.dataSeed, rows.length > 1).data };
  const { theta } = initialState(task, config.seed);
  demand(theta.every(Number.isFinite), () => `${what}: a first weight is not finite`);
  const clear = await sameSpikes(task, theta, what);
  const expected = await trained(reference, task, config, what);
  const actual = await trained(wasm, task, config, what);
  if (!clear || expected.losses.length === 0 || actual.losses.length === 0) return;
  const error = arrayError([actual.losses[0]], [expected.losses[0]]);
  demand(
    error <= TOLERANCE,
    () => `${what}: the first losses are ${expected.losses[0]} and ${actual.losses[0]}`,
  );
}

const anyField = fc.constantFrom(...FIELD_NAMES);

export const CONFIGURATIONS: readonly Property[] = [
  property(
    'values of a setting',
    { full: 20_000, short: 500 },
    fc.tuple(
      anyField,
      fc.anything({ withBigInt: true, withTypedArray: true }),
      fc.string({ unit: 'binary' }),
    ),
    async ([name, value, text]) => {
      for (const read of [() => checkField(name, value), () => parseField(name, text)[name]]) {
        const taken = await readOrRefused(read, ConfigError);
        if (taken === undefined) continue;
        const written = formatField(name, taken as never);
        demandEqual(parseField(name, written)[name], taken, `${name}=${written}`);
      }
      await readOrRefused(() => parseField(text, text), ConfigError);
    },
  ),
  property(
    'configurations, their links and first steps on both engines',
    { full: 20_000, short: 100 },
    pins,
    async (wanted) => {
      const pinned = accepted(wanted);
      roundTrip(pinned);
      await stepsAlike(pinned);
    },
  ),
];
