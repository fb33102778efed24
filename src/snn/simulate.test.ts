import { describe, expect, it } from 'vitest';
import { goldenCases } from '../../tests/golden/golden.ts';
import { networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { Neuron, type Reset } from './neuron.ts';
import { simulate } from './simulate.ts';
import { explicitSamples } from './surrogate.ts';

describe('golden simulations', () => {
  for (const golden of goldenCases()) {
    const { network, layout, theta, data } = golden;
    const rowsOfLayer = layout.layers.map((layer) => data.factors[layer.factor].rows);
    data.factors.forEach((factorData, factor) => {
      it(`${golden.name}, ${network.factors[factor].name}`, () => {
        const request = { network, theta, factor, data: factorData, keepHistory: true };
        const { rates, history } = simulate(request);
        const depths = layout.hidden[factor].length;
        expect(golden.spikes[factor]).toHaveLength(depths);
        for (let depth = 0; depth < depths; depth++) {
          expect(Array.from(history!.spikes[depth])).toEqual(golden.spikes[factor][depth]);
          expect(worstError(history!.membranes[depth], golden.membranes[factor][depth])).toBeLessThan(1e-10);
          if (golden.afterReset) {
            const neuron = new Neuron(network);
            const after = history!.membranes[depth].map((U, n) => neuron.reset(U, history!.spikes[depth][n]));
            expect(worstError(after, golden.afterReset[factor][depth])).toBeLessThan(1e-10);
          }
        }
        expect(worstError(rates[depths - 1], golden.rates[factor])).toBeLessThan(1e-10);
        for (const { surrogate, samples, values } of golden.surrogates) {
          const drawn = samples.length > 0 ? explicitSamples(samples, network.T, rowsOfLayer) : undefined;
          const found = simulate({ ...request, surrogate, samples: drawn }).history!.surrogate;
          if (values) expect(found).toHaveLength(values[factor].length);
          values?.[factor].forEach((list, depth) =>
            expect(worstError(found[depth], list)).toBeLessThan(1e-10),
          );
        }
      });
    });
  }
});

/** One neuron with the constant current `bias`: its membranes before the reset and its spikes. */
function oneNeuron(bias: number, T: number, leak: number, threshold: number, reset: Reset = 'subtract') {
  const { network, layout, data } = randomCase(networkOf([[1, 1]], { T, leak, threshold, reset }), [1], 1);
  const theta = new Float64Array(layout.size);
  theta[layout.hidden[0][0].biases] = bias;
  const { rates, history } = simulate({
    network,
    theta,
    factor: 0,
    data: data.factors[0],
    keepHistory: true,
  });
  return { rate: rates[0][0], U: Array.from(history!.membranes[0]), S: Array.from(history!.spikes[0]) };
}

describe('simulate', () => {
  it('integrates, fires at the threshold and subtracts it (IF)', () => {
    // Binary fractions: the membrane meets the threshold exactly, and H(0) = 1.
    const { U, S, rate } = oneNeuron(0.375, 8, 1, 1);
    expect(U).toEqual([0.375, 0.75, 1.125, 0.5, 0.875, 1.25, 0.625, 1]);
    expect(S).toEqual([0, 0, 1, 0, 0, 1, 0, 1]);
    expect(rate).toBe(3 / 8);
  });

  it('forgets what is above the threshold where it resets to zero', () => {
    const { U, S, rate } = oneNeuron(0.375, 8, 1, 1, 'zero');
    expect(U).toEqual([0.375, 0.75, 1.125, 0.375, 0.75, 1.125, 0.375, 0.75]);
    expect(S).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
    expect(rate).toBe(2 / 8);
  });

  it('leaks: U[t] = λ U[t-1] + Z', () => {
    const { U, S } = oneNeuron(0.75, 4, 0.5, 1);
    expect(U).toEqual([0.75, 1.125, 0.8125, 1.15625]);
    expect(S).toEqual([0, 1, 0, 1]);
  });

  it('resets by the threshold, not to zero', () => {
    const { U, S } = oneNeuron(1.5, 3, 1, 0.5);
    expect(U).toEqual([1.5, 2.5, 3.5]);
    expect(S).toEqual([1, 1, 1]);
  });

  it('computes a row from its own input alone', () => {
    const { network, layout, theta, data } = randomCase(networkOf([[2, 6, 5]]), [4], 3);
    const all = simulate({ network, theta, factor: 0, data: data.factors[0] });
    for (let row = 0; row < 4; row++) {
      const one = {
        rows: 1,
        width: 2,
        inputs: data.factors[0].inputs.slice(2 * row, 2 * row + 2),
        scale: new Float64Array([1]),
      };
      const alone = simulate({ network, theta, factor: 0, data: one });
      for (const depth of [0, 1]) {
        const width = layout.hidden[0][depth].outputs;
        expect(alone.rates[depth]).toEqual(all.rates[depth].slice(row * width, (row + 1) * width));
      }
    }
  });

  it('gives the same rates with and without tangents and history', () => {
    const { network, theta, data } = randomCase(networkOf([[2, 6, 5]]), [4], 3);
    const plain = simulate({ network, theta, factor: 0, data: data.factors[0] });
    const surrogate = { kind: 'SG', sigma: 0.5, samples: 1 } as const;
    const tangents = [{ direction: theta, from: [0] }];
    const full = simulate({
      network,
      theta,
      factor: 0,
      data: data.factors[0],
      surrogate,
      tangents,
      keepHistory: true,
    });
    expect(full.rates).toEqual(plain.rates);
    expect(plain.rates[1].some((rate) => rate > 0 && rate < 1)).toBe(true);
    expect(plain.tangentRates).toEqual([]);
    expect(plain.history).toBeUndefined();
  });
});
