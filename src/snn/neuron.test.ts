import { describe, expect, it } from 'vitest';
import { Neuron, type NeuronSpec } from './neuron.ts';
import { RandomSequence, Stream } from './random.ts';
import { gaussianSurrogate } from './surrogate.ts';

const T = 20;
const NEURONS: NeuronSpec[] = [
  { threshold: 1, leak: 1, reset: 'subtract' },
  { threshold: 0.7, leak: 0.8, reset: 'subtract' },
  { threshold: 1.3, leak: 0, reset: 'subtract' },
  { threshold: 1, leak: 1, reset: 'zero' },
  { threshold: 0.7, leak: 0.8, reset: 'zero' },
];

/** U, S, x = U - ϑ and Ṡ of every step under the currents Z, moved along Ż. */
function run(neuron: Neuron, Z: readonly number[], moved: readonly number[]) {
  const [membranes, spikes, surrogates, moving] = [[], [], [], []] as number[][];
  let [after, tangent] = [0, 0];
  Z.forEach((current, t) => {
    const U = neuron.membrane(after, current);
    const x = neuron.distance(U);
    const S = x >= 0 ? 1 : 0;
    const f = gaussianSurrogate(x, 0.5);
    const dU = neuron.tangent(tangent, moved[t]);
    membranes.push(U);
    spikes.push(S);
    surrogates.push(f);
    moving.push(f * dU);
    after = neuron.reset(U, S);
    tangent = neuron.resetTangent(dU, S);
  });
  return { membranes, spikes, surrogates, moving };
}

describe.each(NEURONS)('a neuron with threshold $threshold, leak $leak, reset $reset', (spec) => {
  const neuron = new Neuron(spec);
  const random = new RandomSequence(5, Stream.data);
  const draw = (mean: number) => Array.from({ length: T }, () => mean + random.symmetric(1.5));
  const [Z, moved, spikeAdjoints] = [draw(0.4), draw(0), draw(0)];
  const { membranes, spikes, surrogates, moving } = run(neuron, Z, moved);

  it('spikes from the threshold on and is reset', () => {
    let after = 0;
    membranes.forEach((U, t) => {
      expect(U).toBeCloseTo(spec.leak * after + Z[t], 12);
      expect(spikes[t]).toBe(U >= spec.threshold ? 1 : 0);
      after = spec.reset === 'zero' ? U * (1 - spikes[t]) : U - spikes[t] * spec.threshold;
    });
    expect(spikes).toContain(1);
    expect(spikes).toContain(0);
  });

  it('has an adjoint that is the transpose of its tangent', () => {
    let later = 0;
    let backward = 0;
    for (let t = T - 1; t >= 0; t--) {
      later = neuron.adjoint(later, spikes[t], surrogates[t], spikeAdjoints[t]);
      backward += later * moved[t];
    }
    const forward = moving.reduce((sum, value, t) => sum + value * spikeAdjoints[t], 0);
    expect(backward).toBeCloseTo(forward, 12);
    expect(Math.abs(forward)).toBeGreaterThan(1e-3);
  });
});
