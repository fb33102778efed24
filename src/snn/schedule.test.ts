import { describe, expect, it } from 'vitest';
import { learningRate, type ScheduleKind } from './schedule.ts';

const at = (kind: ScheduleKind, step: number, finalFraction = 0.01) =>
  learningRate({ kind, startRate: 0.5, steps: 1000, finalFraction }, step);

describe('learningRate', () => {
  it('starts at η', () => {
    for (const kind of ['constant', 'cosine', 'exponential'] as const) expect(at(kind, 0)).toBe(0.5);
  });

  it('ends at the final fraction and keeps the last rate', () => {
    for (const kind of ['cosine', 'exponential'] as const) {
      expect(at(kind, 1000)).toBeCloseTo(0.005, 15);
      for (const step of [1001, 5000, 1e7]) expect(at(kind, step)).toBe(at(kind, 1000));
      expect(at(kind, 1000, 0)).toBe(0);
      expect(at(kind, 1000, 1)).toBe(0.5);
    }
    expect(at('constant', 1e7)).toBe(0.5);
  });

  it('goes half way along a cosine, or by equal factors', () => {
    expect(at('cosine', 500)).toBeCloseTo(0.5 * (0.01 + 0.99 / 2), 14);
    expect(at('cosine', 250)).toBeCloseTo(0.5 * (0.01 + (0.99 * (1 + Math.SQRT1_2)) / 2), 14);
    expect(at('exponential', 500)).toBeCloseTo(0.05, 14);
    expect(at('exponential', 100) / at('exponential', 200)).toBeCloseTo(10 ** 0.2, 12);
  });

  it('never rises', () => {
    for (const kind of ['cosine', 'exponential'] as const)
      for (let step = 0; step < 1100; step++) expect(at(kind, step + 1)).toBeLessThanOrEqual(at(kind, step));
  });
});
