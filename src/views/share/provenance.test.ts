import { afterEach, expect, it } from 'vitest';
import { portHere } from '../../../tests/support/worker.ts';
import { createPlayground, type Playground } from '../../state/playground.ts';
import { notesOf, provenanceOf, settingsOf } from './provenance.ts';

const pinned = { T: 4, batch: [8], hidden: [[4]], steps: 40 } as const;
const open: Playground[] = [];
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});
const create = (pins: object) => {
  const playground = createPlayground({ spawn: () => portHere(), pinned: pins });
  open.push(playground);
  return playground;
};
const ADDRESS = 'https://a.org/page/#old';

it('a file says experiment, method with its changes, settings, step and link', async () => {
  const playground = create(pinned);
  await playground.actions.start();
  await playground.actions.step(10);
  await playground.actions.set({ gradient: 'RFG', K: 2 });
  await playground.actions.step(5);
  const notes = notesOf(provenanceOf('Signed error', playground, ADDRESS));
  expect(notes[0]).toBe('Spiking Playground: Signed error');
  expect(notes[1]).toBe('Mexican hat, SG-BP, then SG-RFG-L since step 10, step 15');
  expect(notes[2]).toMatch(
    /^T 4, σ 0\.5, hidden 4, batch 8, K 2, rate .* by .*, schedule of 40 steps, seed 1/,
  );
  expect(notes[3]).toBe('https://a.org/page/#T=4&hidden=4&batch=8&steps=40&then=10:gradient=RFG:K=2');
  // Sought back before the change, the run is what it was there.
  await playground.actions.seek(4);
  expect(provenanceOf('x', playground, ADDRESS).lines[0]).toBe('Mexican hat, SG-BP, step 4');
});

it('the recorded run is said to be one', () => {
  expect(provenanceOf('x', create({}), ADDRESS).lines[0]).toBe('Mexican hat, SG-BP, step 5,000 (recorded)');
});

it('lanes are named, and are not while their names are hidden', async () => {
  const playground = create(pinned);
  await playground.actions.start();
  await playground.actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
  const { lines } = provenanceOf('x', playground, ADDRESS);
  expect(lines[0]).toBe('Mexican hat, A SG-BP at step 0; B SG-RFG-L at step 0');
  // A setting that a lane has in its own way is not given for all of them.
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^A: T 4, .* batch 8, rate 0\.02 /);
  expect(lines[2]).toMatch(/^B: T 4, .* batch 8, K 8, rate 0\.006 /);
  await playground.actions.compare({ main: {}, differences: [{ surrogate: 'WSG' }] });
  expect(provenanceOf('x', playground, ADDRESS).lines.slice(1)).toEqual([
    settingsOf(playground.app.getState().config),
  ]);
  await playground.actions.compare({ main: {}, differences: [{ gradient: 'RFG' }] });
  await playground.actions.setComparison({ blind: true });
  const said = notesOf(provenanceOf('x', playground, ADDRESS)).join('\n');
  expect(said).toContain('Mexican hat, A at step 0; B at step 0');
  expect(said).not.toMatch(/SG-|RFG|BP/);
});
