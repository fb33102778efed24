import type { ProblemData, ProblemParams } from '../problems/problem.ts';
import {
  loadTarget,
  PAINT_NODES,
  type Surface,
  TARGETS,
  type TargetParams,
  targetSurface,
} from '../problems/targets.ts';
import { choice, text } from '../settings/fields.ts';
import type { Dataset } from '../snn/network.ts';
import { RandomSequence, Stream } from '../snn/random.ts';
import type { Experiment } from './experiment.ts';

/** Width s of the Mexican hat. */
const HAT_WIDTH = 0.8;
export const HAT_SAMPLES = 10000;
/** Nodes along each side of the stated grid and of the live one. */
export const HAT_GRID = 101;
export const HAT_COARSE_GRID = 33;

/** ψ(x, y) = 1/(π s⁴) (1 - r²/2s²) exp(-r²/2s²),  s = 0.8,  r² = x² + y². */
export function mexicanHat(x: number, y: number): number {
  const q = (x * x + y * y) / (2 * HAT_WIDTH ** 2);
  return ((1 - q) * Math.exp(-q)) / (Math.PI * HAT_WIDTH ** 4);
}

/** Nodes of an n × n grid on [-1, 1]²: row i is y from -1 up, column j is x from -1 up; values surface(x, y). */
export function squareGrid(n: number, surface: Surface): Dataset {
  const points = new Float32Array(2 * n * n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      points[at++] = -1 + (2 * j) / (n - 1);
      points[at++] = -1 + (2 * i) / (n - 1);
    }
  }
  return onPoints(points, surface);
}

function onPoints(inputs: Float32Array, surface: Surface): Dataset {
  const rows = inputs.length / 2;
  const target = new Float32Array(rows);
  for (let n = 0; n < rows; n++) target[n] = surface(inputs[2 * n], inputs[2 * n + 1]);
  return { factors: [{ rows, width: 2, inputs, scale: new Float32Array(rows).fill(1) }], target };
}

/**
 * 10,000 uniform points of the square for training; regular grids for the error. The hat keeps its own unit; another
 * function is brought to the hat's height. @throws FormulaError
 */
function surfaceProblem(params: ProblemParams & TargetParams): ProblemData {
  const exact = targetSurface(params, mexicanHat);
  const random = new RandomSequence(params.dataSeed, Stream.data);
  const inputs = Float32Array.from({ length: 2 * HAT_SAMPLES }, () => random.symmetric(1));
  const unit = params.target === 'hat' ? 1 : heightOf(exact, inputs) / mexicanHat(0, 0) || 1;
  const surface: Surface = (x, y) => exact(x, y) / unit;
  return {
    train: onPoints(inputs, surface),
    test: squareGrid(HAT_GRID, surface),
    coarse: squareGrid(HAT_COARSE_GRID, surface),
    unit,
    surface,
  };
}

/** Largest |f| on the stated grid and at the training points, so that no peak between the nodes is beyond the data. */
function heightOf(surface: Surface, inputs: Float32Array): number {
  let most = 0;
  for (const { target } of [squareGrid(HAT_GRID, surface), onPoints(inputs, surface)])
    for (const value of target) most = Math.max(most, Math.abs(value));
  return most;
}

const FIELDS = {
  target: choice('hat', TARGETS, {
    label: 'Target',
    help: 'What the hat network learns: the Mexican hat, another function, a formula or a painting',
    resets: true,
  }),
  formula: text('cos(3*x)*sin(3*y)/2', 200, {
    label: 'Formula',
    help: 'Target in x and y from -1 to 1, when the target is a formula',
    resets: true,
  }),
  painting: text('', PAINT_NODES ** 2, {
    label: 'Painting',
    help: 'Painted target: 64 levels on 16 × 16 nodes',
    resets: true,
  }),
};

export const hat: Experiment<'hat', typeof FIELDS> = {
  id: 'hat',
  name: 'hat',
  place: 0,
  tex: '\\psi(x,y) = \\tfrac{1}{\\pi s^4}\\bigl(1 - \\tfrac{r^2}{2s^2}\\bigr)\\, e^{-r^2/2s^2}',
  shape: 'surface',
  coordinates: ['x', 'y'],
  factorCount: 1,
  probe: [[0.2, -0.35]],
  fields: FIELDS,
  needs: { formula: [{ target: 'formula' }], painting: [{ target: 'painted' }] },
  // The table's defaults are its own.
  defaults: {},
  allows: { init: ['uniform', 'data'] },
  paper: {
    stated: {
      target: 'hat',
      hidden: [[16, 16]],
      T: 32,
      leak: 1,
      reset: 'subtract',
      sigma: 0.5,
      K: 1,
      law: 'rademacher',
    },
    figures: { 'SG-RFG-G': 0.0426, 'SG-RFG-L': 0.0342, 'SG-BP': 0.0298 },
    comparisons: [
      {
        id: 'figure5',
        label: 'Figure 5',
        help: 'The hat as surfaces: truth, SG-RFG-G, SG-RFG-L and SG-BP',
        methods: ['SG-RFG-G', 'SG-RFG-L', 'SG-BP'],
        show: 'surfaces',
        truth: true,
      },
    ],
  },
  factors: () => [{ name: 'hat', inputs: 2 }],
  load: (params: ProblemParams & TargetParams) => loadTarget(params),
  nothingLearned: ({ test }) => new Float64Array(test.target.length),
  // biome-ignore lint/correctness/useYield: one piece, nothing to report on the way
  *generate(params: ProblemParams & TargetParams) {
    return surfaceProblem(params);
  },
};
