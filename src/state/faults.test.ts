import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { packTable } from '../problems/samples.ts';
import type { Pinned } from '../training/config.ts';
import { resolveConfig } from '../training/presets.ts';
import { referenceEngine } from '../training/reference-engine.ts';
import type { WorkerPort } from '../worker/client.ts';
import type { PlaygroundOptions } from './app-state.ts';
import { createPlayground, type Playground } from './playground.ts';
import { parseHash } from './url.ts';

const small: Pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 };
const open: Playground[] = [];

async function started(options: Partial<PlaygroundOptions> = {}) {
  const playground = createPlayground({ spawn: () => portHere(), pinned: small, ...options });
  open.push(playground);
  await playground.actions.start();
  return playground;
}
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

describe('a link with a table that came to harm', () => {
  const table = (name: string) =>
    packTable(name, [
      { name: 'x', values: Float64Array.from({ length: 40 }, (_, i) => i) },
      { name: 'z', values: Float64Array.from({ length: 40 }, (_, i) => (i * i) % 7) },
    ]);
  const harmed = table('weather.csv').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

  it('is said at once, all else is kept, and the file mends it', async () => {
    const link = parseHash(
      `#experiment=own-data&T=4&batch=8&hidden=4&steps=40&gradient=RFG&noise=0.1&data=${encodeURIComponent(harmed)}&lanes=gradient=WP`,
    );
    expect(link.faults).toEqual([]);
    const { app, lane, actions } = await started({ pinned: link.pinned, comparison: link.comparison });
    expect(app.getState().notice).toMatchObject({
      kind: 'error',
      text: expect.stringMatching(/^data: “weather\.csv” was damaged.*; allowed: 40 rows .* Open that file/),
    });
    expect(app.getState().pinned).toEqual(link.pinned);
    expect(app.getState().lanes).toHaveLength(2);
    await actions.set({ data: table('weather.csv') });
    await actions.step(3);
    expect(app.getState()).toMatchObject({ status: 'paused', config: { gradient: 'RFG', noise: 0.1 } });
    expect(app.getState().notice?.kind).not.toBe('error');
    expect(app.getState().lanes.map((one) => one.getState().config.gradient)).toEqual(['RFG', 'WP']);
    expect(lane.getState().step).toBe(3);
  });

  it('leaves out of the link what is no table, and says so', () => {
    const { faults, pinned } = parseHash(`#experiment=own-data&gradient=RFG&data=${harmed.slice(0, -3)}%20!`);
    expect(faults).toEqual([expect.stringMatching(/^data: “weather\.csv.*a table’s text/)]);
    expect(pinned).toEqual({ experiment: 'own-data', gradient: 'RFG' });
  });
});

describe('a link with a formula that cannot be used', () => {
  it.each([
    ['1/0', /formula: “1\/0” is not allowed: at \(.*\) it is .*no finite number; allowed: values from/],
    [
      'foo(x',
      /formula: “foo\(x” is not allowed: unknown name “foo” at character 1; allowed: a formula in x and y/,
    ],
    ['1e39*x', /at \(.*\) it is .*e\+39, which is too large; allowed: values from/],
  ])('%s is named, the default is used and the rest kept', async (formula, message) => {
    const { app, lane, actions } = await started({
      pinned: { ...small, target: 'formula', formula, gradient: 'RFG' },
    });
    const { status, notice, config, pinned } = app.getState();
    expect(status).toBe('ready');
    expect(notice).toMatchObject({ kind: 'warning', text: expect.stringMatching(message) });
    expect(notice?.text).toContain('target=hat');
    expect(config).toMatchObject({ target: 'hat', gradient: 'RFG', T: 4 });
    expect(pinned).toMatchObject({ gradient: 'RFG', formula });
    await actions.step(3);
    expect(lane.getState()).toMatchObject({ step: 3, config: { target: 'hat', gradient: 'RFG' } });
    await actions.set({ target: 'saddle' });
    expect(lane.getState().config.target).toBe('saddle');
    expect(app.getState().notice?.kind).not.toBe('error');
  });

  it('is named below what else was left out, and lanes and changes to come are kept', async () => {
    const link = parseHash(
      '#target=formula&formula=1/0&T=4&batch=8&hidden=4&steps=40&then=2:gradient=RFG&lanes=gradient=WP',
    );
    expect(link.comparison.lanes).toHaveLength(1);
    const { app, lane, actions } = await started({
      pinned: link.pinned,
      planned: link.planned,
      comparison: link.comparison,
      notice: { kind: 'warning', text: 'Left out of the link – K' },
    });
    expect(app.getState().notice?.text).toMatch(/^Left out of the link – K\nformula: “1\/0”/);
    await actions.step(4);
    const [, beside] = app.getState().lanes;
    expect(lane.getState()).toMatchObject({ step: 4, config: { target: 'hat', gradient: 'RFG' } });
    expect(beside.getState()).toMatchObject({ step: 4, config: { target: 'hat', gradient: 'WP' } });
  });

  it('leaves the page working when it is opened in mid-run', async () => {
    const { app, lane, actions } = await started();
    await actions.step(2);
    await actions.open(parseHash('#target=formula&formula=1/0&gradient=RFG&T=4&batch=8&hidden=4&steps=40'));
    expect(app.getState()).toMatchObject({
      status: 'ready',
      config: { target: 'hat', gradient: 'RFG' },
      notice: { kind: 'warning', text: expect.stringContaining('“1/0”') },
    });
    await actions.step(1);
    expect(lane.getState().config).toMatchObject({ target: 'hat', gradient: 'RFG' });
  });

  it('a formula typed in a run leaves its target as it was', async () => {
    const { app, lane, actions } = await started({ pinned: { ...small, target: 'saddle' } });
    await actions.step(2);
    await actions.set({ target: 'formula', formula: '1e39*x' });
    expect(app.getState()).toMatchObject({ config: { target: 'saddle' }, notice: { kind: 'error' } });
    expect(lane.getState().step).toBe(2);
  });
});

/** A worker without an engine until `mended` is set. */
function withoutEngine() {
  const fault = { mended: false };
  const spawn = (): WorkerPort =>
    portHere({
      chooseEngine: async () => {
        if (!fault.mended) throw new Error('no engine here');
        return { engine: referenceEngine, report: { engine: 'reference', reason: 'for tests', trials: [] } };
      },
    });
  return { fault, spawn };
}

describe('lanes that could not be opened', () => {
  it('are opened by the next change of settings, under these', async () => {
    const { fault, spawn } = withoutEngine();
    const { app, lane, actions } = await started({ spawn });
    expect(app.getState()).toMatchObject({ status: 'failed', notice: { text: 'no engine here' } });
    fault.mended = true;
    await actions.set({ target: 'saddle', K: 3 });
    expect(app.getState()).toMatchObject({ status: 'ready', config: { target: 'saddle', K: 3 } });
    expect(app.getState().notice?.kind).not.toBe('error');
    expect(lane.getState().config).toEqual(resolveConfig({ ...small, target: 'saddle', K: 3 }));
    expect(lane.getState().prediction?.step).toBe(0);
  });

  it('are opened by play; while that fails the reason stands again', async () => {
    const { fault, spawn } = withoutEngine();
    const { app, lane, actions } = await started({ spawn, pace: 'full' });
    await actions.play();
    expect(app.getState()).toMatchObject({ status: 'failed', notice: { text: 'no engine here' } });
    await actions.reset();
    expect(app.getState()).toMatchObject({ status: 'failed', notice: { text: 'no engine here' } });
    fault.mended = true;
    await actions.play();
    await until(() => app.getState().status === 'finished');
    expect(lane.getState().step).toBe(40);
  });

  it('take settings that are chosen while nothing can be opened', async () => {
    const { fault, spawn } = withoutEngine();
    const { app, lane, actions } = await started({ spawn });
    await actions.set({ experiment: 'hat', gain: 3, target: 'step' });
    expect(app.getState()).toMatchObject({ status: 'failed', notice: { text: 'no engine here' } });
    fault.mended = true;
    await actions.start();
    expect(app.getState().status).toBe('ready');
    expect(lane.getState().config).toMatchObject({ gain: 3, target: 'step' });
  });
});
