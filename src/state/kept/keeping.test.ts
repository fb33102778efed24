import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../../tests/support/worker.ts';
import { createPlayground, type Playground, type PlaygroundOptions } from '../playground.ts';
import { PLAIN } from '../presentation.ts';
import { parseHash } from '../url.ts';
import type { RunClaim, RunStore } from './browser.ts';
import { keepNow } from './keep-now.ts';
import { createKeeping, type KeepingFault, MOST_KEPT, MOST_KEPT_BYTES } from './keeping.ts';
import type { KeptNote, KeptSession } from './kept.ts';

const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 400 } as const;

/** A browser: what it keeps, which locks its pages hold, and its pages. */
function browser() {
  const kept = new Map<string, { note: KeptNote; run: KeptSession }>();
  const locks = new Set<string>();
  const state = { saves: 0, fail: undefined as Error | undefined };
  const store: RunStore = {
    list: async () => [...kept.values()].map(({ note }) => note),
    load: async (id) => structuredClone(kept.get(id)?.run),
    async save(note, run, replaced) {
      if (state.fail) throw state.fail;
      state.saves++;
      if (replaced !== undefined) kept.delete(replaced);
      kept.set(note.id, structuredClone({ note, run }));
    },
    remove: async (ids) => ids.forEach((id) => kept.delete(id)),
  };
  const claim: RunClaim = {
    async take(id) {
      if (locks.has(id)) return undefined;
      locks.add(id);
      return () => locks.delete(id);
    },
    taken: async () => new Set(locks),
  };
  return { kept, locks, state, store, claim };
}
type Browser = ReturnType<typeof browser>;

const pages: { close(): void }[] = [];
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});

/** A page of that browser, whose clock stands still until `time.now` is set. */
async function page(
  at: Browser,
  options: Partial<PlaygroundOptions> = { pinned },
  tab: { last?: string; left?: boolean } = {},
  reloaded = false,
) {
  const playground = createPlayground({ spawn: () => portHere(), ...options });
  const faults: KeepingFault[] = [];
  const time = { now: 0 };
  const mine = new Set<string>();
  const claim: RunClaim = {
    ...at.claim,
    async take(id) {
      const giveUp = await at.claim.take(id);
      if (giveUp) mine.add(id);
      return giveUp;
    },
  };
  const keeping = createKeeping(playground, {
    ...at,
    claim,
    tab: tab as { last: string | undefined; left: boolean },
    check: async (run) => {
      if (run.state.theta.length < 10) throw new Error('state.theta: not allowed');
      return run;
    },
    tell: (fault) => faults.push(fault),
    now: () => time.now,
    // No time passes by itself.
    later: () => setTimeout(() => {}),
  });
  const close = () => {
    playground.actions.dispose();
    keeping.dispose();
  };
  pages.push({ close });
  await playground.actions.start();
  await keeping.look(reloaded);
  return {
    ...playground,
    faults,
    keeping,
    time,
    tab,
    offer: () => playground.app.getState().offer,
    /** The page goes as a reload or Back has it. */
    async leave() {
      void keeping.leave();
      close();
    },
    /** The browser ends it without a word: what is kept is what was kept before, and its locks are freed. */
    kill() {
      playground.actions.dispose();
      keeping.dispose();
      for (const id of mine) at.locks.delete(id);
    },
  };
}

const losses = ({ lane }: Pick<Playground, 'lane'>) => [...lane.getState().losses.values];
const seriesOf = ({ app }: Pick<Playground, 'app'>) =>
  app.getState().lanes.map((lane) => [...lane.getState().losses.values]);

async function undisturbed(steps: number, options: Partial<PlaygroundOptions> = { pinned }) {
  const whole = await page(browser(), options);
  await whole.actions.step(steps);
  return seriesOf(whole);
}

describe('a run that is kept', () => {
  it('is there again without a question when its page is loaded again, unless that crashed or shows a lesson', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(20);
    await first.leave();
    const second = await page(at, { pinned }, first.tab, true);
    expect(second.offer()).toBeUndefined();
    expect(second.lane.getState().step).toBe(20);
    await second.actions.step(5);
    await second.keeping.save();
    second.kill();
    // What made it crash would do so again.
    const third = await page(at, { pinned }, second.tab, true);
    expect(third.lane.getState().step).toBe(0);
    await third.offer()?.goOn();
    expect(third.lane.getState().step).toBe(25);
    await third.leave();
    const lesson = { ...PLAIN, lesson: { lesson: 1, scene: 2 } } as const;
    const fourth = await page(at, { pinned, presentation: lesson }, third.tab, true);
    expect(fourth.lane.getState().step).toBe(0);
    await fourth.leave();
    // The address was changed to another run's before it was loaded again.
    const another = await page(at, { pinned: { ...pinned, seed: 9 } }, fourth.tab, true);
    expect(another.lane.getState()).toMatchObject({ step: 0, config: { seed: 9 } });
    expect(another.offer()?.step).toBe(25);
    // Or to another look at the same run.
    const looks = { ...PLAIN, view: 'presenter', inside: 'table' } as const;
    another.tab.left = true;
    const looked = await page(at, { pinned, presentation: looks }, another.tab, true);
    expect(looked.lane.getState().step).toBe(25);
    expect(looked.app.getState().presentation).toEqual(looks);
    await looked.leave();
    // Another tab is another page.
    const other = await page(at, { pinned }, {}, true);
    expect(other.lane.getState().step).toBe(0);
    expect(other.offer()?.step).toBe(25);
  });

  it('goes on in another visit with the losses of an undisturbed run, and not by itself', async () => {
    const at = browser();
    const first = await page(at);
    expect(first.offer()).toBeUndefined();
    await first.actions.step(60);
    await first.leave();
    const second = await page(at, { pinned }, first.tab);
    expect(second.lane.getState().step).toBe(0);
    expect(second.offer()).toMatchObject({
      experiment: 'hat',
      method: 'SG-BP',
      step: 60,
      steps: 400,
      lanes: 1,
    });
    await second.offer()?.goOn();
    expect(second.offer()).toBeUndefined();
    expect(second.lane.getState()).toMatchObject({ step: 60, recording: undefined });
    expect(second.app.getState().status).toBe('ready');
    // The curve of errors is there, and the time that training took goes on.
    const { metrics } = first.lane.getState();
    expect(metrics.length).toBeGreaterThan(1);
    expect(second.lane.getState().metrics).toEqual(expect.arrayContaining([...metrics]));
    await second.actions.step(40);
    const last = second.lane
      .getState()
      .metrics.filter(({ step }) => step === 100)
      .pop();
    expect(last?.ms).toBeGreaterThan(metrics[metrics.length - 1].ms ?? Number.NaN);
    expect(seriesOf(second)).toEqual(await undisturbed(100));
    expect(second.faults).toEqual([]);
    // The run has one place.
    await second.keeping.save();
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([100]);
  });

  it('has one place also where the page could not keep it as soon as it went on', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(60);
    await first.leave();
    const second = await page(at);
    at.state.fail = new Error('not now');
    await second.offer()?.goOn();
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([60]);
    at.state.fail = undefined;
    await second.actions.step(40);
    await second.keeping.save();
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([100]);
  });

  it('goes on after the page was ended without a word, from what was kept every few seconds', async () => {
    const at = browser();
    const long = { pinned: { ...pinned, steps: 40000 }, pace: 'steady' as const };
    const first = await page(at, long);
    await first.actions.play();
    await until(() => {
      first.time.now += 500;
      return at.state.saves >= 3;
    });
    first.kill();
    const second = await page(at, long);
    const { step = 0, playing } = second.offer() ?? {};
    expect(step).toBeGreaterThan(0);
    expect(playing).toBe(true);
    expect(second.lane.getState().step).toBe(0);
    // It was training, and does so again.
    await second.offer()?.goOn();
    await until(() => second.lane.getState().step > step + 20);
    await second.actions.pause();
    const series = losses(second);
    expect(series.length).toBeGreaterThan(step + 20);
    expect(series).toEqual((await undisturbed(series.length, long))[0]);
  });

  it('is kept when it comes to rest, and no more often than every few seconds while it trains', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(1);
    expect(at.state.saves).toBe(1);
    for (let i = 0; i < 5; i++) await first.actions.step(1);
    expect(at.state.saves).toBe(1);
    await first.actions.play();
    await until(() => first.lane.getState().step > 20);
    expect(at.state.saves).toBe(1);
    await first.actions.pause();
    await until(() => at.state.saves === 2);
    const [{ note, run }] = at.kept.values();
    expect(note.step).toBe(first.lane.getState().step);
    expect(run.lanes[0].run.losses).toHaveLength(note.step);
    // Nothing has happened since.
    expect(await keepNow()).toBe(true);
    expect(at.state.saves).toBe(2);
  });

  it('has its changes in mid-run, those to come included', async () => {
    const planned = parseHash('#T=4&batch=8&hidden=4&steps=400&then=70:gradient=RFG:K=2').planned;
    const run = async (disturb: boolean) => {
      const at = browser();
      let here = await page(at, { pinned, planned });
      await here.actions.step(20);
      if (disturb) {
        await here.leave();
        here = await page(at);
        await here.offer()?.goOn();
      }
      await here.actions.step(70);
      await here.actions.set({ gradient: 'WP' });
      await here.actions.step(10);
      if (disturb) {
        await here.leave();
        here = await page(at);
        await here.offer()?.goOn();
      }
      await here.actions.step(30);
      return {
        losses: losses(here),
        changes: here.lane.getState().changes,
        hash: here.app.getState().pinned,
      };
    };
    const disturbed = await run(true);
    expect(disturbed).toEqual(await run(false));
    expect(disturbed.losses).toHaveLength(130);
    expect(disturbed.changes.map(({ step }) => step)).toEqual([70, 90]);
  });

  it('has its lanes, each where it stood', async () => {
    const { comparison } = parseHash(
      '#T=4&batch=8&hidden=4&steps=400&lanes=gradient=RFG:K=2,gradient=WP&axis=passes',
    );
    const run = async (disturb: boolean) => {
      const at = browser();
      let here = await page(at, { pinned, comparison });
      await here.actions.step(30);
      await here.actions.holdLane('lane3', true);
      await here.actions.step(20);
      if (disturb) {
        await here.leave();
        here = await page(at, {});
        expect(here.offer()).toMatchObject({ lanes: 3, step: 50 });
        await here.offer()?.goOn();
        expect(here.lane.getState().config.hidden).toEqual([[4]]);
        expect(here.app.getState().lanes.map((lane) => lane.getState().held)).toEqual([false, false, true]);
      }
      await here.actions.step(15);
      await here.actions.holdLane('lane3', false);
      await here.actions.step(10);
      return { series: seriesOf(here), axis: here.app.getState().comparison.axis };
    };
    const disturbed = await run(true);
    expect(disturbed.series.map(({ length }) => length)).toEqual([75, 75, 30 + 10]);
    expect(disturbed).toEqual(await run(false));
  });

  it('has its names hidden where they were hidden after it was kept last, and its page is loaded again', async () => {
    const hash = '#T=4&batch=8&hidden=4&steps=400&lanes=gradient=RFG:K=2,gradient=WP';
    const at = browser();
    const first = await page(at, { pinned, comparison: parseHash(hash).comparison });
    await first.actions.step(20);
    await first.leave();
    const hidden = parseHash(`${hash}&blind=true&letters=CAB`).comparison;
    const second = await page(at, { pinned, comparison: hidden }, first.tab, true);
    expect(second.lane.getState().step).toBe(20);
    expect(second.app.getState().comparison).toMatchObject({ blind: true, slots: hidden.slots });
    expect(hidden.slots).toBeDefined();
  });

  it('has its names hidden where that was pressed while its page, loaded again, was going on with it', async () => {
    const { comparison } = parseHash('#T=4&batch=8&hidden=4&steps=400&lanes=gradient=RFG:K=2,gradient=WP');
    const at = browser();
    const first = await page(at, { pinned, comparison });
    await first.actions.step(20);
    await first.leave();
    const second = await page(at, { pinned, comparison }, first.tab);
    expect(second.offer()).toMatchObject({ step: 20 });
    const { app, actions, tab, keeping } = second;
    Object.assign(tab, { left: true });
    // What is offered is withdrawn just before the kept run takes the place of the page's.
    const stop = app.subscribe(({ offer }, before) => {
      if (before.offer && !offer) void actions.setComparison({ blind: true });
    });
    await keeping.look(true);
    stop();
    expect(second.lane.getState().step).toBe(20);
    expect(app.getState().comparison).toMatchObject({ blind: true });
  });

  it('stays at its end while it is moved back, and follows when it goes on from there', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(60);
    await first.keeping.save();
    await first.actions.seek(10);
    const { saves } = at.state;
    expect(await keepNow()).toBe(true);
    expect(at.state.saves).toBe(saves);
    expect([...at.kept.values()][0].note.step).toBe(60);
    await first.actions.step(2);
    await first.keeping.save();
    expect([...at.kept.values()][0].note.step).toBe(12);
  });

  it('is no recorded run, and none of which no step was trained', async () => {
    const at = browser();
    const first = await page(at, {});
    await first.actions.seek(6);
    expect(await keepNow()).toBe(false);
    await first.leave();
    expect(at.kept.size).toBe(0);
  });
});

describe('what is offered', () => {
  it('stands beside the run of a link, and stays until it is forgotten', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    const link = await page(at, { pinned: { ...pinned, seed: 9 } });
    expect(link.app.getState().config.seed).toBe(9);
    await link.actions.step(3);
    link.offer()?.notNow();
    expect(link.offer()).toBeUndefined();
    await link.leave();
    const third = await page(at, { pinned }, first.tab);
    expect(third.offer()?.step).toBe(5);
    await third.offer()?.forget();
    expect(third.offer()).toBeUndefined();
    const fourth = await page(at, { pinned }, first.tab);
    expect(fourth.offer()?.step).toBe(3);
    await fourth.offer()?.forget();
    expect(at.kept.size).toBe(0);
  });

  it('is no run of a page that is open: two pages keep theirs side by side', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    const second = await page(at, { pinned: { ...pinned, seed: 2 } });
    expect(second.offer()).toBeUndefined();
    await second.actions.step(7);
    await second.keeping.save();
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([5, 7]);
    second.kill();
    first.kill();
    // Each finds its own again, though the other is newer.
    const again = await page(at, { pinned }, first.tab);
    expect(again.offer()?.step).toBe(5);
    const other = await page(at, { pinned }, second.tab);
    expect(other.offer()?.step).toBe(7);
    // Only one of them can go on with a run.
    const third = await page(at, { pinned }, second.tab);
    await other.offer()?.goOn();
    await third.offer()?.goOn();
    expect(third.faults).toEqual([{ kind: 'elsewhere' }]);
    expect(third.offer()?.step).toBe(5);
    expect(third.lane.getState().step).toBe(0);
  });

  it('is no run of a lesson, and stays while one is played: it is offered after it', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(20);
    await first.keeping.save();
    const trained = losses(first);
    const { saves } = at.state;
    const go = (lesson?: { lesson: number; scene: number }) =>
      first.app.setState({ presentation: { ...first.app.getState().presentation, lesson } });
    go({ lesson: 1, scene: 1 });
    await first.actions.reset();
    await first.actions.step(7);
    await first.keeping.save();
    expect(at.state.saves).toBe(saves);
    go();
    await until(() => first.offer() !== undefined);
    await first.offer()?.goOn();
    expect(losses(first)).toEqual(trained);
  });

  it('is kept as it stands when a lesson is opened over it, in the middle of training too', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(20);
    await first.keeping.save();
    await first.actions.step(13);
    const trained = losses(first);
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([20]);
    const { presentation } = first.app.getState();
    first.app.setState({ presentation: { ...presentation, lesson: { lesson: 1, scene: 1 } } });
    await first.actions.reset();
    await first.actions.step(7);
    first.app.setState({ presentation });
    await until(() => first.offer()?.step === 33);
    await first.offer()?.goOn();
    expect(losses(first)).toEqual(trained);
    expect(first.app.getState().presentation.lesson).toBeUndefined();
  });

  it('does not cost what the page has trained meanwhile', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    const second = await page(at, { pinned: { ...pinned, seed: 2 } });
    await second.actions.step(8);
    await second.offer()?.goOn();
    await second.actions.step(1);
    await second.leave();
    expect([...at.kept.values()].map(({ note }) => note.step).sort()).toEqual([6, 8]);
  });

  it('is bounded: the oldest go', async () => {
    const at = browser();
    for (let steps = 1; steps <= MOST_KEPT + 3; steps++) {
      const here = await page(at);
      await here.actions.step(steps);
      await here.leave();
      for (const { note } of at.kept.values())
        if (note.step === steps) Object.assign(note, { at: 1000 * steps });
    }
    const last = await page(at);
    expect(last.offer()?.step).toBe(MOST_KEPT + 3);
    expect(at.kept.size).toBe(MOST_KEPT);
  });

  it('does not say the method while names are hidden', async () => {
    const at = browser();
    const { comparison } = parseHash('#lanes=gradient=RFG&blind=true');
    const first = await page(at, { pinned, comparison });
    await first.actions.step(2);
    await first.leave();
    const second = await page(at);
    expect(second.offer()?.method).toBeUndefined();
    await second.offer()?.goOn();
    expect(second.app.getState().comparison.blind).toBe(true);
  });
});

describe('a browser that does not keep', () => {
  it('is told of once, and training goes on', async () => {
    const at = browser();
    const first = await page(at);
    at.state.fail = new DOMException('no', 'SecurityError');
    for (let i = 1; i <= 3; i++) {
      await first.actions.step(1);
      expect(await keepNow()).toBe(false);
    }
    expect(first.faults).toEqual([{ kind: 'forbidden' }]);
    expect(first.lane.getState().step).toBe(3);
  });

  it('takes the place of the run that was gone on with in one act: the page may be gone in between', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    at.store.remove = () => Promise.reject(new Error('the page is gone'));
    const second = await page(at);
    await second.offer()?.goOn();
    expect([...at.kept.values()].map(({ note }) => note.id)).toEqual([second.tab.last]);
    expect(second.faults).toEqual([]);
  });

  it('for want of room gives up older runs first', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    const save = at.store.save;
    const full = new DOMException('full', 'QuotaExceededError');
    at.store.save = async (note, run) => {
      if ([...at.kept.keys()].some((id) => id !== note.id)) throw full;
      await save(note, run);
    };
    const second = await page(at);
    await second.actions.step(8);
    expect(await keepNow()).toBe(true);
    expect([...at.kept.values()].map(({ note }) => note.step)).toEqual([8]);
    expect(second.faults).toEqual([]);
    at.store.save = () => Promise.reject(full);
    await second.actions.step(1);
    expect(await keepNow()).toBe(false);
    expect(second.faults).toEqual([{ kind: 'full' }]);
  });

  it('what cannot be used any more is named and can be forgotten', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    for (const { run } of at.kept.values())
      Object.assign(run.lanes[0].run.state, { theta: new Float64Array(3) });
    const second = await page(at);
    await second.offer()?.goOn();
    expect(second.faults).toEqual([{ kind: 'unusable', message: 'state.theta: not allowed' }]);
    expect(second.lane.getState().step).toBe(0);
    await second.offer()?.forget();
    expect(at.kept.size).toBe(0);
  });

  it('what came to harm is not offered, or is refused by the place of the harm', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(5);
    await first.leave();
    const [[id, kept]] = at.kept;
    for (const note of [
      undefined,
      Number.NaN,
      { ...kept.note, steps: '5000' },
      { ...kept.note, experiment: 'x' },
    ]) {
      at.kept.set(id, { ...kept, note: note as KeptNote });
      expect((await page(at)).offer()).toBeUndefined();
    }
    const [lane] = kept.run.lanes;
    for (const [run, place] of [
      [{ ...kept.run, lanes: {} }, 'lanes'],
      [{ ...kept.run, lanes: [{ ...lane, run: null }] }, 'lanes.0.run'],
      [{ ...kept.run, hash: 3 }, 'hash'],
      [{ ...kept.run, set: { pins: { T: 0 }, before: {} } }, 'T'],
    ] as const) {
      at.kept.set(id, { ...kept, run: run as unknown as KeptSession });
      const second = await page(at);
      await second.offer()?.goOn();
      expect(second.faults).toEqual([
        { kind: 'unusable', message: expect.stringMatching(`^${place}: .* is not allowed; allowed: `) },
      ]);
      expect(second.lane.getState().step).toBe(0);
    }
  });

  it('a run that is too large is told of', async () => {
    const at = browser();
    const first = await page(at);
    await first.actions.step(1);
    const { state } = first.lane.getState();
    if (!state) throw new Error('no state');
    first.lane.setState({ state: { ...state, m: new Float64Array(MOST_KEPT_BYTES / 8) } });
    expect(await keepNow()).toBe(false);
    expect(first.faults).toMatchObject([{ kind: 'large', most: MOST_KEPT_BYTES }]);
  });
});
