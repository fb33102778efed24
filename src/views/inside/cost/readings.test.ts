import { expect, it } from 'vitest';
import type { Pinned } from '../../../training/config.ts';
import type { CountedMethod } from '../../../training/cost-beside.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { against, pairOf, passesSaid, passesSentence, readingsOf, shareOf, stepUnder } from './readings.ts';

/** Invented counts: 100 operations a forward pass. */
function counted(
  method: string,
  gradient: CountedMethod['gradient'],
  passes: number,
  bytes: number,
  more: Partial<CountedMethod> = {},
): CountedMethod {
  const half = { additions: 50 * passes, multiplications: 50 * passes };
  return {
    method,
    gradient,
    cost: {
      ...half,
      parts: [],
      bytesForGradient: bytes,
      forwardEquivalents: passes,
      forward: { additions: 50, multiplications: 50 },
    },
    sweeps: { forward: 1, backward: 0 },
    ...more,
  };
}
const methods = [
  counted('SG-BP', 'BP', 6.8, 1000, { sweeps: { forward: 1, backward: 1 } }),
  counted('SG-RFG-G', 'RFG', 6.8, 95, { K: 1 }),
  counted('SG-RFG-L', 'RFG', 7.1, 141, { K: 1, paper: 1 }),
  counted('WP-G', 'WP', 3, 5, { K: 1, sweeps: { forward: 3, backward: 0 } }),
  counted('SG-RFG-L', 'RFG', 51, 1128, { K: 8, paper: 1 }),
];

it('one sentence has both counts with the K that they hold for', () => {
  expect(passesSentence(pairOf(methods)!)).toBe(
    'With K = 8 directions a step of SG-RFG-L costs 51.0 forward passes, one of SG-BP 6.80; the paper counts 1 and 3.',
  );
  expect(passesSentence(pairOf(methods.slice(0, 4))!)).toMatch(
    /^With K = 1 direction a step of SG-RFG-L costs 7.10 /,
  );
  expect(pairOf([])).toBeUndefined();
});

it('names the run’s own method, with the paper’s count where there is one', () => {
  const said = (pins: Pinned) => passesSentence(pairOf(methods, stepUnder(resolveConfig(pins), 17))!);
  expect(said({ gradient: 'WP', scope: 'A', K: 4 })).toBe(
    'With K = 4 directions a step of WP-A costs 17.0 forward passes, one of SG-BP 6.80; the paper counts 3 for SG-BP and does not count WP-A.',
  );
  expect(said({ gradient: 'RFG', scope: 'G', K: 1 })).toMatch(
    /^With K = 1 direction a step of SG-RFG-G costs 17\.0 .*; the paper counts 1 and 3\.$/,
  );
  expect(said({ gradient: 'RF' })).toMatch(/^A step of RF costs .* does not count RF\.$/);
});

it('every reading of the paper’s claim has the counted numbers', () => {
  const [paper, sweeps, passes, arithmetic, memory] = readingsOf(methods, 32);
  expect(paper).toContain('RFG 1 forward pass, BP 3');
  expect(sweeps).toContain('BP 2, of which the one back waits for the one forward; RFG 1');
  expect(sweeps).toContain('WP-G 3,');
  expect(passes).toContain('(WP-G) 3.00, BP 6.80: −56 %');
  expect(arithmetic).toContain('SG-RFG-G 6.80, SG-RFG-L 7.10, BP 6.80: equal and +4 %');
  expect(memory).toContain('SG-RFG-G 9.5 %, SG-RFG-L 14 %, WP-G 0.50 %');
  expect(readingsOf([], 32)).toEqual([]);
});

it('shares and differences keep two or three digits', () => {
  expect([0.004, 0.0951, 0.9949, 1.15].map((x) => shareOf(x, 1))).toEqual([
    '0.40 %',
    '9.5 %',
    '99 %',
    '115 %',
  ]);
  expect([0.44, 1.004, 12].map((x) => against(x, 1))).toEqual(['−56 %', 'equal', '+1,100 %']);
  expect([3, 32.24, 1900.4].map(passesSaid)).toEqual(['3.00', '32.2', '1,900']);
});
