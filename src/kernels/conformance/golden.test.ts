import { expect, it } from 'vitest';
import estimators from '../../../tests/golden/estimators.json';
import { goldenMlp, goldenOperators } from '../../../tests/golden/golden.ts';
import mlp from '../../../tests/golden/mlp.json';
import operators from '../../../tests/golden/operators.json';
import temporal from '../../../tests/golden/temporal.json';
import { referenceEngine } from '../../training/reference-engine.ts';
import { GoldenFileError, parseGolden, problemOf } from './golden.ts';
import { goldenErrors, withinTolerance } from './golden-errors.ts';

interface TemporalFactor {
  readonly kernels?: readonly Record<'delay' | 'decay' | 'height' | 'leak', number[]>[];
  readonly sequenceWeights?: number[][];
}

/** What is said of a file with that content. */
function fault(content: unknown): string {
  try {
    parseGolden(typeof content === 'string' ? content : JSON.stringify(content), 'f.json');
  } catch (error) {
    expect(error).toBeInstanceOf(GoldenFileError);
    return (error as GoldenFileError).message;
  }
  throw new Error('nothing was found wrong');
}

it('reads the formats of networks', () => {
  expect(parseGolden(JSON.stringify(mlp), 'f')).toEqual([problemOf(goldenMlp())]);
  expect(parseGolden(JSON.stringify(operators), 'f')).toEqual(goldenOperators().map(problemOf));
});

it('asks for BP, RFG-G and RFG-L of both surrogates', () => {
  const methods = parseGolden(JSON.stringify(mlp), 'f')[0].gradients.map(({ method }) => method);
  expect(methods).toEqual(['SG-BP', 'SG-RFG-G', 'SG-RFG-L', 'WSG-BP', 'WSG-RFG-G', 'WSG-RFG-L']);
});

it('asks for every estimator of a file of estimators', () => {
  const problems = parseGolden(JSON.stringify(estimators), 'f');
  expect(problems.map(({ name }) => name)).toEqual(['estimators, mlp', 'estimators, product']);
  expect(problems[0].gradients.map(({ method }) => method)).toEqual([
    ...['SG-BP', 'SG-RFG-A', 'SG-RFG-A, mean over signs', 'WP-A', 'WP-A, mean over signs'],
    ...['SG-RFG-G-flipout', 'SG-RFG-L-flipout', 'WP-G', 'WP-L'],
  ]);
  const [first] = estimators.estimators;
  const wrong = (part: object) => fault({ estimators: [{ ...first, ...part }] });
  expect(wrong({ T: 'long' })).toMatch(/^f\.json: estimators\.0\.T: Invalid type/);
  expect(wrong({ weights: first.weights.slice(1) })).toBe(
    'f.json: estimators, mlp: layer 0 is not 4 × 2 with 4 biases',
  );
  expect(wrong({ estimates: [{ ...first.estimates[0], method: 'SG-XY' }] })).toBe(
    'f.json: estimators, mlp: there is no method “SG-XY”',
  );
});

const files = Object.entries({ mlp, operators, estimators, temporal });
const problems = files.flatMap(([name, content]) => parseGolden(JSON.stringify(content), name));
it.each(problems)('the reference engine computes $name in float64', async (problem) => {
  const errors = await goldenErrors(referenceEngine, problem);
  expect(withinTolerance(errors, 1e-12) || errors).toBe(true);
});

it('demands the constants and the weights over time that a temporal case was computed with', () => {
  let [constants, weights] = [0, 0];
  for (const one of temporal.estimators)
    one.factors.forEach((factor: TemporalFactor, m) => {
      const wrong = (part: TemporalFactor) =>
        fault({
          estimators: [{ ...one, factors: one.factors.map((f, n) => (n === m ? { ...f, ...part } : f)) }],
        });
      const { sequenceWeights, kernels = [] } = factor;
      if (sequenceWeights) {
        const [first, ...later] = sequenceWeights;
        const other = [[first[0] + 1e-9, ...first.slice(1)], ...later];
        expect(wrong({ sequenceWeights: other })).toMatch(/has other weights of its inputs over time/);
        weights++;
      }
      kernels.forEach((layer, depth) => {
        for (const name of ['delay', 'decay', 'height', 'leak'] as const) {
          const other = kernels.slice();
          other[depth] = { ...layer, [name]: layer[name].map((c, j) => (j === 0 ? c + 1e-7 : c)) };
          expect(wrong({ kernels: other })).toMatch(`has other constants “${name}” than these`);
          constants++;
        }
      });
    });
  expect([constants, weights]).toEqual([4 * 11, 7]);
});

it('names the file and what is wrong with it', () => {
  const [first] = operators.cases;
  expect(fault('{"sizes": [')).toMatch(/^f\.json: not JSON: /);
  expect(fault([1, 2])).toMatch(/^f\.json: no golden file/);
  expect(fault({ ...mlp, T: 'long' })).toBe('f.json: T: Invalid type: Expected number but received "long"');
  expect(fault({ ...mlp, W: [mlp.W[0], mlp.W[1].slice(1), mlp.W[2]] })).toBe(
    'f.json: W[1] is not 4 × 5 with 4 biases',
  );
  expect(fault({ ...mlp, output: mlp.output.slice(1) })).toBe('f.json: mlp: output should be 3 numbers');
  expect(fault({ ...mlp, spikes: mlp.spikes.slice(1) })).toMatch(
    /spikes of .*, layer 1 should be 120 numbers/,
  );
  expect(fault({ cases: [{ ...first, targets: [[0.5]] }] })).toBe(
    'f.json: deeponet: target should be 12 numbers',
  );
  expect(fault({ cases: [{ ...first, weights: first.weights.slice(1) }] })).toMatch(/^f\.json: deeponet/);
});
