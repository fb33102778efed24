import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../training/presets.ts';
import { specsOf } from '../../../training/specs.ts';
import { cellScale, layoutMatrices, MOST_CELLS } from './matrix-layout.ts';

const layersOf = (hidden: number[]) => specsOf(resolveConfig({ hidden: [hidden] })).layout.layers;

describe('layoutMatrices', () => {
  it('fits the room, from a phone to a projector, without overlap', () => {
    for (const width of [300, 360, 650, 1200]) {
      const { places, width: taken, cell } = layoutMatrices(layersOf([16, 16]), width);
      expect(taken).toBeLessThanOrEqual(width);
      expect(cell).toBeGreaterThan(4);
      for (let l = 1; l < places.length; l++)
        expect(places[l].left).toBeGreaterThan(places[l - 1].bias + cell);
    }
  });

  it('cuts wide layers', () => {
    const [first, second] = layoutMatrices(layersOf([512, 8]), 650).places;
    expect(first.rows).toBe(MOST_CELLS);
    expect(second).toMatchObject({ rows: 8, columns: MOST_CELLS });
  });
});

describe('cellScale', () => {
  it('is the size that fills a cell, also for zeros and for what is no number', () => {
    expect(cellScale([0.5, -2])).toBe(2);
    expect(cellScale([0, 0])).toBe(1);
    expect(cellScale([Number.NaN, 3])).toBe(3);
    expect(cellScale([])).toBe(1);
  });
});
