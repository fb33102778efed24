import { describe, expect, it } from 'vitest';
import { networkOf, randomCase, worstError } from '../../tests/support/snn.ts';
import { EXPERIMENTS } from '../experiments/table.ts';
import { equispaced } from '../problems/forcing.ts';
import { degreeFor, inputFeatures, leastSquares, polynomialFeatures } from '../problems/least-squares.ts';
import { whole } from '../problems/parts.ts';
import { generateNow, pooledRelativeL2, relativeL2 } from '../problems/problem.ts';
import type { Dataset } from '../snn/network.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import { baselineOutput, tanhTrainer } from './baselines.ts';
import type { Pinned } from './config.ts';
import { initialState } from './engine.ts';
import { rateGradient, rateOutputs, TANH } from './indirect/rate-network.ts';
import { resolveConfig } from './presets.ts';
import { problemParams, specsOf } from './specs.ts';

function problem(pinned: Pinned) {
  const config = resolveConfig({ gradient: 'BP', recipe: 'paper', ...pinned });
  return { config, data: generateNow(EXPERIMENTS[config.experiment], problemParams(config)) };
}

describe('nothing learned', () => {
  it('is forcing times boundary factor: 6.4 % for reaction-diffusion, with a hard boundary and with a soft one', () => {
    const size = { experiment: 'reaction-diffusion', dataSeed: 21, trainFunctions: 10 } as const;
    const { config, data } = problem(size);
    const output = whole(baselineOutput('nothing-learned', config, data));
    expect(relativeL2(output, data.test)).toBeCloseTo(0.0643, 3);
    const soft = problem({ ...size, testFunctions: 10, boundary: 'soft' });
    const same = whole(baselineOutput('nothing-learned', soft.config, soft.data));
    expect(same).toEqual(output.subarray(0, same.length));
  });

  it('is exact where a Poisson forcing is constant, since then u = ½ (1 - y²) g', () => {
    const { config, data } = problem({ experiment: 'poisson', trainFunctions: 10, testFunctions: 10 });
    const { operator } = data;
    if (!operator) throw new Error('no operator');
    const flat = operator.forcings.test.map((_, n) => 1 + Math.floor(n / operator.nodes.length));
    const constant = { ...data, operator: { ...operator, forcings: { ...operator.forcings, test: flat } } };
    const output = whole(baselineOutput('nothing-learned', config, constant));
    const y = equispaced(101, -1, 1);
    output.forEach((value, n) => {
      expect(value * data.unit).toBeCloseTo(0.5 * (1 - y[n % 101] ** 2) * (1 + Math.floor(n / 101)), 12);
    });
  });

  it('is 0 for the hat, an error of 100 %', () => {
    const { config, data } = problem({});
    expect(relativeL2(whole(baselineOutput('nothing-learned', config, data)), data.test)).toBe(1);
  });
});

describe('linear least squares', () => {
  const random = new RandomSequence(3, Stream.data);
  const numbers = (count: number) => Float64Array.from({ length: count }, () => random.symmetric(1));

  it('finds a linear map of rows that are scaled, on rows that it has not seen', () => {
    const map = numbers(4 * 5);
    const set = (rows: number): Dataset => {
      const inputs = numbers(rows * 3);
      const scale = numbers(rows).map((s) => s + 1.5);
      const target = Float64Array.from({ length: rows * 5 }, (_, n) => {
        const [row, p] = [Math.floor(n / 5), n % 5];
        let sum = map[15 + p];
        for (let i = 0; i < 3; i++) sum += map[5 * i + p] * inputs[3 * row + i];
        return scale[row] * sum;
      });
      const points = { rows: 5, width: 1, inputs: new Float64Array(5), scale: new Float64Array(5).fill(1) };
      return { factors: [{ rows, width: 3, inputs, scale }, points], target };
    };
    const test = set(20);
    expect(relativeL2(whole(leastSquares(set(130), test, inputFeatures(3))), test)).toBeLessThan(1e-8);
  });

  it('leaves the smallest squared error: its residual is orthogonal to every feature', () => {
    const { data, config } = problem({
      experiment: 'reaction-diffusion',
      trainFunctions: 30,
      testFunctions: 10,
    });
    const fitted = whole(baselineOutput('least-squares', config, { ...data, test: data.train }));
    const { inputs, width, rows } = data.train.factors[0];
    const points = data.train.target.length / rows;
    for (const p of [5123, 9999])
      for (let i = 0; i <= width; i++) {
        let along = 0;
        let size = 0;
        for (let row = 0; row < rows; row++) {
          const phi = i < width ? inputs[row * width + i] : 1;
          along += phi * (fitted[row * points + p] - data.train.target[row * points + p]);
          size += Math.abs(phi * data.train.target[row * points + p]);
        }
        expect(Math.abs(along)).toBeLessThan(1e-6 * size + 1e-9);
      }
  });

  it('is defined where there are more sensors than functions', () => {
    const { data, config } = problem({
      ...({ experiment: 'poisson', sensors: 101, trainFunctions: 20, testFunctions: 10 } as const),
    });
    expect(relativeL2(whole(baselineOutput('least-squares', config, data)), data.test)).toBeLessThan(0.05);
  });

  it('solves both equations far better than any network here: they are linear, or nearly so', () => {
    const poisson = problem({ experiment: 'poisson', testFunctions: 100 });
    const output = whole(baselineOutput('least-squares', poisson.config, poisson.data));
    expect(relativeL2(output, poisson.data.test)).toBeLessThan(2e-4);
    expect(pooledRelativeL2(output, poisson.data.test)).toBeLessThan(1e-4);
  });
});

describe('polynomials', () => {
  it('have no more coefficients than the network has parameters, and degree 24 at most', () => {
    expect([1, 2, 3, 337, 1e6].map(degreeFor)).toEqual([0, 0, 1, 24, 24]);
    expect(polynomialFeatures(24).count).toBe(325);
  });

  it('are Legendre products: exact for a polynomial of their degree', () => {
    const phi = new Float64Array(6);
    polynomialFeatures(2).write([0.3, -0.5], 0, 2, phi);
    const p2 = (x: number) => (3 * x * x - 1) / 2;
    expect(Array.from(phi)).toEqual(
      [1, -0.5, p2(-0.5), 0.3, 0.3 * -0.5, p2(0.3)].map((v) => expect.closeTo(v, 12)),
    );
  });

  it('fit the hat all but exactly, where a plane hardly does better than a constant', () => {
    const { config, data } = problem({ hidden: [[8]] });
    const error = (name: 'polynomial' | 'least-squares') =>
      relativeL2(whole(baselineOutput(name, config, data)), data.test);
    // 2-8-1: 33 parameters, 28 coefficients.
    expect(error('polynomial')).toBeLessThan(0.005);
    expect(error('least-squares')).toBeCloseTo(0.64, 2);
  });
});

describe('tanh-BP', () => {
  it('has the exact gradient', () => {
    const network = networkOf(
      [
        [3, 5],
        [1, 4, 3],
      ],
      { rank: 2, centre: 0.5, threshold: 1.3 },
    );
    const { theta, data } = randomCase(network, [4, 3], 7, true);
    const { gradient } = rateGradient(network, theta, data, TANH);
    const h = 1e-6;
    const numeric = theta.map((value, j) => {
      const at = (shift: number) => {
        const moved = theta.slice();
        moved[j] = value + shift;
        return rateGradient(network, moved, data, TANH).loss;
      };
      return (at(h) - at(-h)) / (2 * h);
    });
    expect(worstError(gradient, numeric)).toBeLessThan(1e-6);
  });

  it('computes what a network of tanh(z) does with weights that are moved and scaled', () => {
    const network = networkOf([[2, 6]], { centre: 0.5 });
    const { layout, theta, data } = randomCase(network, [9], 5);
    const [hidden, readout] = layout.layers;
    const plain = Array.from({ length: 9 }, (_, row) => {
      let y = theta[readout.biases];
      for (let j = 0; j < 6; j++) {
        let z = 2 * theta[hidden.biases + j] - 1;
        for (let i = 0; i < 2; i++)
          z += 2 * theta[hidden.weights + 2 * j + i] * data.factors[0].inputs[2 * row + i];
        y += (theta[readout.weights + j] / 2) * Math.tanh(z);
      }
      return data.factors[0].scale[row] * y;
    });
    const output = rateOutputs(network, theta, data, TANH);
    expect(Array.from(output)).toEqual(plain.map((y) => expect.closeTo(y, 12)));
  });

  it('learns, deterministically, with the batches and rates of BP', async () => {
    const { config, data } = problem({ hidden: [[8, 8]], steps: 300 });
    const specs = specsOf(config);
    const task = { specs, data: data.train };
    const run = () => tanhTrainer.advance([{ task, state: initialState(task, 1) }], 300);
    const [[one], [two]] = [await run(), await run()];
    expect(one).toEqual(two);
    const output = await tanhTrainer.outputs(specs.network, one.state.theta, data.coarse);
    expect(relativeL2(output, data.coarse)).toBeLessThan(0.2);
  });
});
