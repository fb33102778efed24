import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/table.ts';
import { generateNow } from '../problems/problem.ts';
import { drawDirections } from '../snn/directions.ts';
import type { Pinned } from './config.ts';
import { type Engine, initialState, type RunState, type Task } from './engine.ts';
import { LandscapeProbe } from './landscape.ts';
import { Microscope, microscopeSeed, surrogateNoise } from './microscope.ts';
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
  const task = { specs: specsOf(config), data: generateNow(EXPERIMENTS.hat, problemParams(config)).train };
  return { task, state: initialState(task, config.seed) };
}

/** A microscope's first `draws` draws at once. */
async function microscope(engine: Engine, task: Task, state: RunState, draws: number) {
  const scope = await Microscope.open(engine, task, state);
  const cosines = new Float64Array(draws);
  const accumulated = new Float64Array(draws);
  for (let n = 0; n < draws; n++) {
    const draw = await scope.draw(engine);
    cosines[n] = draw.cosine;
    accumulated[n] = draw.accumulated;
  }
  return { cosines, accumulated, theory: scope.theory() };
}

const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
const standardError = (values: Float64Array) => {
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1) / values.length);
};

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
      expect(theory?.all).toBeCloseTo(expected, 4);
      expect(Math.abs(mean(cosines) - expected)).toBeLessThan(3 * standardError(cosines));
    },
  );

  it.each([1, 8])('the mean cosine of L, K = %i, is theory’s within 3 standard errors', async (K) => {
    const { task, state } = prepared({ scope: 'L', K, T: 8, batch: [32] });
    const { cosines, theory } = await microscope(referenceEngine, task, state, 200);
    expect(Math.abs(mean(cosines) - (theory?.all ?? 0))).toBeLessThan(3 * standardError(cosines));
  });

  it('scaled directions have a theory too: those of the preset for G', async () => {
    const { task, state } = prepared({ K: 8, T: 8, batch: [32], scales: [0.25, 1, 1] });
    const { cosines, theory } = await microscope(referenceEngine, task, state, 200);
    expect(theory?.all).not.toBeCloseTo(0.1478, 3);
    expect(Math.abs(mean(cosines) - (theory?.all ?? 0))).toBeLessThan(3 * standardError(cosines));
  });

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
    const scope = await Microscope.open(referenceEngine, task, state);
    const { landscape } = await LandscapeProbe.open(referenceEngine, scope);
    expect([landscape.loss, ...landscape.estimate].every(Number.isFinite)).toBe(true);
  });

  it('draws node perturbation, whose mean leans towards BP’s gradient', async () => {
    const nodes: Pinned = { gradient: 'WP', scope: 'A', K: 4, epsilon: 0.05 };
    const { task, state } = prepared({ T: 16, batch: [32], hidden: [[6, 5]], ...nodes });
    const { accumulated, theory } = await microscope(referenceEngine, task, state, 40);
    expect(theory).toBeUndefined();
    expect(accumulated[39]).toBeGreaterThan(0.4);
    const scope = await Microscope.open(referenceEngine, task, state);
    const { landscape } = await LandscapeProbe.open(referenceEngine, scope);
    expect([landscape.loss, landscape.secant, ...landscape.estimate].every(Number.isFinite)).toBe(true);
  });

  it('refuses BP', async () => {
    const { task, state } = prepared({ gradient: 'BP' });
    await expect(microscope(referenceEngine, task, state, 1)).rejects.toThrow(/choose RFG or WP/);
  });
});

describe('surrogateNoise', () => {
  it('falls like one over the root of the number of samples, and with the width', async () => {
    const { task, state } = prepared({ T: 8, batch: [16], hidden: [[8]] });
    const noise = (sigma: number, samples: number) =>
      surrogateNoise(referenceEngine, task, state, sigma, samples, 12);
    const [one, sixteen] = [await noise(0.5, 1), await noise(0.5, 16)];
    expect(one.deviation / sixteen.deviation).toBeGreaterThan(4 / 1.5);
    expect(one.deviation / sixteen.deviation).toBeLessThan(4 * 1.5);
    expect(sixteen.cosine).toBeGreaterThan(one.cosine);
  });
});

describe('LandscapeProbe', () => {
  const probed = async (pinned: Pinned) => {
    const { task, state } = prepared({ T: 4, batch: [16], hidden: [[4]], ...pinned });
    const scope = await Microscope.open(referenceEngine, task, state);
    return { task, state, scope, probe: await LandscapeProbe.open(referenceEngine, scope) };
  };

  it('holds the loss itself in the middle, and a G estimate lies in the plane, downhill', async () => {
    const { task, state, probe } = await probed({ K: 4 });
    const [{ losses }] = await referenceEngine.advance([{ task, state }], 1);
    expect(probe.landscape.loss).toBeCloseTo(losses[0], 12);
    expect(await probe.onPlane(referenceEngine, 0, 0)).toBeCloseTo(losses[0], 12);
    const [a, b] = probe.landscape.estimate;
    expect(a).toBeGreaterThanOrEqual(0);
    expect(Math.hypot(a, b)).toBeCloseTo(1, 6);
    expect(a).toBeCloseTo(Math.abs(probe.landscape.cosine), 6);
  });

  it('its secant is what weight perturbation measures, and the read-out alone has a true slope', async () => {
    const { task, state, scope, probe } = await probed({ gradient: 'WP', epsilon: 0.05 });
    const { network, layout, method } = task.specs;
    const drawn = new Float32Array(layout.size);
    drawDirections(task.specs.directions, layout, microscopeSeed(state), 0, drawn);
    const { derivatives } = await referenceEngine.gradient({
      network,
      theta: state.theta,
      data: scope.data,
      method,
      directions: [Float64Array.from(drawn)],
      samples: { kind: 'drawn', seed: 1, step: 0 },
    });
    expect(probe.landscape.secant).toBeCloseTo(derivatives[0], 10);
    const end = await probe.alongDirection(referenceEngine, 0.05);
    const start = await probe.alongDirection(referenceEngine, -0.05);
    expect((end - start) / 0.1).toBeCloseTo(derivatives[0], 10);
  });
});
