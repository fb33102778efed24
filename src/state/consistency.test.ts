import { afterEach, describe, expect, it } from 'vitest';
import { portHere } from '../../tests/support/worker.ts';
import { ofEach } from '../experiments/table.ts';
import type { Pinned } from '../training/config.ts';
import { specsOf } from '../training/specs.ts';
import type { WorkerPort } from '../worker/client.ts';
import { createForcing } from './forcing.ts';
import type { LaneState, LaneStore } from './lane-store.ts';
import { createPlayground } from './playground.ts';
import { parseHash } from './url.ts';

const small = { T: 4, steps: 400, trainFunctions: 12, testFunctions: 30 } as const;
const HAT = { ...small, hidden: [[4, 3]], batch: [8] } satisfies Pinned;
const POISSON = { ...small, experiment: 'poisson', hidden: [[3]], rank: 2, batch: [3, 2] } satisfies Pinned;
const REACTION = {
  ...small,
  experiment: 'reaction-diffusion',
  hidden: [[3]],
  rank: 2,
  batch: [3, 2, 2],
} satisfies Pinned;
const AXES = ofEach(({ operator }) => operator?.axes.length ?? 0);

/** What in a lane is of another experiment, network or problem than its configuration: what its views would draw together. */
function strangers(lane: LaneState): string[] {
  const { config, data, samples, view, probe, prediction, state } = lane;
  const { network, layout } = specsOf(config);
  const axes = data?.operator?.axes ?? [];
  const found: string[] = [];
  const demand = (what: string, holds: boolean) => holds || found.push(`${what} under ${config.experiment}`);
  demand('view', view.experiment === config.experiment);
  demand('samples', !samples || config.experiment !== 'hat');
  demand('state', !state || state.theta.length === layout.size);
  if (data) {
    demand('axes', axes.length === AXES[config.experiment]);
    demand(
      'inputs',
      data.test.factors.every(({ width }, m) => width === network.factors[m]?.inputs),
    );
  }
  if (probe) {
    const shape = probe.spikes.map((layers) => layers.map((spikes) => spikes.length / probe.T));
    demand('spikes', JSON.stringify(shape) === JSON.stringify(network.factors.map(({ hidden }) => hidden)));
    const points = axes.reduce((product, { length }) => product * length, 1);
    demand('answer', !probe.functions || (data !== undefined && probe.functions.answer.length === points));
  }
  if (prediction && data) {
    const { target } = prediction.grid === 'coarse' ? data.coarse : data.test;
    demand('prediction', prediction.values.length === target.length);
  }
  return found;
}

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** A page whose lanes are looked at in every state that they are ever in, and whose messages come in tasks of their own. */
function watched(pinned: Pinned) {
  const faults = new Set<string>();
  const spawn = () => {
    const port = portHere();
    const later: WorkerPort = { ...port, onmessage: null };
    port.onmessage = (event) => setTimeout(() => later.onmessage?.(event), 0);
    return later;
  };
  const playground = createPlayground({ spawn, pinned, pace: 'full' });
  const { app, actions } = playground;
  const forcing = createForcing(playground);
  const seen = new Set<LaneStore>();
  const watch = (lanes: readonly LaneStore[]) => {
    for (const lane of lanes) {
      if (seen.has(lane)) continue;
      seen.add(lane);
      const look = (state: LaneState) => {
        for (const fault of strangers(state)) faults.add(fault);
        const { exact, g } = forcing.store.getState();
        const { operator } = playground.lane.getState().data ?? {};
        const points = operator?.axes.reduce((product, { length }) => product * length, 1);
        if (exact && exact.length !== points) faults.add(`exact under ${state.config.experiment}`);
        if (g && g.length !== operator?.nodes.length) faults.add(`forcing under ${state.config.experiment}`);
      };
      look(lane.getState());
      // Views look once all listeners have heard of it, the forcing's too.
      ended.push(lane.subscribe(() => queueMicrotask(() => look(lane.getState()))));
    }
  };
  watch(app.getState().lanes);
  ended.push(
    app.subscribe(({ lanes }) => watch(lanes)),
    forcing.dispose,
    () => actions.dispose(),
  );
  return { ...playground, forcing, faults };
}

type Watched = ReturnType<typeof watched>;
const task = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
const link = (pins: Pinned) => ({
  ...parseHash(''),
  pinned: pins,
});

describe('what a lane holds', () => {
  it.each([
    ['Poisson to reaction-diffusion', POISSON, REACTION],
    ['reaction-diffusion to Poisson', REACTION, POISSON],
    ['Poisson to the hat', POISSON, HAT],
    ['the hat to reaction-diffusion', HAT, REACTION],
  ] as const)('is of one experiment at every moment: from %s', async (_, before, after) => {
    const page = watched(before);
    const { actions, forcing, lane, app } = page;
    await actions.start();
    forcing.choose({ kind: 'test', index: 3 });
    void actions.step();
    const switched = actions.replace(after);
    // A function that was on the screen is still pressed while the other experiment is made ready.
    forcing.choose({ kind: 'test', index: 5 });
    await switched;
    await actions.step(2);
    expect([...page.faults]).toEqual([]);
    expect(lane.getState().config.experiment).toBe(app.getState().config.experiment);
    expect(lane.getState().data?.operator?.axes.length ?? 0).toBe(AXES[lane.getState().config.experiment]);
    expect(app.getState().notice?.kind).not.toBe('error');
  });

  it('is of the link that was opened last, whatever the worker still tells of the run before', async () => {
    const page = watched(POISSON);
    const { actions, app, forcing, lane } = page;
    await actions.start();
    await actions.addLane({ gradient: 'RFG' });
    void actions.play();
    await task(30);
    const opened = actions.open(link(REACTION));
    forcing.choose({ kind: 'test', index: 2 });
    await opened;
    expect(lane.getState().config.experiment).toBe('reaction-diffusion');
    void actions.step(3);
    await actions.open({ ...link({ ...HAT, hidden: [[5]] }), planned: [] });
    expect([...page.faults]).toEqual([]);
    expect(app.getState().notice?.kind).not.toBe('error');
  });

  it('takes a drawn forcing along: its solution is that of the equation on the page', async () => {
    const page = watched(POISSON);
    const { actions, forcing, lane } = page;
    await actions.start();
    forcing.choose({ kind: 'drawn', points: [0, 1, 2, 1, 0, -1, -2, -1, 0] });
    await actions.replace(REACTION);
    await actions.step();
    const [x, t] = lane.getState().data?.operator?.axes ?? [];
    expect(forcing.store.getState().exact).toHaveLength(x.length * t.length);
    expect([...page.faults]).toEqual([]);
  });
});

/** A reproducible sequence of numbers in [0, 1): Lehmer's generator. */
function lehmer(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('a monkey', () => {
  /** What can be pressed; none is waited for. */
  const presses = (page: Watched, random: () => number): (() => unknown)[] => {
    const { actions, forcing, lane } = page;
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
    return [
      () => actions.replace(pick([HAT, POISSON, REACTION])),
      () => actions.replace(pick([HAT, POISSON, REACTION])),
      () => actions.open(link(pick([HAT, POISSON, REACTION]))),
      () => forcing.choose({ kind: 'test', index: Math.floor(random() * 30) }),
      () => forcing.choose({ kind: 'test', index: Math.floor(random() * 30) }),
      () => forcing.choose({ kind: 'drawn', points: Array.from({ length: 9 }, () => random() - 0.5) }),
      () => actions.step(1 + Math.floor(random() * 5)),
      () => actions.toggle(),
      () => actions.pause(),
      () => actions.set({ gradient: pick(['BP', 'RFG', 'WP']), scope: pick(['G', 'L']) }),
      () => actions.set({ localLosses: random() < 0.5 }),
      () => actions.set({ hidden: [[1 + Math.floor(random() * 5)]] }),
      () => actions.toggleSilenced({ factor: pick([0, 1, 2]), depth: 0, neuron: pick([0, 1, 4]) }),
      () => actions.setView({ inferenceT: pick([undefined, 2, 6]) }),
      () => actions.seek(Math.floor(random() * (lane.getState().end + 1))),
      () => actions.reset(),
      () => actions.newSeed(),
    ];
  };

  it.each([1, 2, 3])('pressing at random finds no error and no mixture (seed %i)', async (seed) => {
    const errors: string[] = [];
    const uncaught = (error: unknown) => errors.push(String(error));
    process.on('unhandledRejection', uncaught);
    process.on('uncaughtException', uncaught);
    try {
      const random = lehmer(seed * 7919);
      const page = watched(POISSON);
      const { actions, app, lane } = page;
      await actions.start();
      const done: unknown[] = [];
      const told: string[] = [];
      ended.push(
        app.subscribe(({ notice }, before) => {
          if (notice?.kind === 'error' && notice !== before.notice) told.push(notice.text);
        }),
      );
      for (let n = 0; n < 60; n++) {
        const all = presses(page, random);
        done.push(all[Math.floor(random() * all.length)]());
        if (random() < 0.6) await task(random() * 25);
      }
      await Promise.all(done);
      await actions.pause();
      await task(20);
      expect(errors).toEqual([]);
      expect([...page.faults]).toEqual([]);
      expect(told).toEqual([]);
      // And it still works.
      const { step } = lane.getState();
      await actions.step(2);
      expect(lane.getState().step).toBe(step + 2);
      expect(lane.getState().config).toEqual(app.getState().config);
    } finally {
      process.off('unhandledRejection', uncaught);
      process.off('uncaughtException', uncaught);
    }
  });
});
