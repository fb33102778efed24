// What holds of the WebGPU engine by itself: what it asks of the device, replay, runs side by side, limits, losses.

import { EXPERIMENTS } from '../../src/experiments/table.ts';
import type { Limits } from '../../src/kernels/webgpu/arrangement.ts';
import { createWebgpuEngine, type WebgpuEngine } from '../../src/kernels/webgpu/engine.ts';
import { generateNow } from '../../src/problems/problem.ts';
import type { Pinned } from '../../src/training/config.ts';
import { type AdvanceRequest, type Chunk, initialState, type Task } from '../../src/training/engine.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { referenceEngine } from '../../src/training/reference-engine.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { watch } from './watch.ts';

/** An engine whose device is watched from its first buffer on; its pipelines serve many checks. */
let shared: Promise<{ engine: WebgpuEngine; watched: ReturnType<typeof watch> }> | undefined;
function watchedEngine() {
  shared ??= createWebgpuEngine().then((engine) => {
    void engine.device.lost.then(() => {
      shared = undefined;
    });
    return { engine, watched: watch(engine.device) };
  });
  return shared;
}

const datasets = new Map<string, Task['data']>();

/** A task of the real experiment with the pinned fields; equal data are one object. */
export function taskOf(pinned: Pinned): Task {
  const config = resolveConfig({ trainFunctions: 20, testFunctions: 10, ...pinned });
  const key = JSON.stringify([config.experiment, problemParams(config)]);
  let data = datasets.get(key);
  if (!data) {
    data = generateNow(EXPERIMENTS[config.experiment], problemParams(config)).train;
    datasets.set(key, data);
  }
  return { specs: specsOf(config), data };
}

const request = (pinned: Pinned, seed = 1): AdvanceRequest => {
  const task = taskOf(pinned);
  return { task, state: initialState(task, seed) };
};

/** What holds for any number of time steps is tried with few: each takes long in software. */
const shortRequest = (pinned: Pinned, seed?: number) => request({ T: 8, ...pinned }, seed);

const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((x, i) => Object.is(x, b[i]));
const sameChunk = (a: Chunk, b: Chunk) =>
  same(a.losses, b.losses) &&
  (['theta', 'm', 'v'] as const).every((name) => same(a.state[name], b.state[name]));

/** What chunks of `steps` steps ask of the device, by the engine's own count and by a watch on the device. */
export async function counts(pinned: Pinned, steps: readonly number[]) {
  const { engine, watched } = await watchedEngine();
  const run = shortRequest(pinned);
  // The longest chunk first: scratch grows to its size.
  await engine.advance([run], Math.max(...steps));
  const rows = [];
  for (const count of steps) {
    const before = { ...engine.counters };
    watched.reset();
    await engine.advance([run], count);
    const after = engine.counters;
    rows.push({
      steps: count,
      dispatches: after.dispatches - before.dispatches,
      submits: after.submits - before.submits,
      readbacks: after.readbacks - before.readbacks,
      buffers: after.buffers - before.buffers,
      seen: { ...watched.seen },
    });
  }
  return rows;
}

/** Runs of different seeds and rates in one call against each by itself. */
export async function sideBySide(pinned: Pinned, limits?: Partial<Limits>) {
  const engine = limits ? await createWebgpuEngine(limits) : (await watchedEngine()).engine;
  const runs = [1, 2, 3].map((seed) =>
    shortRequest({ ...pinned, rate: 0.01 * seed, sigma: 0.4 + 0.1 * seed }, seed),
  );
  const before = engine.counters.dispatches;
  const together = await engine.advance(runs, 5);
  const dispatches = engine.counters.dispatches - before;
  const alone: Chunk[] = [];
  for (const run of runs) alone.push(...(await engine.advance([run], 5)));
  const differ = !same(together[0].state.theta, together[1].state.theta);
  const result = { equal: together.map((chunk, i) => sameChunk(chunk, alone[i])), differ, dispatches };
  if (limits) engine.dispose();
  return result;
}

/** Losses of some steps of a run on WebGPU, and what the reference says. */
export async function trained(pinned: Pinned, steps: number) {
  const config = resolveConfig(pinned);
  await EXPERIMENTS[config.experiment].load?.(problemParams(config));
  const webgpu = await createWebgpuEngine();
  const run = request(pinned);
  const [{ losses }, { losses: expected }] = [
    ...(await webgpu.advance([run], steps)),
    ...(await referenceEngine.advance([run], steps)),
  ];
  webgpu.dispose();
  return { losses: [...losses], expected: [...expected] };
}

/** A chunk, then the same with everything that was left in buffers overwritten by NaN. */
export async function poisoned(pinned: Pinned) {
  const { engine, watched } = await watchedEngine();
  const run = shortRequest(pinned);
  const [clean] = await engine.advance([run], 4);
  const buffers = watched.poison();
  const [dirty] = await engine.advance([run], 4);
  return { equal: sameChunk(clean, dirty), finite: clean.losses.every(Number.isFinite), buffers };
}

/** The error of a chunk whose commands the device refuses: a buffer of theirs is gone. */
export async function refused(pinned: Pinned) {
  const engine = await createWebgpuEngine();
  const watched = watch(engine.device);
  const run = shortRequest(pinned);
  const [before] = await engine.advance([run], 2);
  watched.destroy('plan');
  const error = await failure(engine.advance([run], 2));
  watched.restore();
  engine.dispose();
  const next = await createWebgpuEngine();
  const [after] = await next.advance([run], 2);
  next.dispose();
  return { error, recovers: sameChunk(before, after) };
}

/** The device is destroyed in the middle of a chunk; a new engine goes on from the last state. */
export async function lose(pinned: Pinned) {
  const engine = await createWebgpuEngine();
  const run = shortRequest(pinned);
  const [first] = await engine.advance([run], 3);
  const going = engine.advance([{ ...run, state: first.state }], 20);
  setTimeout(() => engine.device.destroy(), 20);
  const during = await failure(going);
  const afterwards = await failure(engine.advance([run], 1));
  const next = await createWebgpuEngine();
  engine.dispose();
  const [second] = await next.advance([{ ...run, state: first.state }], 3);
  const [whole] = await next.advance([run], 6);
  next.dispose();
  return { during, afterwards, continues: same(second.state.theta, whole.state.theta) };
}

/** The error of work that is too large for a device with the limits given. */
export async function tooLarge(pinned: Pinned, limits: Partial<Limits>) {
  const engine = await createWebgpuEngine(limits);
  const error = await failure(engine.advance([request(pinned)], 1));
  engine.dispose();
  return error;
}

/** On a device with the limits given, where work is cut into more parts: the same numbers as on the whole one. */
export async function cramped(pinned: Pinned, limits: Partial<Limits>) {
  const run = shortRequest(pinned);
  const [whole] = await (await watchedEngine()).engine.advance([run], 2);
  const engine = await createWebgpuEngine(limits);
  const [cut] = await engine.advance([run], 2);
  engine.dispose();
  return { equal: sameChunk(whole, cut) };
}

async function failure(work: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await work;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  return { name: 'none', message: 'it did not fail' };
}
