import { equispaced } from '../problems/forcing.ts';
import { solveTridiagonal } from '../problems/linear-algebra.ts';
import { operatorExperiment } from './experiment.ts';

/** Equispaced nodes on [-1, 1] for forcing and solution. */
export const POISSON_NODES = 101;

/**
 * Solves -u″ = g on (-1, 1) with u(±1) = 0 by the compact fourth-order (Numerov) scheme
 *
 *     (-u[i-1] + 2 u[i] - u[i+1]) / h² = (g[i-1] + 10 g[i] + g[i+1]) / 12 ,   h = 2/(n-1) ,
 *
 * on the n equispaced nodes at which g is given, both ends included. Returns u at the nodes, the ends exactly
 * 0. Linear in g to rounding; takes microseconds for 101 nodes. Throws RangeError for fewer than three nodes.
 */
export function solvePoisson(g: Float64Array): Float64Array {
  const n = g.length;
  if (n < 3) throw new RangeError(`a forcing needs at least 3 nodes, not ${n}`);
  const weight = (2 / (n - 1)) ** 2 / 12;
  const u = new Float64Array(n);
  const inside = u.subarray(1, n - 1);
  for (let i = 1; i < n - 1; i++) u[i] = weight * (g[i - 1] + 10 * g[i] + g[i + 1]);
  solveTridiagonal(new Float64Array(n - 2).fill(2), -1, inside, inside, new Float64Array(n - 2));
  return u;
}

/** -u″ = g on (-1, 1), u(±1) = 0: the spiking DeepONet learns g ↦ u. */
export const poisson = operatorExperiment(
  {
    id: 'poisson',
    name: 'Poisson',
    place: 2,
    tex: "-u'' = g(y)",
    fields: {},
    defaults: {
      sigma: 0.3,
      hidden: [[32]],
      rank: 8,
      localRank: 4,
      centring: true,
      init: 'operator',
      currentStd: 0.15,
      batch: [32, 32],
      sampling: 'stratified',
      schedule: 'exponential',
    },
    paper: {
      stated: {
        hidden: [[32]],
        ...{ T: 32, leak: 1, reset: 'subtract', sigma: 0.3, K: 1, law: 'rademacher' },
        ...{ trainFunctions: 800, testFunctions: 800 },
      },
      figures: {
        'SG-BP': 0.0246,
        'WSG-BP': 0.0241,
        'SG-BP-LL': 0.0264,
        'WSG-BP-LL': 0.0244,
        'SG-RFG-G': 0.0422,
        'WSG-RFG-G': 0.0412,
        'SG-RFG-L': 0.0347,
        'WSG-RFG-L': 0.0359,
        'SG-RFG-L-LL': 0.0431,
        'WSG-RFG-L-LL': 0.0446,
      },
      localRows: true,
      comparisons: [
        {
          id: 'figure6',
          label: 'Figure 6',
          help: 'One solution by SG-BP, SG-RFG-G, SG-RFG-L and the same with WSG',
          methods: ['SG-BP', 'SG-RFG-G', 'SG-RFG-L', 'WSG-BP', 'WSG-RFG-G', 'WSG-RFG-L'],
        },
        {
          id: 'table1',
          label: 'Table 1',
          help: 'All ten methods of the paper’s table',
          methods: [
            ...['SG-BP', 'SG-RFG-G', 'SG-RFG-L', 'WSG-BP', 'WSG-RFG-G', 'WSG-RFG-L'],
            ...['SG-BP-LL', 'WSG-BP-LL', 'SG-RFG-L-LL', 'WSG-RFG-L-LL'],
          ],
        },
      ],
    },
  },
  {
    symbol: 'g',
    interval: [-1, 1],
    nodes: POISSON_NODES,
    axes: [
      {
        name: 'trunk',
        coordinate: 'y',
        values: equispaced(POISSON_NODES, -1, 1),
        input: (y) => y,
        vanishing: (y) => 1 - y * y,
        coarseStride: 2,
      },
    ],
    boundaryFactor: { tex: '1 - y^2', text: '1 − y²' },
    amplitudeInput: false,
    // Exact for a constant forcing: u = ½ (1 - y²) g.
    forcingFactor: 0.5,
    coarseFunctions: 64,
    solve: solvePoisson,
  },
);
