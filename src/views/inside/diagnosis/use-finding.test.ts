import { afterEach, expect, it } from 'vitest';
import { portHere, until } from '../../../../tests/support/worker.ts';
import { createPlayground, type Playground } from '../../../state/playground.ts';
import type { Pinned } from '../../../training/config.ts';
import { findingNow, remedyNow } from './use-finding.ts';

const open: Playground[] = [];
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

async function started(pinned: Pinned) {
  const small = { T: 4, batch: [8], hidden: [[4]] } as const;
  const playground = createPlayground({
    spawn: () => portHere(),
    pinned: { ...small, ...pinned },
    pace: 'full',
  });
  open.push(playground);
  await playground.actions.start();
  return playground;
}

it('a finished run goes on under the remedy, from where it stood and with its history', async () => {
  const playground = await started({ rate: 1e-7, schedule: 'constant', steps: 450 });
  const { app, lane, actions } = playground;
  await actions.play();
  await until(() => app.getState().status === 'finished');
  const finding = findingNow(playground);
  expect(finding).toMatchObject({ kind: 'plateau', remedy: { pins: { rate: 0.02 } } });
  const history = [...lane.getState().losses.values];
  const error = lane.getState().metrics.at(-1)?.value ?? Number.NaN;
  await remedyNow(playground, finding!.remedy!);
  await until(() => lane.getState().step >= 500);
  await actions.pause();
  expect([...lane.getState().losses.values.slice(0, 450)]).toEqual(history);
  expect(lane.getState().log.map(({ step }) => step)).toEqual([0, 450]);
  expect(lane.getState().metrics.at(-1)?.value).toBeLessThan(error);
});

it('a run that a rate has taken too far goes back, and on with a lower one', async () => {
  const playground = await started({ optimiser: 'sgd', rate: 100, schedule: 'constant' });
  const { app, lane, actions } = playground;
  await actions.step(6);
  const finding = findingNow(playground);
  expect(finding).toMatchObject({ kind: 'runaway', remedy: { seekTo: 0, pins: { rate: 0.02 } } });
  const error = lane.getState().metrics.at(-1)?.value ?? Number.NaN;
  expect(error).toBeGreaterThan(1e3);
  await remedyNow(playground, finding!.remedy!);
  expect(app.getState().status).toBe('playing');
  await until(() => lane.getState().step >= 20);
  await actions.pause();
  expect(lane.getState().metrics.at(-1)?.value).toBeLessThan(2);
  expect(findingNow(playground)).toBeUndefined();
});

it('what came after the step that is sought is not held against it', async () => {
  const playground = await started({ optimiser: 'sgd', rate: 100, schedule: 'constant' });
  await playground.actions.step(6);
  await playground.actions.seek(0);
  expect(findingNow(playground)).toBeUndefined();
});
