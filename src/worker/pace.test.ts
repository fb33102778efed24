import { describe, expect, it } from 'vitest';
import { LOG_SECONDS, LOG_STEPS, STEADY_RATE, stepsDue } from './pace.ts';

describe('stepsDue', () => {
  it('log pace begins with single steps and passes LOG_STEPS after LOG_SECONDS', () => {
    expect(stepsDue('log', 0, 0)).toBe(1);
    expect(stepsDue('log', 0, 1)).toBeLessThan(6);
    expect(stepsDue('log', 0, LOG_SECONDS)).toBeGreaterThanOrEqual(LOG_STEPS);
    expect(stepsDue('log', 0, LOG_SECONDS)).toBeLessThanOrEqual(LOG_STEPS + 1);
  });
  it('goes on at the pace of the step it starts from', () => {
    const begun = stepsDue('log', 400, 0);
    expect(begun).toBeGreaterThan(400);
    expect(begun).toBeLessThan(404);
    expect(stepsDue('log', 400, 1)).toBeGreaterThan(600);
  });
  it('is even at steady pace and unbounded at full', () => {
    expect(stepsDue('steady', 100, 2)).toBe(100 + 2 * STEADY_RATE + 1);
    expect(stepsDue('full', 0, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
