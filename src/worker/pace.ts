import type { Pace } from './protocol.ts';

/** Seconds in which log pace reaches its first LOG_STEPS steps; it goes on doubling at the same rhythm. */
export const LOG_SECONDS = 8;
export const LOG_STEPS = 400;
/** Steps a second at steady pace. */
export const STEADY_RATE = 30;

/** Steps that should have been done `seconds` after playing began at step `start`. */
export function stepsDue(pace: Pace, start: number, seconds: number): number {
  if (pace === 'full') return Number.POSITIVE_INFINITY;
  if (pace === 'steady') return start + Math.floor(seconds * STEADY_RATE) + 1;
  const rhythm = Math.log(LOG_STEPS + 1) / LOG_SECONDS;
  const offset = Math.log(start + 1) / rhythm;
  return Math.floor(Math.exp((seconds + offset) * rhythm)) + (start === 0 ? 0 : 1);
}
