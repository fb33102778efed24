import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../problems/index.ts';
import { generateNow } from '../problems/problem.ts';
import type { Pinned } from './config.ts';
import { initialState } from './engine.ts';
import { cosineTheory, lossPlane, microscope } from './microscope.ts';
import { resolveConfig } from './presets.ts';
import { referenceEngine } from './reference-engine.ts';
import { problemParams, specsOf } from './specs.ts';

function prepared(pinned: Pinned) {
  const config = resolveConfig({
    recipe: 'paper',
    gradient: 'RFG',
    scope: 'G',
    batch: [256],
    scales: [1],
    rateFactors: [1],
    ...pinned,
  });
  const task = { specs: specsOf(config), data: generateNow(PROBLEMS.hat, problemParams(config)).train };
  return { task, state: initialState(task, config.seed) };
}

const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
const standardError = (values: Float64Array) => {
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1) / values.length);
};

describe('cosineTheory', () => {
  it('gives the known figures for P = 337', () => {
    expect(cosineTheory('G', 1, [337], []).mean).toBeCloseTo(0.0435, 4);
    expect(cosineTheory('G', 8, [337], []).mean).toBeCloseTo(0.1478, 4);
    expect(cosineTheory('G', 32, [337], []).rms).toBeCloseTo(0.295, 3);
  });
  it('one layer alone: L is G', () => {
    expect(cosineTheory('L', 4, [100], [2]).rms).toBeCloseTo(cosineTheory('G', 4, [100], []).rms, 12);
  });
});

describe('microscope', () => {
  // Small T keeps the reference engine quick; the cosine of G depends on P and K alone.
  it.each([
    [1, 0.0435],
    [8, 0.1478],
  ])(
    'the mean cosine of G at initialisation is theory’s within 3 standard errors, K = %i',
    async (K, expected) => {
      const { task, state } = prepared({ K, T: 8, batch: [32] });
      const { cosines, theory } = await microscope(referenceEngine, task, state, 200);
      expect(theory?.mean).toBeCloseTo(expected, 4);
      expect(Math.abs(mean(cosines) - expected)).toBeLessThan(3 * standardError(cosines));
    },
  );

  it('the mean estimate turns into BP’s', async () => {
    const { task, state } = prepared({ K: 8, T: 4, batch: [8], hidden: [[4]] });
    const { accumulated } = await microscope(referenceEngine, task, state, 400);
    expect(accumulated[399]).toBeGreaterThan(0.95);
    expect(accumulated[399]).toBeGreaterThan(accumulated[0]);
  });

  it.each([
    ['activity', { scope: 'A' }],
    ['flipout', { flipout: true }],
  ] as const)('draws %s too, for which there is no theory', async (_, pinned) => {
    const { task, state } = prepared({ K: 4, T: 4, batch: [8], hidden: [[4]], ...pinned });
    const { accumulated, theory } = await microscope(referenceEngine, task, state, 150);
    expect(theory).toBeUndefined();
    expect(accumulated[149]).toBeGreaterThan(0.95);
    expect((await lossPlane(referenceEngine, task, state, 0.2, 3)).loss.every(Number.isFinite)).toBe(true);
  });

  it('refuses BP', async () => {
    const { task, state } = prepared({ gradient: 'BP' });
    await expect(microscope(referenceEngine, task, state, 1)).rejects.toThrow(/choose RFG or WP/);
  });
});

describe('lossPlane', () => {
  it('holds the loss itself in the middle and falls along the read-out’s gradient', async () => {
    const { task, state } = prepared({ T: 4, batch: [16], hidden: [[4]] });
    const plane = await lossPlane(referenceEngine, task, state, 0.2, 5);
    const [{ losses }] = await referenceEngine.advance([{ task, state }], 1);
    expect(plane.loss[12]).toBeCloseTo(losses[0], 12);
    expect(plane.loss.every(Number.isFinite)).toBe(true);
  });
});
