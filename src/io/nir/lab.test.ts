import { expect, it } from 'vitest';
import { neuronLab } from '../../state/labs/neuron.ts';
import type { Chain } from './graph.ts';
import { labOf } from './lab.ts';

const of = (value: number) => Float64Array.of(value);
const chain = (constants: { tau?: number; threshold: number; reset?: number }, weight: number): Chain => ({
  name: 'graph',
  inputs: 1,
  outputs: 1,
  stages: [
    { name: 'a', type: 'Linear', weight: of(weight), inputs: 1, outputs: 1 },
    {
      name: 'lif',
      type: constants.tau ? 'LIF' : 'IF',
      r: of(1),
      v_threshold: of(constants.threshold),
      v_reset: of(constants.reset ?? 0),
      ...(constants.tau && { tau: of(constants.tau), v_leak: of(0) }),
    },
  ],
});
const shown = (network: Chain, inputs = [1]) => {
  const { settings, unit } = labOf({ chain: network, stage: 0, neuron: 0, inputs, T: 16, dt: 1 });
  return { ...neuronLab.parse(settings), unit };
};

it('a neuron of NIR in the lab has its threshold, leak and currents', () => {
  expect(shown(chain({ threshold: 0.9 }, 0.25))).toMatchObject({
    ...{ input: 'drawn', threshold: 0.9, leak: 1, reset: 'zero', T: 16, unit: 1 },
    drawn: Array.from({ length: 16 }, () => 0.25),
  });
  // Gain r dt/τ.
  expect(shown(chain({ threshold: 1, tau: 4 }, 2))).toMatchObject({ leak: 0.75, threshold: 1 });
  expect(shown(chain({ threshold: 1, tau: 4 }, 2)).drawn[0]).toBe(0.5);
});

it('is measured in another unit where the lab would not show it', () => {
  const { threshold, drawn, unit } = shown(chain({ threshold: 20 }, 5));
  expect(unit).toBe(10);
  expect({ threshold, z: drawn[0] }).toEqual({ threshold: 2, z: 0.5 });
  const small = shown(chain({ threshold: 0.01 }, 0.004));
  expect(small.threshold).toBe(1);
  expect(small.drawn[0]).toBe(0.4);
  expect(shown(chain({ threshold: 1 }, -30)).drawn[0]).toBe(-1);
});

it('is measured from its reset on', () => {
  const { threshold, drawn } = shown(chain({ threshold: 1, reset: 0.5, tau: 2 }, 2));
  expect(threshold).toBe(0.5);
  // ½ · 2 less the pull of the leak towards 0, ½ · ½.
  expect(drawn[0]).toBe(0.75);
});
