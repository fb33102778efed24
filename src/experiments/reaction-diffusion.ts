import { equispaced } from '../problems/forcing.ts';
import { solveTridiagonal } from '../problems/linear-algebra.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { number } from '../settings/fields.ts';
import { operatorExperiment } from './experiment.ts';

/** Nodes of the solution's grid along x and along t. */
export const REACTION_DIFFUSION_GRID = 100;
/**
 * The solver's mesh refines that grid: 2 × 99 intervals in x, 4 × 99 steps in t. Forcings are given at its
 * nodes.
 */
export const REACTION_DIFFUSION_NODES = 199;
const STEPS = 396;

/** Where the solution is wanted: x and t equispaced nodes, both ends included, out of `steps` time steps. */
interface SolutionGrid {
  readonly x: number;
  readonly t: number;
  readonly steps: number;
}
const DEFAULT_GRID: SolutionGrid = { x: REACTION_DIFFUSION_GRID, t: REACTION_DIFFUSION_GRID, steps: STEPS };

/** D and k of the equation. */
interface Coefficients {
  readonly diffusion: number;
  readonly reaction: number;
}

/** Residual left by Newton's method, relative to max(1, |u|). */
const TOLERANCE = 1e-13;
const MAX_ITERATIONS = 20;

/**
 * Solves u_t = D u_xx + k u² + f(x) on x ∈ (0, 1), t ∈ (0, 1] with u = 0 at t = 0 and at x = 0, 1, by
 * Crank–Nicolson
 *
 *     (v - u)/Δt = ½ [ D δ²v + k v² + D δ²u + k u² ] + f ,   δ²u[i] = (u[i-1] - 2u[i] + u[i+1])/Δx² ,
 *
 * and Newton's method with the exact Jacobian for v. f is given at equispaced nodes, both ends included;
 * returns u[x][t] on `grid`, t fastest. Second order in Δx and Δt at interior points; where f does not vanish
 * at the ends, the corners (t = 0, x = 0 or 1) are incompatible and converge more slowly.
 *
 * Throws RangeError if f is not finite, if the grid's nodes are not mesh nodes, or if u grows so large that a
 * step no longer resolves the reaction (the solution of u_t = k u² + f can become infinite in finite time).
 */
export function solveReactionDiffusion(
  f: Float64Array,
  { diffusion, reaction }: Coefficients,
  grid: SolutionGrid = DEFAULT_GRID,
): Float64Array {
  const intervals = f.length - 1;
  const strideX = intervals / (grid.x - 1);
  const strideT = grid.steps / (grid.t - 1);
  if (
    !(Number.isInteger(strideX) && Number.isInteger(strideT) && strideX > 0 && strideT > 0 && intervals > 1)
  ) {
    throw new RangeError(
      `a ${grid.x} × ${grid.t} grid does not fit ${f.length} nodes and ${grid.steps} steps`,
    );
  }
  if (!f.every(Number.isFinite)) throw new RangeError('forcing has values that are not finite');

  const inner = intervals - 1;
  const dt = 1 / grid.steps;
  const a = 0.5 * dt * diffusion * intervals ** 2;
  const kdt = reaction * dt;
  const solution = new Float64Array(grid.x * grid.t);
  // u and the two states before it hold inner nodes only; the boundary values are zero.
  let u = new Float64Array(inner);
  let before = new Float64Array(inner);
  let v = new Float64Array(inner);
  const rightSide = new Float64Array(inner);
  const diagonal = new Float64Array(inner);
  const next = new Float64Array(inner);
  const scratch = new Float64Array(inner);

  for (let step = 1; step <= grid.steps; step++) {
    for (let i = 0; i < inner; i++) {
      const laplacian = (i > 0 ? u[i - 1] : 0) - 2 * u[i] + (i < inner - 1 ? u[i + 1] : 0);
      rightSide[i] = u[i] + a * laplacian + 0.5 * kdt * u[i] * u[i] + dt * f[i + 1];
      v[i] = step > 1 ? 2 * u[i] - before[i] : u[i] + dt * f[i + 1];
    }
    for (let iteration = 0; ; iteration++) {
      for (let i = 0; i < inner; i++) {
        diagonal[i] = 1 + 2 * a - kdt * v[i];
        next[i] = rightSide[i] - 0.5 * kdt * v[i] * v[i];
      }
      solveTridiagonal(diagonal, -a, next, next, scratch);
      let change = 0;
      let size = 1;
      let growth = 0;
      for (let i = 0; i < inner; i++) {
        change = Math.max(change, Math.abs(next[i] - v[i]));
        size = Math.max(size, Math.abs(next[i]));
        growth = Math.max(growth, kdt * next[i]);
        v[i] = next[i];
      }
      if (!(growth < 0.5) || iteration === MAX_ITERATIONS) {
        const cause = `forcing or reaction ${reaction} is too strong`;
        throw new RangeError(`the solution blows up near t = ${(step * dt).toFixed(2)}: ${cause}`);
      }
      // The equation is quadratic, so the residual after a Newton step is exactly ½ k Δt (change)².
      if (0.5 * Math.abs(kdt) * change * change <= TOLERANCE * size) break;
    }
    [before, u, v] = [u, v, before];
    if (step % strideT === 0) {
      for (let j = 1; j < grid.x - 1; j++) solution[j * grid.t + step / strideT] = u[j * strideX - 1];
    }
  }
  return solution;
}

const FIELDS = {
  diffusion: number(0.01, 1e-4, 1, {
    label: 'Diffusion D',
    help: 'D in ∂u/∂t = D ∂²u/∂x² + k u² + f',
    resets: true,
  }),
  // Above about π²/4 divided by the largest forcing, u becomes infinite before t = 1; 0.4 is safe up to f = 6.
  reaction: number(0.01, 0, 0.4, {
    label: 'Reaction k',
    help: 'k in ∂u/∂t = D ∂²u/∂x² + k u² + f',
    resets: true,
  }),
};

/**
 * u_t = D u_xx + k u² + f(x) with zero initial and boundary values: the spiking SepONet learns f ↦ u(x, t).
 */
export const reactionDiffusion = operatorExperiment(
  {
    id: 'reaction-diffusion',
    name: 'reaction–diffusion',
    place: 3,
    tex: 'u_t = D\\, u_{xx} + k\\, u^2 + f(x)',
    fields: FIELDS,
    defaults: {
      sigma: 0.5,
      hidden: [[16]],
      rank: 8,
      localRank: 4,
      centring: true,
      init: 'operator',
      currentStd: 0.12,
      batch: [40, 8, 8],
      sampling: 'stratified',
      schedule: 'exponential',
      sensors: 5,
      lengthScale: 1,
      trainFunctions: 100,
      testFunctions: 100,
    },
    paper: {
      stated: {
        hidden: [[16]],
        ...{ T: 32, leak: 1, reset: 'subtract', sigma: 0.5, K: 1, law: 'rademacher' },
        ...{ diffusion: 0.01, reaction: 0.01, lengthScale: 1, trainFunctions: 100, testFunctions: 100 },
      },
      // It has pictures only.
      figures: {},
      comparisons: [
        {
          id: 'figure7',
          label: 'Figure 7',
          help: 'Maps of SG-BP, SG-RFG-G, SG-RFG-L and the truth, with the errors point by point',
          methods: ['SG-BP', 'SG-RFG-G', 'SG-RFG-L'],
          truth: true,
        },
      ],
    },
  },
  {
    symbol: 'f',
    interval: [0, 1],
    nodes: REACTION_DIFFUSION_NODES,
    axes: [
      {
        name: 'X(x)',
        coordinate: 'x',
        values: equispaced(REACTION_DIFFUSION_GRID, 0, 1),
        input: (x) => 2 * x - 1,
        vanishing: (x) => 1 - (2 * x - 1) ** 8,
        coarseStride: 3,
      },
      {
        name: 'T(t)',
        coordinate: 't',
        values: equispaced(REACTION_DIFFUSION_GRID, 0, 1),
        input: (t) => 2 * t - 1,
        vanishing: (t) => t,
        coarseStride: 3,
      },
    ],
    boundaryFactor: { tex: 't\\,(1 - s^8),\\ s = 2x - 1', text: 't (1 − s⁸) with s = 2x − 1' },
    amplitudeInput: true,
    // u → t f for small t, away from the ends, whatever D and k are.
    forcingFactor: 1,
    coarseFunctions: 25,
    firstFunctions: 10,
    solve: (f: Float64Array, params: ProblemParams & Coefficients) => solveReactionDiffusion(f, params),
  },
);
