import { expect, it } from 'vitest';
import { batchesSaid } from './Batches.tsx';

const lane = (letter: string, hold: number, batch = [32, 32]) => ({ letter, hold, batch });

it('says for how many steps a batch is kept where lanes differ in that', () => {
  expect(batchesSaid([lane('A', 1), lane('B', 1)], false)).toBeUndefined();
  expect(batchesSaid([lane('A', 1), lane('B', 1024), lane('C', 1024)], false)).toBe(
    'Not the same batches: A draws a new batch every step; B, C draw a new batch every 1,024 steps.',
  );
  expect(batchesSaid([lane('A', 1, [8]), lane('B', 1, [16])], false)).toMatch(
    /A draws a new batch of 8 every/,
  );
});

it('does not give a blind lane away', () => {
  const said = batchesSaid([lane('A', 1), lane('B', 1024)], true);
  expect(said).toBe(
    'Not the same batches: some lanes draw a new batch every step, others a new batch every 1,024 steps.',
  );
});
