import { describe, expect, it } from 'vitest';
import { EXPERIMENT_NAMES, EXPERIMENTS } from './table.ts';

describe('EXPERIMENTS', () => {
  it('lists every experiment under its own id', () => {
    for (const [id, experiment] of Object.entries(EXPERIMENTS)) expect(experiment.id).toBe(id);
  });

  it('gives every experiment a place of its own, and lists them in that order', () => {
    const places = EXPERIMENT_NAMES.map((name) => EXPERIMENTS[name].place);
    expect(new Set(places).size).toBe(places.length);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('has a coordinate for each axis of an answer', () => {
    for (const { shape, coordinates, operator } of Object.values(EXPERIMENTS)) {
      expect(coordinates).toHaveLength(shape === 'curve' || shape === 'series' ? 1 : 2);
      expect(operator === undefined).toBe(shape !== 'curve' && shape !== 'field');
    }
  });
});
