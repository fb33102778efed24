import { describe, expect, it } from 'vitest';
import { networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { forward } from './forward-mode.ts';
import { silence } from './silence.ts';
import { simulate } from './simulate.ts';

describe('silence', () => {
  const { network, layout, theta, data } = randomCase(
    networkOf(
      [
        [3, 5, 4],
        [1, 4],
      ],
      { rank: 2, localRank: 3, centre: 0.5 },
    ),
    [3, 4],
    2,
    true,
  );
  const outputs = (values: Float64Array) => forward(network, values, data).heads.map((head) => head.output);

  /** θ under which the neuron cannot reach its threshold. */
  function neverFiring(factor: number, depth: number, neuron: number): Float64Array {
    const layer = layout.hidden[factor][depth];
    const muted = theta.slice();
    muted.fill(0, layer.weights + neuron * layer.inputs, layer.weights + (neuron + 1) * layer.inputs);
    muted[layer.biases + neuron] = 0;
    return muted;
  }

  it('does to outputs and local heads what a neuron does that never fires', () => {
    let changed = 0;
    layout.hidden.forEach((layers, factor) => {
      layers.forEach((layer, depth) => {
        for (let neuron = 0; neuron < layer.outputs; neuron++) {
          const cut = outputs(silence(network, theta, [{ factor, depth, neuron }]));
          const muted = outputs(neverFiring(factor, depth, neuron));
          cut.forEach((output, h) => expect(worstError(output, muted[h])).toBeLessThan(1e-13));
          if (worstError(cut[0], outputs(theta)[0]) > 1e-6) changed++;
        }
      });
    });
    expect(changed).toBeGreaterThan(6);
  });

  it('passes over neurons that the network does not have', () => {
    const ids = [
      { factor: 1, depth: 0, neuron: 99 },
      { factor: 0, depth: 7, neuron: 0 },
    ];
    expect(silence(network, theta, ids)).toEqual(theta);
  });

  it('cuts several neurons and leaves its argument alone', () => {
    const before = theta.slice();
    const all = [0, 1, 2, 3].map((neuron) => ({ factor: 1, depth: 0, neuron }));
    const cut = silence(network, theta, all);
    expect(theta).toEqual(before);
    const other = {
      ...data,
      factors: data.factors.map((f, m) => (m === 1 ? { ...f, inputs: f.inputs.map((x) => -x) } : f)),
    };
    // Without any neuron of the second factor the output no longer depends on that factor's inputs.
    expect(forward(network, cut, other).heads[0].output).toEqual(outputs(cut)[0]);
    expect(forward(network, theta, other).heads[0].output).not.toEqual(outputs(theta)[0]);
  });

  it('leaves the neuron itself and its own layer as they are', () => {
    const cut = silence(network, theta, [{ factor: 0, depth: 1, neuron: 2 }]);
    const rates = (values: Float64Array) =>
      simulate({ network, theta: values, factor: 0, data: data.factors[0] }).rates;
    expect(rates(cut)).toEqual(rates(theta));
    expect(silence(network, theta, [])).toEqual(theta);
  });
});
