import { describe, expect, it } from 'vitest';
import { decodePainting, encodePainting, PAINT_NODES } from '../../../problems/targets.ts';
import { coverAt, inside, isBlank, painted, pull, stamp, startStroke, toNode, toSquare } from './painting.ts';

const blank = () => new Float32Array(PAINT_NODES ** 2);
const at = (values: Float32Array, u: number, v: number) => values[v * PAINT_NODES + u];

describe('painting', () => {
  it('covers fully in the middle and not at all at the edge of the brush', () => {
    expect(coverAt(0, 2)).toBe(1);
    expect(coverAt(1, 2)).toBeCloseTo(0.75, 12);
    expect(coverAt(2, 2)).toBe(0);
  });

  it('a stamp takes the brush’s value in its middle and leaves what is far', () => {
    const stroke = startStroke(blank().fill(0.5));
    stamp(stroke, { u: 4, v: 7 }, 2);
    const after = painted(stroke, -1);
    expect(at(after, 4, 7)).toBe(-1);
    expect(at(after, 4, 10)).toBe(0.5);
    expect(at(after, 5, 7)).toBeGreaterThan(-1);
    expect(at(after, 5, 7)).toBeLessThan(0.5);
  });

  it('a pull leaves no gaps and does not depend on how often a place is passed', () => {
    const once = startStroke(blank());
    stamp(once, { u: 2, v: 3 }, 2);
    pull(once, { u: 2, v: 3 }, { u: 12, v: 3 }, 2);
    for (let u = 2; u <= 12; u++) expect(at(painted(once, 1), u, 3)).toBeGreaterThan(0.95);
    const twice = startStroke(blank());
    stamp(twice, { u: 2, v: 3 }, 2);
    pull(twice, { u: 2, v: 3 }, { u: 12, v: 3 }, 2);
    pull(twice, { u: 12, v: 3 }, { u: 2, v: 3 }, 2);
    painted(twice, 1).forEach((value, n) => {
      expect(value).toBeCloseTo(painted(once, 1)[n], 6);
    });
  });

  it('survives its text, and knows when it is blank', () => {
    const stroke = startStroke(blank());
    stamp(stroke, { u: 8, v: 8 }, 3);
    const values = painted(stroke, 0.7);
    decodePainting(encodePainting(values)).forEach((value, n) => {
      expect(Math.abs(value - values[n])).toBeLessThan(0.017);
    });
    expect(isBlank(decodePainting(encodePainting(blank())))).toBe(true);
    expect(isBlank(values)).toBe(false);
  });

  it('places stay inside, and coordinates go both ways', () => {
    expect(inside({ u: -3, v: 99 })).toEqual({ u: 0, v: PAINT_NODES - 1 });
    expect(toSquare(0)).toBe(-1);
    expect(toNode(toSquare(5))).toBeCloseTo(5, 12);
  });
});
