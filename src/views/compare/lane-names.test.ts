import { expect, it } from 'vitest';
import { createLaneStore } from '../../state/lane-store.ts';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { shownLanes } from './lane-names.ts';

const config = (pins: Pinned) => resolveConfig(pins);
const L: Pinned = { gradient: 'RFG', scope: 'L' };
const view = { probe: [], silenced: [] };

/** A lane that was begun with BP and stands at `step` of a run that went on with RFG-L from step 40. */
const changed = (step: number) =>
  createLaneStore('main', step < 40 ? config({}) : config(L), view, {
    step,
    end: 100,
    log: [
      { step: 0, config: config({}) },
      { step: 40, config: config(L) },
    ],
  });

it('a lane that was changed in mid-run is named by all that trained it, not while names are hidden', () => {
  const named = (step: number, blind: boolean) => {
    const lane = changed(step);
    return shownLanes([lane], [lane.getState().config], { lanes: [], blind }).map(({ name, path, run }) => [
      name,
      path,
      run,
    ]);
  };
  expect(named(100, false)).toEqual([['SG-RFG-L', 'SG-BP → SG-RFG-L', 'SG-BP → SG-RFG-L since 40']]);
  expect(named(39, false)).toEqual([['SG-BP', 'SG-BP', 'SG-BP']]);
  expect(named(100, true)).toEqual([['A', 'A', 'A']]);
});

it('a name says a setting only where it means something', () => {
  const K = [8, 1].map((K) => createLaneStore(K === 8 ? 'main' : 'b', config({ ...L, K }), view));
  const bp = createLaneStore('c', config({ gradient: 'BP', K: 1 }), view);
  const lanes = [...K, bp];
  const comparison = {
    lanes: [
      { id: 'b', difference: { K: 1 } },
      { id: 'c', difference: { gradient: 'BP' as const } },
    ],
    blind: false,
  };
  const shown = shownLanes(
    lanes,
    lanes.map((lane) => lane.getState().config),
    comparison,
  );
  const names = shown.map(({ name }) => name);
  expect(names).toEqual(['SG-RFG-L, directions K 8', 'SG-RFG-L, directions K 1', 'SG-BP']);
  expect(shown.map(({ spoken }) => spoken)).toEqual([
    'Forward guess, layer by layer, directions K 8',
    'Forward guess, layer by layer, directions K 1',
    'Back-propagation',
  ]);
});
