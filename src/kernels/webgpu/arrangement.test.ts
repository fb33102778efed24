import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../snn/network.ts';
import type { Pinned } from '../../training/config.ts';
import { resolveConfig } from '../../training/presets.ts';
import { specsOf } from '../../training/specs.ts';
import { type Arrangement, arrange, type Limits } from './arrangement.ts';
import { stepsAtOnce } from './chunk.ts';
import { constantsOf } from './constants.ts';
import { runsThatFit, TooLargeError } from './limits.ts';
import { dispatchesOf } from './program.ts';
import { tablesOf } from './tables.ts';
import { trainingWork } from './work.ts';

/** The limits that every device with WebGPU has. */
const LEAST: Limits = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBufferBindingSize: 128 << 20,
  maxBufferSize: 256 << 20,
};

function arranged(pinned: Pinned): { a: Arrangement; data: Dataset } {
  const specs = specsOf(resolveConfig(pinned));
  const factors = specs.network.factors.map(({ inputs }) => ({
    rows: 50,
    width: inputs,
    inputs: new Float32Array(50 * inputs),
    scale: new Float32Array(50),
  }));
  const data = { factors, target: new Float32Array(50 ** factors.length) };
  return { a: arrange(trainingWork({ specs, data }), LEAST), data };
}

const RD: Pinned = { experiment: 'reaction-diffusion', localLosses: true };
const SHAPES: readonly (readonly [string, Pinned])[] = [
  ['hat, BP', {}],
  ['hat, RFG-L', { gradient: 'RFG', K: 8 }],
  ['SepONet, RFG-L-LL', { ...RD, gradient: 'RFG', K: 3, hidden: [[7, 5], [9], [4, 4, 4]] }],
  ['SepONet, WP-L-LL', { ...RD, gradient: 'WP', K: 2 }],
  [
    'SepONet, WP-A-LL',
    { ...RD, gradient: 'WP', scope: 'A', law: 'gaussian', K: 3, hidden: [[7, 5], [9], [4, 4, 4]] },
  ],
  ['SepONet, RFG-A-LL', { ...RD, gradient: 'RFG', scope: 'A', K: 3, hidden: [[7, 5], [9], [4, 4, 4]] }],
  ['SepONet, flipout, L', { ...RD, gradient: 'RFG', K: 2, flipout: true, hidden: [[7, 5], [9], [4, 4, 4]] }],
  ['wide, WSG', { hidden: [[512, 300, 2, 512]], surrogate: 'WSG', samples: 16, gradient: 'RFG', K: 32 }],
  ['narrow, WSG', { hidden: [[1, 2, 1, 1]], surrogate: 'WSG', samples: 16 }],
];

describe('the arrangement', () => {
  for (const [name, pinned] of SHAPES) {
    it(`${name}: arrays lie apart and inside their buffer`, () => {
      const { a } = arranged(pinned);
      const { network, rows } = a.work;
      const { layout } = network;
      const spans: [number, number][] = [];
      const note = (at: number, numbers: number) => {
        if (numbers > 0) spans.push([at, at + numbers]);
      };
      a.projections.forEach((head, h) => {
        head.forEach(({ values, adjoints, tangents }, m) => {
          const numbers = rows[m] * a.heads[h].rank;
          for (let v = 0; v < a.variants; v++) note(values + v * a.projectionNumbers, numbers);
          if (a.combines) note(adjoints, numbers);
          if (a.work.derivation === 'forward') note(tangents, numbers * a.factors[m].slots);
        });
      });
      note(a.scratch.losses, a.heads.length * a.factors[0].combineBlocks);
      if (a.derivatives > 0 && !a.nodes)
        note(a.scratch.derivativePartials, a.combineBlocks * a.heads.length * a.slots);
      for (const factor of a.factors) note(factor.rowDerivatives, factor.rows * factor.rowSlots);
      if (a.work.derivation === 'reverse' || a.perRow)
        note(a.scratch.gradientPartials, a.reverseBlocks * layout.size);
      note(a.scratch.loss, 1);
      spans.sort(([x], [y]) => x - y);
      for (let i = 1; i < spans.length; i++) expect(spans[i][0]).toBeGreaterThanOrEqual(spans[i - 1][1]);
      expect(spans.at(-1)?.[1]).toBeLessThanOrEqual(a.workNumbers);
    });

    it(`${name}: fits the least device that there is`, () => {
      const { a, data } = arranged(pinned);
      expect(runsThatFit(a, data, LEAST)).toBeGreaterThanOrEqual(1);
      expect(a.threads).toBeLessThanOrEqual(LEAST.maxComputeInvocationsPerWorkgroup);
      const wide = 2 * a.rowsAtOnce * a.lanes * a.perLane * 4;
      const memory = wide * (1 + a.tangents) + 4 * a.offsets;
      expect(memory).toBeLessThanOrEqual(LEAST.maxComputeWorkgroupStorageSize);
      if (a.work.surrogate === 'WSG')
        expect(a.rowsAtOnce * a.depths * a.work.samples * a.tile).toBeLessThanOrEqual(a.offsets);
      expect(a.lanes * a.perLane).toBeGreaterThanOrEqual(
        Math.max(...a.hiddenLayers.map((layer) => layer.outputs)),
      );
      for (const { x, y } of dispatchesOf(a, LEAST)) expect(Math.max(x, y)).toBeLessThan(65536);
    });
  }

  it('shares shaders between batch sizes, widths and numbers of samples', () => {
    const source = 'FACTORS MAX_DEPTHS LANES PER_LANE TANGENTS OFFSETS GRADIENT';
    const text = (pinned: Pinned) =>
      constantsOf(arranged(pinned).a, source) + tablesOf(arranged(pinned).a).code;
    const base: Pinned = { surrogate: 'WSG', gradient: 'RFG', K: 4 };
    expect(text({ ...base, batch: [100], hidden: [[12, 15]], samples: 3, T: 20 })).toBe(text(base));
    expect(text({ ...base, hidden: [[12, 17]] })).not.toBe(text(base));
  });
});

it('a method that WebGPU does not compute is refused by name', () => {
  const specs = specsOf(resolveConfig({ gradient: 'WP' }));
  const method = { ...specs.method, perturbation: 'flipout' } as const;
  const data = { factors: [], target: new Float32Array(0) };
  expect(() => trainingWork({ specs: { ...specs, method }, data })).toThrow(
    'WebGPU has no differences with rows perturbed by “flipout”',
  );
});

describe('limits', () => {
  it('name what is too large, with both numbers', () => {
    const { a, data } = arranged({ hidden: [[512, 512]], batch: [8192], T: 64 });
    expect(() => runsThatFit(a, data, LEAST)).toThrow(TooLargeError);
    expect(() => runsThatFit(a, data, LEAST)).toThrow(
      'WebGPU: what is kept of every time step (264,705 parameters, 8192 rows) needs 2,214.6 MB, this device allows 134.2 MB',
    );
  });

  it('refuse the projections of too many shifted simulations', () => {
    const many: Pinned = { gradient: 'WP', scope: 'A', K: 32, hidden: [[64, 64, 64, 64]], batch: [8192] };
    const { a, data } = arranged({ ...many, localLosses: true, localRank: 8 });
    expect(() => runsThatFit(a, data, LEAST)).toThrow(
      /^WebGPU: one step’s .* needs .* MB, this device allows 134.2 MB$/,
    );
  });

  it('refuse the numbers of too many rows', () => {
    const { a, data } = arranged({ gradient: 'RFG', scope: 'A', K: 32, hidden: [[512, 512]], batch: [8192] });
    expect(() => runsThatFit(a, data, LEAST)).toThrow(
      'one step’s directions (264,705 parameters, 8192 rows) needs 1,073.7 MB, this device allows 134.2 MB',
    );
  });

  it('bound the steps of one submission by memory and by arithmetic', () => {
    const { a } = arranged({ gradient: 'RFG', K: 8 });
    expect(stepsAtOnce(a, 1, 200, 128 << 20)).toBe(200);
    expect(stepsAtOnce(a, 1, 5000, 128 << 20)).toBeLessThanOrEqual(1024);
    expect(stepsAtOnce(a, 1, 5000, 1 << 20)).toBeLessThan(100);
    const large = arranged({ gradient: 'RFG', K: 32, hidden: [[512, 512, 512]], batch: [1024] }).a;
    expect(stepsAtOnce(large, 1, 500, 128 << 20)).toBe(1);
  });
});
