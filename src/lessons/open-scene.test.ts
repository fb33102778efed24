import { afterEach, expect, it } from 'vitest';
import { portHere } from '../../tests/support/worker.ts';
import { createPlayground, type Playground } from '../state/playground.ts';
import { openScene, openSolution } from './open-scene.ts';

const SMALL = 'T=4&hidden=4&batch=8&steps=40&gradient=RFG';
let playground: Playground;
afterEach(() => playground.actions.dispose());

it('shows the place, the silent neurons and, once the network is trained, the view of its weights', async () => {
  playground = createPlayground({ spawn: () => portHere() });
  await playground.actions.start();
  const seen: unknown[] = [];
  const onTrained = () => seen.push(playground.app.getState().presentation.inside);
  await openScene(
    playground,
    { hash: `#${SMALL}&trained=30&inside=microscope&probe=0.3,0.25&silenced=1.2,1.4` },
    { onTrained },
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.every((inside) => inside === undefined)).toBe(true);
  expect(playground.app.getState().presentation.inside).toBe('microscope');
  const { step, view } = playground.lane.getState();
  expect(step).toBe(30);
  expect(view.probe).toEqual([[0.3, 0.25]]);
  expect(view.silenced).toEqual([
    { factor: 0, depth: 0, neuron: 1 },
    { factor: 0, depth: 0, neuron: 3 },
  ]);

  await openSolution(playground, `#${SMALL}&silenced=1.1`);
  expect(playground.lane.getState().step).toBe(30);
  expect(playground.lane.getState().view.silenced).toEqual([{ factor: 0, depth: 0, neuron: 0 }]);
});

it('begins a run of its own, and says nothing of a change in one', async () => {
  playground = createPlayground({ spawn: () => portHere(), pinned: { T: 4, hidden: [[4]], batch: [8] } });
  await playground.actions.start();
  await playground.actions.step(3);
  await openScene(playground, { hash: '#T=4&hidden=4&batch=8&gradient=RFG' });
  expect(playground.lane.getState()).toMatchObject({ step: 0, log: [{ step: 0 }] });
  expect(playground.app.getState().notice).toBeUndefined();
  await playground.actions.step(3);
  await openScene(playground, { hash: '#T=4&hidden=4&batch=8&seed=5' });
  expect(playground.lane.getState().step).toBe(0);
  expect(playground.app.getState().notice).toBeUndefined();
});

it.each([
  ['further than its run is planned', 'T=4&hidden=4&batch=8&steps=20&trained=45'],
  ['by a method that is done in one step', 'T=4&hidden=4&batch=8&gradient=RF&trained=30'],
  ['as rates', 'T=4&hidden=4&batch=8&gradient=ANN&trained=30'],
  ['with lanes', 'T=4&hidden=4&batch=8&gradient=RFG&lanes=K=2&trained=30'],
  ['with a rate that lets it diverge', 'T=4&hidden=4&batch=8&rate=100&trained=400'],
])('ends, however a network is trained: %s', async (_, hash) => {
  playground = createPlayground({ spawn: () => portHere() });
  await playground.actions.start();
  await openScene(playground, { hash: `#${hash}` });
  const { step } = playground.lane.getState();
  if (playground.app.getState().status !== 'diverged')
    expect(step).toBe(Number(/trained=(\d+)/.exec(hash)?.[1]));
});

it('is trained to its step where the worker ends on the way', async () => {
  const ports: ReturnType<typeof portHere>[] = [];
  playground = createPlayground({
    spawn: () => {
      const port = portHere();
      ports.push(port);
      return port;
    },
  });
  await playground.actions.start();
  let ended = false;
  await openScene(
    playground,
    { hash: '#T=4&hidden=4&batch=8&trained=300' },
    {
      onTrained: (step) => {
        if (ended || step === 0) return;
        ended = true;
        setTimeout(() => ports[0].onerror?.({ message: 'out of memory' } as ErrorEvent));
      },
    },
  );
  expect(ended).toBe(true);
  expect(playground.lane.getState().step).toBe(300);
});
