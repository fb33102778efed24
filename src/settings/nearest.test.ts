import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest.ts';

/** Fewest edits by trying them all: each way a pair of beginnings can end, remembered. */
function fewestEdits(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return fewestEdits(restA, restB);
  const ways = [fewestEdits(restA, b), fewestEdits(a, restB), fewestEdits(restA, restB)];
  if (a[0] === b[1] && a[1] === b[0]) ways.push(fewestEdits(a.slice(2), b.slice(2)));
  return 1 + Math.min(...ways);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

describe('editDistance', () => {
  it('is the fewest insertions, deletions, substitutions and swaps of neighbours', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(fewestEdits(a, b));
      }),
    );
  });

  it('counts a swap as one edit', () => {
    expect(editDistance('gradient', 'gradeint')).toBe(1);
    expect(editDistance('gradient', 'gradiant')).toBe(1);
  });
});

describe('nearest', () => {
  const OPTIONS = ['experiment', 'methods', 'seeds', 'set', 'steps', 'shard', 'K'];
  it.each([
    ['seed', ['seeds']],
    ['metods', ['methods']],
    ['Experiment', ['experiment']],
    ['stpes', ['steps']],
    ['zebra', []],
    ['x', []],
    ['', []],
  ])('%s: %j', (typed, words) => {
    expect(nearest(typed, OPTIONS)).toEqual(words);
  });

  it('is told in a message, or not at all', () => {
    expect(didYouMean('sets', OPTIONS)).toBe(' (did you mean “set”?)');
    expect(didYouMean('se', ['set', 'see', 'sew'])).toBe(' (did you mean “set” or “see”?)');
    expect(didYouMean('zebra', OPTIONS)).toBe('');
    expect(didYouMean('a'.repeat(1e6), OPTIONS)).toBe('');
  });
});
