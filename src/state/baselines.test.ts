import { afterEach, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from './playground.ts';

const open: Playground[] = [];
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

async function started(spawn = () => portHere()) {
  const playground = createPlayground({ spawn, pinned: { T: 4, batch: [8], hidden: [[4]], steps: 20 } });
  open.push(playground);
  await playground.actions.start();
  const done = () => until(() => playground.baselines.getState().report?.state === 'done');
  return { ...playground, done };
}

it('are computed once they are asked for, not before', async () => {
  const { baselines, actions, done } = await started();
  expect(baselines.getState()).toEqual({ shown: false });
  actions.showBaselines(true);
  await done();
  const { report } = baselines.getState();
  expect(report?.errors.map(({ name }) => name)).toEqual(['nothing-learned', 'least-squares', 'polynomial']);
  expect(report?.errors[0].error).toBe(1);
  expect(report?.curve).not.toHaveLength(0);
  // Hidden and shown again they are the same.
  actions.showBaselines(false);
  actions.showBaselines(true);
  expect(baselines.getState()).toMatchObject({ shown: true, report });
});

it('are withdrawn and computed anew when data change, and stay when only the method does', async () => {
  const { baselines, actions, done } = await started();
  actions.showBaselines(true);
  await done();
  const first = baselines.getState().report;
  await actions.set({ surrogate: 'WSG', sigma: 0.4 });
  await actions.step(2);
  const plane = (report = baselines.getState().report) =>
    report?.errors.find(({ name }) => name === 'least-squares')?.error;
  expect(plane()).toBe(plane(first));

  const seen: unknown[] = [];
  const stop = baselines.subscribe(({ report }) => seen.push(report));
  await actions.set({ target: 'ripples' });
  await until(() => seen.length > 0 && baselines.getState().report?.state === 'done');
  stop();
  expect(seen[0]).toBeUndefined();
  expect(plane()).not.toBe(plane(first));
});

it('are asked for again of a worker that took the place of one that died', async () => {
  const ports: ReturnType<typeof portHere>[] = [];
  const { baselines, actions, done } = await started(() => {
    ports.push(portHere());
    return ports[ports.length - 1];
  });
  actions.showBaselines(true);
  await until(() => baselines.getState().report !== undefined);
  actions.showBaselines(false);
  ports[0].kill();
  ports[0].onerror?.({ message: 'lost' } as ErrorEvent);
  await until(() => ports.length > 1);
  actions.showBaselines(true);
  await done();
  expect(baselines.getState().fault).toBeUndefined();
});
