import { describe, expect, it } from 'vitest';
import { membranePath, potentialRange, upstrokeFoot } from './membrane.ts';

// Neuron 1 of 2: current 0.6, threshold 1.
const IF = { threshold: 1, leak: 1, reset: 'subtract' } as const;
const membranes = Float32Array.from([9, 0.6, 9, 1.2, 9, 0.8, 9, 1.4]);
const spikes = Uint8Array.from([1, 0, 1, 1, 1, 0, 1, 1]);
const path = membranePath(membranes, spikes, 2, 1, IF);

describe('membranePath', () => {
  it('starts at rest and falls by ϑ at each spike', () => {
    const rounded = path.line.map(([t, u]) => [t, Number(u.toFixed(3))]);
    expect(rounded).toEqual([
      [0, 0],
      [1, 0.6],
      [2, 1.2],
      [2, 0.2],
      [3, 0.8],
      [4, 1.4],
      [4, 0.4],
    ]);
  });

  it('falls to 0 where neurons are reset to zero', () => {
    const { line } = membranePath([0.6, 1.2, 0.6], [0, 1, 0], 1, 0, { ...IF, reset: 'zero' });
    expect(line).toEqual([
      [0, 0],
      [1, 0.6],
      [2, 1.2],
      [2, 0],
      [3, 0.6],
    ]);
  });

  it('tells where upstrokes begin', () => {
    expect(path.spikes.map(([t]) => t)).toEqual([2, 4]);
    expect(path.spikes[0][1]).toBeCloseTo(1.2, 6);
  });
});

describe('potentialRange', () => {
  it('holds path, zero and threshold, with room above for upstrokes', () => {
    const range = potentialRange(path, 1);
    expect(range.from).toBeLessThanOrEqual(0);
    expect(upstrokeFoot(range)).toBeGreaterThan(1.4);
    const low = potentialRange(membranePath([-3, -6], [0, 0], 1, 0, IF), 1);
    expect(low.from).toBeLessThanOrEqual(-6);
    expect(upstrokeFoot(low)).toBeGreaterThan(1);
  });

  it('stays while the path fits, and follows one that leaves or shrinks', () => {
    const range = potentialRange(path, 1);
    expect(potentialRange(membranePath([1.3], [1], 1, 0, IF), 1, range)).toBe(range);
    expect(potentialRange(membranePath([40], [1], 1, 0, IF), 1, range).to).toBeGreaterThan(40);
    const wide = { from: -100, to: 100 };
    expect(potentialRange(path, 1, wide).to).toBeLessThan(3);
  });
});
