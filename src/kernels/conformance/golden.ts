import * as v from 'valibot';
import { type GoldenCase, goldenMlp, goldenOperators } from '../../../tests/golden/golden.ts';
import { estimate } from '../../snn/gradient.ts';
import type { GradientRequest } from '../../training/engine.ts';
import { estimatorsProblem } from './golden-estimators.ts';
import { checkWeights, estimatorsFile, mlpFile, operatorsFile } from './golden-format.ts';
import type { GoldenProblem } from './golden-problem.ts';

/** A golden file that cannot be used; the message names it and says what is wrong. */
export class GoldenFileError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'GoldenFileError';
  }
}

/**
 * The cases of a golden file in any format.
 * @throws GoldenFileError
 */
export function parseGolden(text: string, file: string): GoldenProblem[] {
  const content = objectIn(text, file);
  if ('estimators' in content) return parseEstimators(content, file);
  if (!('cases' in content) && !('sizes' in content)) {
    throw new GoldenFileError(
      file,
      'no golden file: neither “sizes” (as in mlp.json) nor “cases” (operators.json) nor “estimators” (estimators.json) is in it',
    );
  }
  const result = 'cases' in content ? v.safeParse(operatorsFile, content) : v.safeParse(mlpFile, content);
  if (!result.success) {
    throw new GoldenFileError(file, faultIn(result.issues[0]));
  }
  try {
    checkWeights(result.output);
    const golden = 'cases' in result.output ? goldenOperators(result.output) : [goldenMlp(result.output)];
    return golden.map((one) => {
      checkSizes(one);
      return problemOf(one);
    });
  } catch (error) {
    throw new GoldenFileError(file, error instanceof Error ? error.message : String(error));
  }
}

function parseEstimators(content: object, file: string): GoldenProblem[] {
  const result = v.safeParse(estimatorsFile, content);
  if (!result.success) throw new GoldenFileError(file, faultIn(result.issues[0]));
  try {
    return result.output.estimators.map(estimatorsProblem);
  } catch (error) {
    throw new GoldenFileError(file, error instanceof Error ? error.message : String(error));
  }
}

const faultIn = (issue: v.BaseIssue<unknown>): string =>
  `${v.getDotPath(issue) ?? 'content'}: ${issue.message}`;

function objectIn(text: string, file: string): object {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null ? content : {};
  } catch (error) {
    throw new GoldenFileError(file, `not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** @throws Error unless every array is as long as the network and the batch make it. */
function checkSizes({
  name,
  network,
  layout,
  data,
  theta,
  output,
  spikes,
  membranes,
  surrogates,
}: GoldenCase): void {
  const demand = (what: string, values: ArrayLike<number> | undefined, length: number) => {
    if (values?.length === length && Array.from(values).every(Number.isFinite)) return;
    throw new Error(`${name}: ${what} should be ${length} numbers`);
  };
  const points = data.factors.reduce((n, factor) => n * factor.rows, 1);
  const P = layout.size;
  demand('weights and biases', theta, P);
  demand('target', data.target, points);
  demand('output', output, points);
  data.factors.forEach(({ rows, width, inputs }, m) => {
    const factor = network.factors[m].name;
    demand(`inputs of ${factor}`, inputs, rows * width);
    layout.hidden[m].forEach((layer, depth) => {
      const length = network.T * rows * layer.outputs;
      demand(`spikes of ${factor}, layer ${depth + 1}`, spikes[m]?.[depth], length);
      demand(`membranes of ${factor}, layer ${depth + 1}`, membranes[m]?.[depth], length);
    });
  });
  for (const { surrogate, samples, gradient, directions } of surrogates) {
    demand(`${surrogate.kind} gradient`, gradient, P);
    for (const { direction, layerwise } of directions) {
      demand(`${surrogate.kind} direction`, direction, P);
      demand(`${surrogate.kind} derivatives by layer`, layerwise, layout.layers.length);
    }
    if (surrogate.kind === 'WSG')
      for (const layer of layout.hidden.flat()) {
        const { rows } = data.factors[layer.factor];
        demand(
          `δ of ${layer.name}`,
          samples[layer.index],
          surrogate.samples * network.T * rows * layer.outputs,
        );
      }
  }
}

/** A golden case as requests: BP, RFG-G and RFG-L of each of its surrogates. */
export function problemOf(golden: GoldenCase): GoldenProblem {
  const { network, layout, theta, data, output, loss } = golden;
  const scales = layout.layers.map(() => 1);
  const gradients = golden.surrogates.flatMap(({ surrogate, samples, gradient, directions }) => {
    const requestOf = (derivation: 'reverse' | 'forward', layerwise: boolean): GradientRequest => ({
      network,
      theta,
      data,
      method: { derivation, perturbation: 'parameters', layerwise, surrogate, epsilon: 0.01, scales },
      directions: derivation === 'reverse' ? [] : directions.map((d) => d.direction),
      samples:
        surrogate.kind === 'SG' ? { kind: 'drawn', seed: 0, step: 0 } : { kind: 'explicit', values: samples },
    });
    const perScope = (['G', 'L'] as const).map((scope) => {
      const derivatives = Float64Array.from(
        directions.flatMap((d) => (scope === 'G' ? [d.global] : d.layerwise)),
      );
      const request = requestOf('forward', scope === 'L');
      const estimates = directions.flatMap((d) => (scope === 'G' ? d.estimateG : d.estimateL) ?? []);
      const listed = estimates.length === directions.length * layout.size;
      return {
        method: `${surrogate.kind}-RFG-${scope}`,
        request,
        expected: {
          loss,
          output,
          derivatives,
          gradient: listed
            ? meanOf(estimates, layout.size)
            : estimate(layout, request.method, request.directions, derivatives),
        },
      };
    });
    const BP = {
      method: `${surrogate.kind}-BP`,
      request: requestOf('reverse', false),
      expected: { loss, output, derivatives: [], gradient },
    };
    return [BP, ...perScope];
  });
  return { name: golden.name, gradients, spikes: golden.spikes, membranes: golden.membranes };
}

/** Mean of vectors of length `size` that lie one after the other. */
function meanOf(vectors: readonly number[], size: number): Float64Array {
  const mean = new Float64Array(size);
  vectors.forEach((value, j) => {
    mean[j % size] += (value * size) / vectors.length;
  });
  return mean;
}
