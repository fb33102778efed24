import * as v from 'valibot';
import {
  type GoldenCase,
  goldenMlp,
  goldenOperators,
  type MlpFixture,
  type OperatorsFixture,
} from '../../snn/golden.ts';
import { estimate } from '../../snn/gradient.ts';
import type { GradientReport, GradientRequest } from '../../training/engine.ts';

/** What a golden file says of one case: what to ask an engine for and what it should answer. */
export interface GoldenProblem {
  readonly name: string;
  readonly gradients: readonly {
    /** SG-BP, WSG-RFG-L … */
    readonly method: string;
    readonly request: GradientRequest;
    readonly expected: GradientReport;
  }[];
  /** [factor][depth] of [t][row][neuron], membranes before the reset. */
  readonly spikes: GoldenCase['spikes'];
  readonly membranes: GoldenCase['membranes'];
}

const numbers = v.array(v.number());
const matrix = v.array(numbers);
const cube = v.array(matrix);
const history = v.array(cube);
const affine = v.object({ W: matrix, b: numbers });

const mlpMethod = v.object({
  surrogate_values: history,
  bp_grad_W: cube,
  bp_grad_b: matrix,
  directions: v.array(
    v.object({
      jvp_loss_global: v.number(),
      jvp_loss_per_layer: numbers,
      jvp_output_global: matrix,
      rfg_g_grad_W: cube,
      rfg_g_grad_b: matrix,
      rfg_l_grad_W: cube,
      rfg_l_grad_b: matrix,
    }),
  ),
});

const mlpFile = v.object({
  sizes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.minLength(3)),
  T: v.pipe(v.number(), v.integer(), v.minValue(1)),
  leak_lambda: v.number(),
  threshold: v.number(),
  sigma: v.number(),
  K: v.pipe(v.number(), v.integer(), v.minValue(1)),
  W: cube,
  b: matrix,
  x: matrix,
  target: matrix,
  spikes: history,
  U_pre: history,
  U_post: history,
  mean_rate_last_hidden: matrix,
  output: matrix,
  mse: v.number(),
  direction_vectors: v.array(v.object({ dW: cube, db: matrix })),
  SG: mlpMethod,
  WSG: v.object({ ...mlpMethod.entries, deltas: v.array(history) }),
});

const operatorMethod = v.object({
  gradients: v.array(v.array(affine)),
  jvp_global: v.number(),
  jvp_layerwise: matrix,
});
const nested = v.array(v.unknown());

const operatorsFile = v.object({
  cases: v.array(
    v.object({
      name: v.string(),
      T: v.pipe(v.number(), v.integer(), v.minValue(1)),
      threshold: v.number(),
      sigma: v.number(),
      weights: v.array(v.array(affine)),
      inputs: cube,
      targets: nested,
      spikes: v.array(history),
      membrane_pre_reset: v.array(history),
      rates_last_hidden: cube,
      net_outputs: cube,
      outputs: nested,
      loss_mse: v.number(),
      directions: v.array(v.array(affine)),
      wsg_deltas_shared: numbers,
      sg: operatorMethod,
      wsg: operatorMethod,
    }),
  ),
});

/**
 * The cases of a golden file in either format.
 * @throws Error that names the file and what is wrong with it.
 */
export function parseGolden(text: string, file: string): GoldenProblem[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const kind = typeof content === 'object' && content !== null ? content : {};
  if (!('cases' in kind) && !('sizes' in kind)) {
    throw new Error(
      `${file} is no golden file: neither “sizes” (mlp.json) nor “cases” (operators.json) is in it`,
    );
  }
  const result = 'cases' in kind ? v.safeParse(operatorsFile, content) : v.safeParse(mlpFile, content);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(
      `${file}: ${v.getDotPath(issue) ?? 'the file'} is not as the format has it: ${issue.message}`,
    );
  }
  try {
    const output = result.output as MlpFixture | OperatorsFixture;
    return ('cases' in output ? goldenOperators(output) : [goldenMlp(output)]).map(problemOf);
  } catch (error) {
    throw new Error(
      `${file}: its arrays do not fit together: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** A golden case as requests: BP, RFG-G and RFG-L of each of its surrogates. */
export function problemOf(golden: GoldenCase): GoldenProblem {
  const { network, layout, theta, data, output, loss } = golden;
  const scales = layout.layers.map(() => 1);
  const gradients = golden.surrogates.flatMap(({ surrogate, samples, gradient, directions }) => {
    const requestOf = (kind: 'BP' | 'RFG', scope: 'G' | 'L'): GradientRequest => ({
      network,
      layout,
      theta,
      data,
      method: { gradient: kind, scope, surrogate, epsilon: 0.01, scales },
      directions: kind === 'BP' ? [] : directions.map((d) => d.direction),
      samples:
        surrogate.kind === 'SG' ? { kind: 'drawn', seed: 0, step: 0 } : { kind: 'explicit', values: samples },
    });
    const perScope = (['G', 'L'] as const).map((scope) => {
      const derivatives = Float64Array.from(
        directions.flatMap((d) => (scope === 'G' ? [d.global] : d.layerwise)),
      );
      const request = requestOf('RFG', scope);
      return {
        method: `${surrogate.kind}-RFG-${scope}`,
        request,
        expected: {
          loss,
          output,
          derivatives,
          gradient: estimate(layout, request.method, request.directions, derivatives),
        },
      };
    });
    const BP = {
      method: `${surrogate.kind}-BP`,
      request: requestOf('BP', 'L'),
      expected: { loss, output, derivatives: [], gradient },
    };
    return [BP, ...perScope];
  });
  return { name: golden.name, gradients, spikes: golden.spikes, membranes: golden.membranes };
}
