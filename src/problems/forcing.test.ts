import { describe, expect, it } from 'vitest';
import { encodeForcing, equispaced, measureForcings, rms } from './forcing.ts';

const nodes = equispaced(101, -1, 1);
const training = [1, 2, 3].map((k) => Float32Array.from(nodes, (x) => k * Math.sin(k * x) + 0.3 * k));
const shape = { interval: [-1, 1] as const, nodes: 101, amplitudeInput: false };
const scaled = { sensors: 10, perFunctionScale: true };
const plain = { sensors: 10, perFunctionScale: false };

describe('rms', () => {
  it('is the root of the mean square, without overflow or underflow', () => {
    expect(rms([3, -4])).toBeCloseTo(Math.sqrt(12.5), 14);
    expect(rms([3e200, -4e200])).toBeCloseTo(Math.sqrt(12.5) * 1e200, -187);
    expect(rms([3e-200, -4e-200]) / 1e-200).toBeCloseTo(Math.sqrt(12.5), 14);
    expect(rms(new Float64Array(5))).toBe(0);
  });
});

describe('equispaced', () => {
  it('has both ends, and the middle when alone', () => {
    expect(Array.from(equispaced(5, -1, 1))).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(Array.from(equispaced(1, 0, 1))).toEqual([0.5]);
    expect(() => equispaced(0, 0, 1)).toThrow(RangeError);
  });
});

describe('encodeForcing', () => {
  it.each([scaled, plain])('gives the training sensors standard deviation 1 (%o)', (params) => {
    const constants = measureForcings(training, params, shape);
    const values = training.flatMap((g) => Array.from(encodeForcing(g, params, constants).inputs));
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length).toBeCloseTo(1, 5);
  });

  it('reads a linear function exactly between the nodes', () => {
    const constants = { ...measureForcings(training, plain, shape), sensorStd: 2 };
    const { inputs, scale } = encodeForcing(nodes, plain, constants);
    expect(scale).toBe(1);
    constants.sensors.forEach((x, i) => {
      expect(inputs[i]).toBeCloseTo(x / 2, 7);
    });
  });

  it('is homogeneous: the scale follows the amplitude, the inputs do not', () => {
    const constants = measureForcings(training, scaled, shape);
    const g = Float64Array.from(nodes, (x) => Math.cos(3 * x) - 0.2 * x);
    const one = encodeForcing(g, scaled, constants);
    expect(
      encodeForcing(
        g.map((v) => 8 * v),
        scaled,
        constants,
      ),
    ).toEqual({ inputs: one.inputs, scale: 8 * one.scale });
    const seven = encodeForcing(
      g.map((v) => 7 * v),
      scaled,
      constants,
    );
    expect(Math.abs(seven.scale / (7 * one.scale) - 1)).toBeLessThan(1e-15);
    // One rounding to float32 at most.
    seven.inputs.forEach((v, i) => {
      expect(Math.abs(v - one.inputs[i])).toBeLessThanOrEqual(2 ** -23 * Math.abs(v));
    });
  });

  it('gives zeros for g ≡ 0 and adds the amplitude where it is asked for', () => {
    const zero = new Float64Array(101);
    expect(encodeForcing(zero, scaled, measureForcings(training, scaled, shape))).toEqual({
      inputs: new Float32Array(10),
      scale: 0,
    });
    const withAmplitude = measureForcings(training, scaled, { ...shape, amplitudeInput: true });
    expect(encodeForcing(zero.fill(3), scaled, withAmplitude).inputs[10]).toBe(2);
    expect(encodeForcing(zero, plain, withAmplitude).inputs).toHaveLength(10);
  });

  it('survives training functions without variation and refuses what it cannot encode', () => {
    const constants = measureForcings([new Float32Array(101)], scaled, shape);
    expect(constants.sensorStd).toBe(1);
    expect(() => encodeForcing(new Float64Array(100), scaled, constants)).toThrow(/100 values, not 101/);
    expect(() => encodeForcing(new Float64Array(101).fill(Number.NaN), scaled, constants)).toThrow(
      /not finite/,
    );
  });
});
