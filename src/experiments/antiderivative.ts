import { equispaced } from '../problems/forcing.ts';
import { operatorExperiment } from './experiment.ts';
import { poisson } from './poisson.ts';

/** Equispaced nodes on [0, 1] for forcing and solution. */
const NODES = 101;

/**
 * Solves u′ = g on [0, 1] with u(0) = 0: between two of the n equispaced nodes the cubic through the nearest four values of g is
 * integrated,
 *
 *     u[i+1] - u[i] = h/24 (-g[i-1] + 13 g[i] + 13 g[i+1] - g[i+2]) ,   h = 1/(n-1) ,
 *
 * at the ends h/24 (9 g[0] + 19 g[1] - 5 g[2] + g[3]) and its mirror image. Exact to rounding where g is a cubic, else of fourth
 * order. Linear in g to rounding. Throws RangeError for fewer than four nodes.
 */
export function solveAntiderivative(g: Float64Array): Float64Array {
  const n = g.length;
  if (n < 4) throw new RangeError(`a forcing needs at least 4 nodes, not ${n}`);
  const weight = 1 / (24 * (n - 1));
  const u = new Float64Array(n);
  for (let i = 0; i < n - 1; i++) {
    const sum =
      i === 0
        ? 9 * g[0] + 19 * g[1] - 5 * g[2] + g[3]
        : i === n - 2
          ? g[n - 4] - 5 * g[n - 3] + 19 * g[n - 2] + 9 * g[n - 1]
          : 13 * (g[i] + g[i + 1]) - g[i - 1] - g[i + 2];
    u[i + 1] = u[i] + weight * sum;
  }
  return u;
}

/** u′ = g on [0, 1], u(0) = 0, the first example of the DeepONet's paper (arXiv:1910.03193): the spiking DeepONet learns g ↦ u. */
export const antiderivative = operatorExperiment(
  {
    id: 'antiderivative',
    name: 'antiderivative',
    place: 1,
    tex: "u' = g(y)",
    fields: {},
    defaults: poisson.defaults,
    presetsLike: poisson.id,
  },
  {
    symbol: 'g',
    interval: [0, 1],
    nodes: NODES,
    axes: [
      {
        name: 'trunk',
        coordinate: 'y',
        values: equispaced(NODES, 0, 1),
        input: (y) => 2 * y - 1,
        vanishing: (y) => y,
        coarseStride: 2,
      },
    ],
    boundaryFactor: { tex: 'y', text: 'y' },
    amplitudeInput: false,
    // Exact for a constant forcing: u = y g.
    forcingFactor: 1,
    coarseFunctions: 64,
    solve: solveAntiderivative,
  },
);
