import type { Box } from '../canvas/surface.ts';

const LEFT = 24;
const RIGHT = 8;
const TOP = 6;
const AXIS = 24;
const BAR = 10;
const BAR_NUMBERS = 20;

/** Places of the map (a square) and its colour bar on a canvas. */
export function mapLayout(width: number, height: number): { map: Box; bar: Box } {
  const side = Math.max(
    20,
    Math.floor(Math.min(width - LEFT - RIGHT, height - TOP - AXIS - BAR - BAR_NUMBERS)),
  );
  const left = LEFT + Math.max(0, Math.floor((width - LEFT - RIGHT - side) / 2));
  return {
    map: { left, top: TOP, width: side, height: side },
    bar: { left, top: TOP + side + AXIS, width: side, height: BAR },
  };
}
