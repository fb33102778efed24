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
