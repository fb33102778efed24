import type { OperatorEquation } from './operator-equation.ts';
import type { ProblemData } from './problem.ts';

/**
 * What is known of a solution before anything is learned: the forcing at the point times the boundary factors of the equation,
 *
 *     u(x₀, x₁ …) ≈ c · g(x₀) · Π_k b_k(x_k) ,
 *
 * that is ½ (1 - y²) g(y) for Poisson's equation and t (1 - s⁸) f(x), s = 2x - 1, for reaction-diffusion; whether the network carries
 * these factors (`boundary`) makes no difference. An output on `data.test`: divided by the unit, [function][axis 0][axis 1 …].
 */
export function forcingTimesBoundary(equation: OperatorEquation, data: ProblemData): Float64Array {
  const { operator, unit, test } = data;
  if (!operator) throw new Error('only an operator experiment has forcings');
  const [first, ...others] = equation.axes.map(({ values, vanishing }) =>
    Float64Array.from(values, vanishing),
  );
  const rest = others.reduce(
    (product, factor) =>
      Float64Array.from(
        { length: product.length * factor.length },
        (_, n) => product[Math.floor(n / factor.length)] * factor[n % factor.length],
      ),
    Float64Array.of(equation.forcingFactor / unit),
  );
  const nodes = operator.nodes.length;
  const out = new Float64Array(test.target.length);
  let at = 0;
  for (let f = 0; at < out.length; f++)
    for (let i = 0; i < first.length; i++) {
      const g = operator.forcings.test[f * nodes + (i * (nodes - 1)) / (first.length - 1)];
      for (let n = 0; n < rest.length; n++) out[at++] = g * first[i] * rest[n];
    }
  return out;
}
