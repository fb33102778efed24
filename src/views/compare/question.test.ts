import { expect, it } from 'vitest';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { questionFor } from './question.ts';

const asked = (...lanes: Pinned[]) => questionFor(lanes.map((lane) => resolveConfig(lane)));
const [BP, RFG, WP]: Pinned[] = [{ gradient: 'BP' }, { gradient: 'RFG' }, { gradient: 'WP' }];
const [ANN, RF]: Pinned[] = [{ gradient: 'ANN' }, { gradient: 'RF' }];

it('the class is asked what exactly one lane answers', () => {
  expect(asked(BP, RFG)).toBe('Which one is back-propagation?');
  expect(asked(RFG, WP)).toBe('Which one has no derivative at all?');
  expect(asked(ANN, RF)).toBe('Which one was trained without spikes?');
  expect(asked({ ...RFG, scope: 'G' }, { ...RFG, scope: 'L' })).toBe('Which one perturbs layer by layer?');
  expect(asked(BP, { ...BP, surrogate: 'WSG' })).toBe('Which one estimates its surrogate from samples?');
  // Two lanes are BP and one is not: only the other one can be asked for.
  expect(asked(BP, BP, { ...RFG, scope: 'G' })).toBe('Which one perturbs all layers at once?');
});

it('what no lane or several lanes answer is not asked', () => {
  const open = 'What do they do differently?';
  expect(asked(BP, { ...BP, T: 8 })).toBe(open);
  expect(asked(RFG, { ...RFG, K: 4 })).toBe(open);
  expect(asked(BP, BP, { ...BP, surrogate: 'WSG' }, { ...BP, surrogate: 'WSG' })).toBe(open);
});
