import { describe, expect, it } from 'vitest';
import { placeOf, stepAfterKey, stepAt } from './scrub-scale.ts';

describe('places of steps', () => {
  it('are read back as the same step', () => {
    for (const spacing of ['log', 'linear'] as const)
      for (const step of [0, 1, 17, 4999, 5000])
        expect(stepAt(placeOf(step, 5000, spacing), 5000, spacing)).toBe(step);
  });

  it('start at 0 and stay between the ends', () => {
    expect(placeOf(0, 5000, 'log')).toBe(0);
    expect(placeOf(0, 0, 'log')).toBe(0);
    expect(placeOf(9000, 5000, 'linear')).toBe(1);
    expect(stepAt(2, 5000, 'linear')).toBe(5000);
  });
});

describe('keys', () => {
  it('move by one, by a tenth, and to the ends, within the run', () => {
    expect(stepAfterKey('ArrowLeft', 5, 100)).toBe(4);
    expect(stepAfterKey('ArrowLeft', 0, 100)).toBe(0);
    expect(stepAfterKey('PageUp', 95, 100)).toBe(100);
    expect(stepAfterKey('PageDown', 95, 100)).toBe(85);
    expect(stepAfterKey('End', 5, 100)).toBe(100);
    expect(stepAfterKey('x', 5, 100)).toBeUndefined();
  });
});
