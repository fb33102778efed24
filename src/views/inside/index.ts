import type { ComponentType } from 'react';
import type { TermId } from '../../lessons/terms.ts';
import type { InsideName } from '../../state/presentation.ts';

/** A view that opens on demand; its code is loaded with it. */
export interface InsideView {
  readonly id: InsideName;
  readonly label: string;
  /** What is to be seen there, in one line. */
  readonly description: string;
  /** Width in CSS pixels at which it is comfortable; all of them work from 320 on. */
  readonly width: number;
  /** Terms that the view uses, as they stand there. */
  readonly terms: readonly (readonly [id: TermId, words: string])[];
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** Everything behind “Look inside”, in the order of the menu. */
export const INSIDE: readonly InsideView[] = [
  {
    id: 'target',
    label: 'Choose or paint the target',
    description: 'Another function, a formula in x and y, or a painting: the same training learns it',
    width: 560,
    terms: [
      ['target', 'target ψ'],
      ['seed', 'seed'],
    ],
    load: () => import('./TargetPicker.tsx'),
  },
  {
    id: 'data',
    label: 'Your data',
    description: 'A table of one or two inputs and a target; it stays in this browser',
    width: 560,
    terms: [
      ['table', 'table'],
      ['relativeL2', 'test error'],
      ['seed', 'seed'],
    ],
    load: () => import('./YourData.tsx'),
  },
  {
    id: 'step',
    label: 'One step in slow motion',
    description: 'Draw, simulate, measure, scale, update: one training step taken apart',
    width: 680,
    terms: [
      ['direction', 'direction δθ'],
      ['tangent', 'tangent'],
      ['JVP', 'JVP'],
      ['gradient', 'estimate g'],
      ['learningRate', 'rate η'],
      ['batch', 'batch B'],
    ],
    load: () => import('./SlowStep.tsx'),
  },
  {
    id: 'microscope',
    label: 'Gradient microscope',
    description:
      'How close an estimate comes to back-propagation’s gradient, and the loss around the weights',
    width: 680,
    terms: [
      ['gradient', 'estimate g'],
      ['cosine', 'cosine'],
      ['directions', 'directions K'],
      ['loss', 'loss L'],
      ['sigma', 'σ'],
    ],
    load: () => import('./GradientMicroscope.tsx'),
  },
  {
    id: 'cost',
    label: 'What a step costs',
    description:
      'Operations counted from the spikes that occurred, memory over T, energy, time, and the paper’s claim',
    width: 620,
    terms: [
      ['forwardPassEquivalents', 'forward-pass equivalents'],
      ['operations', 'operations'],
      ['kept', 'memory'],
      ['energy', 'energy'],
      ['tangent', 'tangent'],
    ],
    load: () => import('./StepCost.tsx'),
  },
  {
    id: 'surface',
    label: 'Surface in 3-D',
    description: 'Target and network as surfaces that turn together',
    width: 680,
    terms: [
      ['target', 'target ψ'],
      ['readOut', 'read-out y'],
      ['relativeL2', 'relative L2'],
    ],
    load: () => import('./Surface3D.tsx'),
  },
  {
    id: 'slice',
    label: 'Slice along a line',
    description: 'Target and network along any line of the square',
    width: 480,
    terms: [
      ['target', 'target ψ'],
      ['readOut', 'read-out y'],
    ],
    load: () => import('./Slice.tsx'),
  },
  {
    id: 'staircase',
    label: 'Fewer or more time steps',
    description: 'The trained network simulated for other T: the precision staircase',
    width: 480,
    terms: [
      ['timeSteps', 'time steps T'],
      ['firingRate', 'rate'],
      ['relativeL2', 'relative L2'],
      ['grid', 'grid'],
    ],
    load: () => import('./PrecisionStaircase.tsx'),
  },
  {
    id: 'table',
    label: 'The paper’s table and ours',
    description: 'Every method’s error: what the paper reports, and what these networks reached',
    width: 680,
    terms: [
      ['relativeL2', 'relative L2'],
      ['BP', 'BP'],
      ['RFG', 'RFG'],
      ['globalScope', 'G'],
      ['layerScope', 'L'],
      ['SG', 'SG'],
      ['WSG', 'WSG'],
      ['localLosses', 'LL'],
      ['boundaryFactor', 'boundary'],
    ],
    load: () => import('./PaperTable.tsx'),
  },
  {
    id: 'choices',
    label: 'What the paper leaves open',
    description: 'What the paper states, what it does not, and what was chosen here, with every default',
    width: 680,
    terms: [
      ['recipe', 'recipe'],
      ['direction', 'direction δθ'],
      ['initialWeights', 'initial weights'],
      ['boundaryFactor', 'boundary factor'],
      ['perFunctionScale', 'per-function scale'],
      ['relativeL2', 'relative L2'],
    ],
    load: () => import('./Choices.tsx'),
  },
  {
    id: 'board',
    label: 'Paper board: train the table here',
    description: 'Every method over several seeds on all cores, beside the paper’s figures',
    width: 680,
    terms: [
      ['relativeL2', 'relative L2'],
      ['seed', 'seed'],
      ['recipe', 'recipe'],
      ['BP', 'BP'],
      ['RFG', 'RFG'],
      ['globalScope', 'G'],
      ['layerScope', 'L'],
      ['SG', 'SG'],
      ['WSG', 'WSG'],
    ],
    load: () => import('./Board.tsx'),
  },
];
