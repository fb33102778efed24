import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { comparisonPresets } from './comparison-presets.ts';
import { runHash } from './link.ts';
import { createPlayground, type Playground, type PlaygroundOptions } from './playground.ts';
import { parseHash } from './url.ts';

const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
const open: Playground[] = [];

async function started(options: Partial<PlaygroundOptions> = { pinned }) {
  const playground = createPlayground({ spawn: () => portHere(), ...options });
  open.push(playground);
  await playground.actions.start();
  return playground;
}
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

const losses = ({ app }: Playground) =>
  app.getState().lanes.map((lane) => [...lane.getState().losses.values]);
const steps = ({ app }: Playground) => app.getState().lanes.map((lane) => lane.getState().step);
const hashOf = ({ app, lane }: Playground) => runHash(app.getState(), lane.getState());

describe('a comparison', () => {
  it('runs lanes in lockstep: equal ones are equal, and each is what it is alone', async () => {
    const playground = await started();
    await playground.actions.step(5);
    await playground.actions.compare({ main: {}, differences: [{}, { gradient: 'RFG' }] });
    expect(playground.app.getState().notice?.text).toMatch(/start together/);
    expect(steps(playground)).toEqual([0, 0, 0]);
    await playground.actions.step(12);
    const [main, same, rfg] = losses(playground);
    expect(same).toEqual(main);
    expect(rfg[0]).toBe(main[0]);
    expect(rfg).not.toEqual(main);
    const config = playground.app.getState().lanes[2].getState().config;
    const alone = await started({ pinned: config });
    await alone.actions.step(12);
    expect(losses(alone)[0]).toEqual(rfg);
    await playground.actions.seek(3);
    expect(steps(playground)).toEqual([3, 3, 3]);
  });

  it('is in the link, changes in mid-run included, and plays the identical losses', async () => {
    const first = await started();
    await first.actions.compare({ main: { gradient: 'RFG', scope: 'G' }, differences: [{ scope: 'L' }] });
    await first.actions.step(6);
    await first.actions.set({ K: 2 });
    await first.actions.step(6);
    const hash = hashOf(first);
    expect(hash).toBe('#gradient=RFG&scope=G&T=4&hidden=4&batch=8&steps=40&then=6:K=2&lanes=scope=L');
    const link = parseHash(hash);
    const second = await started({ ...link });
    await second.actions.step(12);
    expect(losses(second)).toEqual(losses(first));
    const third = await started();
    await third.actions.step(2);
    await third.actions.open(link);
    await third.actions.step(12);
    expect(losses(third)).toEqual(losses(first));
    expect(hashOf(third)).toBe(hash);
  });

  it('changes all lanes at one step while it plays, and its link plays the identical losses', async () => {
    const first = await started({
      pinned: { ...pinned, steps: 120 },
      pace: 'full',
      comparison: parseHash('#lanes=surrogate=WSG,samples=2:surrogate=WSG,sigma=0.4').comparison,
    });
    const { app, lane, actions } = first;
    await actions.play();
    await until(() => lane.getState().step > 8);
    await actions.set({ gradient: 'RFG' });
    const [, { step }] = lane.getState().log;
    expect(app.getState().notice?.text).toMatch(`SG-RFG-L from step ${step} on`);
    await until(() => app.getState().status === 'finished');
    expect(app.getState().lanes.map((each) => each.getState().log.map((change) => change.step))).toEqual(
      Array(4).fill([0, step]),
    );
    expect(hashOf(first)).toContain(`then=${step}:gradient=RFG&`);
    const second = await started({ ...parseHash(hashOf(first)) });
    await second.actions.step(120);
    expect(losses(second)).toEqual(losses(first));
  });

  it('leaves nothing of itself to the next one; what was set by hand stays', async () => {
    const playground = await started({ pinned: { ...pinned, gradient: 'RFG', K: 2 } });
    const { app, actions } = playground;
    await actions.compare({ main: { K: 1, law: 'gaussian' }, differences: [{ K: 4 }] });
    expect(app.getState().pinned).toMatchObject({ K: 1, law: 'gaussian' });
    await actions.compare({ main: { scope: 'G' }, differences: [{ scope: 'L' }] });
    expect(app.getState().pinned).toMatchObject({ K: 2, scope: 'G' });
    expect(app.getState().pinned.law).toBeUndefined();
    await actions.set({ scope: 'L' });
    await actions.compare({ main: {}, differences: [{}] });
    expect(app.getState().pinned).toMatchObject({ K: 2, scope: 'L' });
  });

  it('shows what its preset shows, and maps again when another one is started', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }], show: 'surfaces', truth: true });
    expect(hashOf(playground)).toMatch(/show=surfaces&truth=true$/);
    await actions.addLane({ gradient: 'RFG', scope: 'G' });
    expect(app.getState().comparison).toMatchObject({ show: 'surfaces', truth: true });
    await actions.setComparison({ show: 'maps', truth: false });
    expect(hashOf(playground)).not.toMatch(/show|truth/);
    await actions.setComparison({ show: 'surfaces' });
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    expect(app.getState().comparison.show).toBeUndefined();
  });

  it('draws its curves over what its preset is about, else over what they were', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    expect(app.getState().comparison.axis).toBe('steps');
    const presets = comparisonPresets(app.getState().config);
    await actions.compare(presets.find(({ id }) => id === 'forward')!);
    expect(hashOf(playground)).toMatch(/axis=passes/);
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    expect(app.getState().comparison.axis).toBe('passes');
    await actions.endComparison();
    expect(hashOf(playground)).not.toMatch(/axis/);
  });

  it('advances by equal steps again when another one is started', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }], lockstep: 'cost' });
    await actions.step(12);
    expect(steps(playground)[1]).toBeLessThan(12);
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG', K: 2 }] });
    expect(app.getState().comparison.lockstep).toBe('steps');
    await actions.step(12);
    expect(steps(playground)).toEqual([12, 12]);
    await actions.setComparison({ lockstep: 'cost' });
    await actions.endComparison();
    await actions.addLane({ gradient: 'RFG' });
    await actions.step(12);
    expect(steps(playground)).toEqual([12, 12]);
  });

  it('leaves nothing pinned when it ends; a lane that is looked at alone keeps its settings', async () => {
    const playground = await started();
    const { app, actions } = playground;
    const before = app.getState().pinned;
    const preset = {
      main: { gradient: 'RFG', scope: 'G', steps: 80 },
      differences: [{ scope: 'L' }],
    } as const;
    await actions.compare(preset);
    await actions.step(3);
    await actions.endComparison();
    expect(app.getState().pinned).toEqual(before);
    expect(app.getState().config).toMatchObject({ gradient: 'BP', steps: 40 });
    await actions.compare(preset);
    await actions.step(3);
    await actions.endComparison('main', actions.load);
    expect(app.getState().config).toMatchObject({ gradient: 'RFG', scope: 'G' });
    expect(steps(playground)).toEqual([3]);
  });

  it('gains, changes and loses lanes, and keeps one moving', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.addLane({ gradient: 'RFG' });
    await actions.addLane({ gradient: 'WP' });
    await actions.changeLane('lane2', { gradient: 'RFG', scope: 'G' });
    await actions.step(2);
    expect(app.getState().lanes.map((lane) => lane.getState().config.gradient)).toEqual(['BP', 'RFG', 'WP']);
    await actions.removeLane('lane2');
    await actions.holdLane('main', true);
    await actions.step(2);
    expect(steps(playground)).toEqual([2, 4]);
    await actions.holdLane('lane3', true);
    expect(app.getState().notice?.text).toMatch(/has to move/);
    await actions.removeLane('lane3');
    await actions.step(1);
    expect(steps(playground)).toEqual([3]);
    expect(hashOf(playground)).toBe('#T=4&hidden=4&batch=8&steps=40');
  });

  it('keeps letters through the reveal and when a lane is removed; every hiding draws them anew', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }, { gradient: 'WP' }] });
    const slots = () => app.getState().comparison.slots;
    expect(slots()).toBeUndefined();
    await actions.setComparison({ blind: true });
    const drawn = slots();
    expect(Object.values(drawn ?? {}).sort()).toEqual([0, 1, 2]);
    await actions.setComparison({ blind: false });
    expect(slots()).toEqual(drawn);
    expect(parseHash(hashOf(playground)).comparison.slots ?? { main: 0, lane2: 1, lane3: 2 }).toEqual(drawn);
    await actions.removeLane('lane2');
    expect(slots()).toEqual({ main: drawn?.main, lane3: drawn?.lane3 });
    const orders = new Set<string>();
    for (let n = 0; n < 40 && orders.size < 2; n++) {
      await actions.setComparison({ blind: false });
      await actions.setComparison({ blind: true });
      orders.add(JSON.stringify(slots()));
    }
    expect(orders.size).toBe(2);
  });

  it('refuses an unfair lane and the eleventh, and keeps what there is', async () => {
    const playground = await started();
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: Array(9).fill({}) });
    await actions.addLane({});
    expect(app.getState().notice?.text).toMatch(/11 are not allowed; allowed: up to 10/);
    await actions.changeLane('lane2', { seed: 5 });
    expect(app.getState().notice?.text).toMatch(/“seed” is not allowed/);
    expect(app.getState().lanes).toHaveLength(10);
  });

  it('ends with the run of one lane', async () => {
    const playground = await started();
    const { actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    await actions.step(6);
    const [, rfg] = losses(playground);
    await actions.endComparison('lane2', actions.load);
    expect(steps(playground)).toEqual([6]);
    expect(losses(playground)[0]).toEqual(rfg);
    expect(hashOf(playground)).toMatch(/^#gradient=RFG/);
    await actions.step(1);
    expect(steps(playground)).toEqual([7]);
  });

  it('goes on in all lanes when the worker dies', async () => {
    const ports: ReturnType<typeof portHere>[] = [];
    const spawn = () => {
      const port = portHere();
      ports.push(port);
      return port;
    };
    const playground = await started({ pinned, spawn });
    const { app, actions } = playground;
    await actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
    await actions.step(6);
    ports[0].onerror?.({ message: 'gone' } as ErrorEvent);
    await until(() => app.getState().status === 'ready');
    await actions.step(2);
    expect(steps(playground)).toEqual([8, 8]);
  });
});
