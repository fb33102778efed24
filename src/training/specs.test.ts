import { describe, expect, it } from 'vitest';
import { solveReactionDiffusion } from '../experiments/reaction-diffusion.ts';
import { FIELDS, type Pinned } from './config.ts';
import { resolveConfig } from './presets.ts';
import { problemParams, specsOf } from './specs.ts';

const specs = (pinned: Pinned) => specsOf(resolveConfig(pinned));

describe('specsOf', () => {
  it('has the sizes of the recipes: 337, 944 and 584 parameters', () => {
    const sizes = (['hat', 'poisson', 'reaction-diffusion'] as const).map(
      (experiment) => specs({ experiment }).layout,
    );
    expect(sizes.map((layout) => layout.size)).toEqual([337, 944, 584]);
    expect(sizes.map((layout) => layout.layers.length)).toEqual([3, 4, 6]);
  });

  it('has factors 2, 10 and 1, and 5 sensors + amplitude and 1 and 1 inputs', () => {
    const inputs = (pinned: Pinned) => specs(pinned).network.factors.map((factor) => factor.inputs);
    expect(inputs({})).toEqual([2]);
    expect(inputs({ experiment: 'poisson' })).toEqual([10, 1]);
    expect(inputs({ experiment: 'reaction-diffusion' })).toEqual([6, 1, 1]);
  });

  it('adds local layers only under local losses: 5, 6 and 9', () => {
    const layers = (['hat', 'poisson', 'reaction-diffusion'] as const).map(
      (experiment) => specs({ experiment, localLosses: true }).layout.layers.length,
    );
    expect(layers).toEqual([5, 6, 9]);
    expect(specs({ localRank: 7 }).network.localRank).toBe(0);
    expect(specs({ experiment: 'poisson', localLosses: true }).network.localRank).toBe(4);
  });

  it('says the network as configured', () => {
    const pinned: Pinned = {
      T: 9,
      threshold: 0.8,
      leak: 0.9,
      reset: 'zero',
      rank: 3,
      centring: true,
      hidden: [[4, 5]],
    };
    const { layout, ...network } = specs(pinned).network;
    expect(layout.size).toBe(4 * 3 + 5 * 5 + 3 * 6);
    expect(network).toEqual({
      factors: [{ name: 'hat', inputs: 2, hidden: [4, 5] }],
      rank: 3,
      localRank: 0,
      T: 9,
      threshold: 0.8,
      leak: 0.9,
      reset: 'zero',
      centre: 0.5,
    });
    expect(specs({}).network.centre).toBe(0);
    const { factors } = specs({ experiment: 'poisson', hidden: [[4], [5, 6]] }).network;
    expect(factors.map((factor) => factor.hidden)).toEqual([[4], [5, 6]]);
  });

  it('takes one scale and one rate factor for all layers, or one each with missing ones 1', () => {
    const { method, directions, optimiser } = specs({
      gradient: 'RFG',
      scales: [0.5],
      rateFactors: [0.5, 0.25],
    });
    expect(method.scales).toEqual([0.5, 0.5, 0.5]);
    expect(directions.scales).toEqual([0.5, 0.5, 0.5]);
    expect(optimiser.rateFactors).toEqual([0.5, 0.25, 1]);
  });

  it('says method, directions, optimiser, schedule and initial weights as configured', () => {
    const pinned: Pinned = {
      surrogate: 'WSG',
      gradient: 'RFG',
      scope: 'G',
      sigma: 0.4,
      samples: 7,
      epsilon: 0.02,
      law: 'gaussian',
      K: 5,
      scales: [1],
      optimiser: 'normalised',
      beta1: 0.8,
      beta2: 0.9,
      stabiliser: 1e-6,
      rateFactors: [1],
      rate: 0.3,
      steps: 77,
      finalFraction: 0.5,
      schedule: 'exponential',
      init: 'uniform',
      gain: 3,
      currentStd: 0.2,
      hold: 6,
    };
    const { method, directions, optimiser, schedule, initialisation, batch } = specs(pinned);
    expect(method).toEqual({
      derivation: 'forward',
      perturbation: 'parameters',
      layerwise: false,
      surrogate: { kind: 'WSG', sigma: 0.4, samples: 7 },
      epsilon: 0.02,
      scales: [1, 1, 1],
    });
    expect(directions).toEqual({
      law: 'gaussian',
      perturbation: 'parameters',
      layerwise: false,
      rows: batch.rows,
      count: 5,
      scales: [1, 1, 1],
    });
    expect(optimiser).toEqual({
      kind: 'normalised',
      beta1: 0.8,
      beta2: 0.9,
      epsilon: 1e-6,
      rateFactors: [1, 1, 1],
    });
    expect(schedule).toEqual({ kind: 'exponential', startRate: 0.3, steps: 77, finalFraction: 0.5 });
    expect(initialisation).toEqual({ kind: 'uniform', gain: 3, currentStd: 0.2 });
    expect(batch.hold).toBe(6);
  });

  it('says flipout where RFG draws directions, and nowhere else', () => {
    for (const gradient of ['BP', 'RFG'] as const) {
      const { method, directions } = specs({ gradient, flipout: true });
      expect([method.perturbation, directions.perturbation]).toEqual(
        Array(2).fill(gradient === 'RFG' ? 'flipout' : 'parameters'),
      );
    }
  });

  it('draws functions with replacement and grid points as configured', () => {
    expect(specs({ experiment: 'poisson' }).batch).toEqual({
      rows: [32, 32],
      sampling: ['replacement', 'stratified'],
      hold: 1,
    });
    expect(specs({ experiment: 'reaction-diffusion', batch: [4] }).batch).toEqual({
      rows: [4, 4, 4],
      sampling: ['replacement', 'stratified', 'stratified'],
      hold: 1,
    });
    expect(specs({ sampling: 'stratified' }).batch.sampling).toEqual(['stratified']);
  });
});

describe('problemParams', () => {
  it('is the same for configurations that differ in nothing the data depend on', () => {
    const a = problemParams(resolveConfig({ experiment: 'poisson', gradient: 'RFG', seed: 5 }));
    expect(a).toEqual(problemParams(resolveConfig({ experiment: 'poisson' })));
    expect(a).not.toEqual(problemParams(resolveConfig({ experiment: 'poisson', dataSeed: 5 })));
    expect(a).toMatchObject({ sensors: 10, lengthScale: 0.5, boundary: 'hard', perFunctionScale: true });
  });

  it('bounds the reaction so that solutions stay finite for forcings up to 6, whatever the diffusion', () => {
    const [reaction, diffusion] = [FIELDS.reaction.bounds.max, FIELDS.diffusion.bounds.min];
    const u = solveReactionDiffusion(new Float64Array(199).fill(6), { reaction, diffusion });
    expect(u.every(Number.isFinite)).toBe(true);
    expect(() => solveReactionDiffusion(new Float64Array(199).fill(12), { reaction, diffusion })).toThrow(
      /blows up near t = 0\.\d+: forcing or reaction 0\.4 is too strong/,
    );
  });
});
