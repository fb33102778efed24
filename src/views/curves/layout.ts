import type { Box } from '../figures/canvas/surface.ts';
import { placeOf, stepAt } from './scrub-scale.ts';

/** Room for the numbers of an axis, in text sizes: the longest is 0.001 or 1e−10. */
const LEFT = 44 / 11.5;
const RIGHT = 10;
const TOP = 18;
const BETWEEN = 26;
const BOTTOM = 36;

/** Places of the error's and the loss's plot, one above the other over the same steps, beside text of `fontSize` px. */
export function curvesLayout(width: number, height: number, fontSize: number): { error: Box; loss: Box } {
  const left = Math.round(LEFT * fontSize);
  const room = Math.max(40, height - TOP - BETWEEN - BOTTOM);
  const errorHeight = Math.round(room * 0.6);
  const box = (top: number, boxHeight: number): Box => ({
    left,
    top,
    width: Math.max(40, width - left - RIGHT),
    height: boxHeight,
  });
  return { error: box(TOP, errorHeight), loss: box(TOP + errorHeight + BETWEEN, room - errorHeight) };
}

/** Pixel of a step on the axis of log(step + 1). */
export function xOf({ left, width }: Box, step: number, last: number): number {
  return left + placeOf(step, last, 'log') * width;
}

/** Step at a pixel. */
export function stepAtX({ left, width }: Box, x: number, last: number): number {
  return stepAt((x - left) / width, last, 'log');
}
