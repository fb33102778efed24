import { describe, expect, it } from 'vitest';
import { clampSelection, clampTime, neighbour } from './selection.ts';

const widths = [[4, 3], [2]];

describe('selection', () => {
  it('is moved onto a neuron and a time that exist', () => {
    const state = { factor: 5, depth: 7, neuron: 99, time: 40, playing: false, picked: false };
    expect(clampSelection(state, widths, 32)).toMatchObject({ factor: 1, depth: 0, neuron: 1, time: 32 });
    expect(clampTime(0, 32)).toBe(1);
  });

  it('walks through all neurons of all layers and factors, both ways', () => {
    let at = { factor: 0, depth: 0, neuron: 0 };
    const seen: string[] = [];
    for (let k = 0; k < 9; k++) {
      seen.push(`${at.factor}${at.depth}${at.neuron}`);
      const next = neighbour(at, widths, 1);
      expect(neighbour(next, widths, -1)).toEqual(at);
      at = next;
    }
    expect(new Set(seen).size).toBe(9);
    expect(at).toEqual({ factor: 0, depth: 0, neuron: 0 });
  });
});
