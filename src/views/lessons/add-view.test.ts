import { afterEach, expect, it } from 'vitest';
import { portHere } from '../../../tests/support/worker.ts';
import { openScene } from '../../lessons/open-scene.ts';
import { createPlayground, type Playground } from '../../state/playground.ts';
import { parseHash } from '../../state/url.ts';
import { addView, viewHash } from './add-view.ts';
import { useOwnLesson } from './own-lesson.ts';

let playground: Playground;
afterEach(() => playground.actions.dispose());

it('a view becomes the scene that shows it: settings, training, probe and silenced neurons', async () => {
  playground = createPlayground({ spawn: () => portHere(), pinned: { T: 4, hidden: [[4]], batch: [8] } });
  await playground.actions.start();
  await playground.actions.step(5);
  await playground.actions.setProbe([0.3, 0.25]);
  await playground.actions.toggleSilenced({ factor: 0, depth: 0, neuron: 2 });
  const hash = viewHash(playground);
  expect(hash).toBe('#T=4&hidden=4&batch=8&probe=0.3,0.25&trained=5&silenced=1.3');
  await openScene(playground, { hash });
  expect(viewHash(playground)).toBe(hash);
});

it('a view whose names are hidden says none of them', async () => {
  const { comparison, pinned } = parseHash('#gradient=RFG&lanes=K=8&blind=true');
  playground = createPlayground({ spawn: () => portHere(), pinned, comparison });
  addView(playground);
  const { draft } = useOwnLesson.getState();
  expect(draft).toMatch(/^\[What the page shows\]\(#/m);
  expect(draft).not.toMatch(/RFG|K=/);
});
