import type { Box } from '../figures/canvas/surface.ts';
import { placeOf, stepAt } from './scrub-scale.ts';

/** Room for the numbers of an axis, in text sizes: the longest is 0.001 or 1e−10. */
const LEFT = 44 / 11.5;
const RIGHT = 10;
/** Height of a line of text, in text sizes. */
const LINE = 1.2;
/** A plot's title with its distance, and what else lies between two plots. */
const TITLE = 4;
const BETWEEN = 8;
/** Ticks above their numbers; least room for these with the axis's name below them. */
const TICKS = 6;
const NAMED = 36;
/** Plots together less high than so many text sizes have the name's place, too. */
const LOW = 4;

export interface CurvesLayout {
  readonly error: Box;
  readonly loss: Box;
  /** Whether there is room for the name of the steps' axis. */
  readonly named: boolean;
}

/**
 * Places of the error's and the loss's plot, one above the other over the same steps, beside text of `fontSize` px. Numbers and titles
 * stay on the canvas, however low it is.
 */
export function curvesLayout(width: number, height: number, fontSize: number): CurvesLayout {
  const left = Math.round(LEFT * fontSize);
  const line = Math.round(LINE * fontSize);
  const above = 2 * (line + TITLE) + BETWEEN;
  const withName = height - above - Math.max(TICKS + 2 * line, NAMED);
  const named = withName >= LOW * fontSize;
  const room = Math.max(8, named ? withName : height - above - line - TICKS);
  const errorHeight = Math.round(room * 0.6);
  const box = (top: number, boxHeight: number): Box => ({
    left,
    top,
    width: Math.max(40, width - left - RIGHT),
    height: boxHeight,
  });
  const top = line + TITLE;
  return {
    error: box(top, errorHeight),
    loss: box(top + errorHeight + BETWEEN + line + TITLE, room - errorHeight),
    named,
  };
}

/** How many numbers the logarithmic axis of a plot has at the most; never fewer than its two ends. */
export const mostTicks = ({ height }: Box, fontSize: number): number =>
  Math.max(2, Math.floor(height / (1.4 * fontSize)));

/** Pixel of a step on the axis of log(step + 1). */
export function xOf({ left, width }: Box, step: number, last: number): number {
  return left + placeOf(step, last, 'log') * width;
}

/** Step at a pixel. */
export function stepAtX({ left, width }: Box, x: number, last: number): number {
  return stepAt((x - left) / width, last, 'log');
}
