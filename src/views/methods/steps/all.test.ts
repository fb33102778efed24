import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Pinned } from '../../../training/config.ts';
import type { ExplainedStep } from '../../../training/explain.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { specsOf } from '../../../training/specs.ts';
import { compareLayers } from '../../inside/step/compare-layers.ts';
import { Numbers } from '../../inside/step/Numbers.tsx';
import { stepOf } from './all.ts';

function contextOf(pinned: Pinned) {
  const config = resolveConfig(pinned);
  const { network, layout } = specsOf(config);
  const explained: ExplainedStep = {
    step: 3,
    rows: [64],
    loss: 0.2,
    direction: new Float32Array(layout.size).fill(1),
    derivatives: new Float64Array(config.scope === 'G' ? 1 : layout.layers.length),
    perturbed: new Float64Array(0),
    estimate: new Float64Array(layout.size),
    backprop: new Float64Array(layout.size),
    cosine: 0.1,
    update: new Float64Array(layout.size),
    learningRate: 0.02,
  };
  return { config, network, layout, explained, parameters: layout.size };
}
function stages(pinned: Pinned) {
  const context = contextOf(pinned);
  return stepOf(context.config).stages?.(context) ?? [];
}
const titles = (pinned: Pinned) => stages(pinned).map((stage) => stage.title);

describe('slow motion', () => {
  it('says of A whether anything is drawn', () => {
    for (const gradient of ['RFG', 'WP'] as const) {
      const A: Pinned = { gradient, scope: 'A' };
      const [deep, alone] = [stages(A)[0], stages({ ...A, experiment: 'poisson' })[0]];
      expect(deep.text).toContain('a random change ξ');
      expect(alone.text).toMatch(/nothing is drawn/);
      expect(alone.text).not.toContain('random');
      expect([deep.formulas, alone.formulas]).toEqual([['\\xi_j = \\pm 1'], ['\\xi_j = 1']]);
    }
  });

  it('says of node perturbation alone what its mean is and what is noise in it', () => {
    const theory = (pinned: Pinned) => {
      const config = resolveConfig(pinned);
      return stepOf(config).theory?.(config) ?? [];
    };
    const A: Pinned = { gradient: 'WP', scope: 'A' };
    const [slope, mean, noise, ...none] = theory(A);
    expect(none).toEqual([]);
    expect(slope.text).toContain('±ε = 0.015');
    expect(mean.tex).toContain('r_{n,j}^+ - r_{n,j}^-');
    expect(noise.text).toContain('K = 4');
    expect(noise.tex).toContain('\\frac{N}{K} - 1');
    // One hidden layer: nothing is drawn. Signs that are drawn: nothing is averaged.
    expect(theory({ ...A, experiment: 'poisson' })).toHaveLength(2);
    const drawn = theory({ ...A, law: 'rademacher' });
    expect(drawn).toHaveLength(2);
    expect(drawn[1].tex).toContain('\\frac{N - 1}{K}');
    for (const gradient of ['BP', 'RFG', 'RF'] as const) expect(theory({ gradient })).toEqual([]);
  });

  it('has five stages for every method', () => {
    expect(titles({})).toEqual(['Forward', 'Loss', 'Reverse scan', 'Gradient', 'Update']);
    expect(titles({ gradient: 'RFG', scope: 'G' })).toEqual([
      'Draw',
      'Simulate',
      'One number',
      'Scale',
      'Update',
    ]);
    expect(titles({ gradient: 'RFG', scope: 'L' })[2]).toBe('One number a layer');
    expect(titles({ gradient: 'RFG', scope: 'A' })[2]).toBe('One number a sample and layer');
    expect(titles({ gradient: 'RFG', scope: 'G', flipout: true })[2]).toBe('One number a sample');
    expect(titles({ gradient: 'WP', scope: 'A' })).toEqual([
      'Draw',
      'Simulate',
      'One number a sample and layer',
      'Scale',
      'Update',
    ]);
    expect(stages({ gradient: 'WP', scope: 'A' })[1].text).toContain('ε = 0.015');
    expect(titles({ gradient: 'WP' })).toEqual(['Draw', 'Simulate', 'Difference', 'Scale', 'Update']);
  });

  it('says along what the loss changes: the direction of the parameters, or that of the currents', () => {
    const numbers = (pinned: Pinned) => renderToStaticMarkup(createElement(Numbers, contextOf(pinned)));
    expect(numbers({ gradient: 'RFG' }).match(/along δθ/g)).toHaveLength(3);
    for (const gradient of ['RFG', 'WP'] as const)
      expect(numbers({ gradient, scope: 'A' }).match(/along ξ/g)).toHaveLength(2);
  });

  it('says K only where directions are averaged', () => {
    expect(stages({ gradient: 'RFG', K: 8 })[3].formulas[0]).toContain('\\sum_{k=1}^{8}');
    expect(stages({ gradient: 'RFG', K: 1 })[3].formulas[0]).not.toContain('sum');
    expect(stages({ gradient: 'RFG', K: 1 })[3].formulas[0]).not.toContain('_k');
  });

  it('counts what BP keeps: T × neurons × samples', () => {
    expect(stages({})[0].text).toContain((32 * 32 * 64).toLocaleString('en-US'));
  });
});

describe('compareLayers', () => {
  it('compares layer by layer', () => {
    const { layout } = specsOf(resolveConfig({ hidden: [[2]] }));
    const exact = new Float64Array(layout.size).fill(1);
    const estimate = exact.map((_, j) => (j < layout.layers[0].end ? 2 : -1));
    const [hidden, readout] = compareLayers(layout, estimate, exact);
    expect(hidden).toMatchObject({ cosine: expect.closeTo(1, 12), ratio: expect.closeTo(2, 12) });
    expect(readout.cosine).toBeCloseTo(-1, 12);
    expect(compareLayers(layout, estimate, new Float64Array(layout.size))[0].ratio).toBeUndefined();
  });
});
