import { arriving } from '../problems/arriving.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { inputsOf, isTableText, linkOfTable, type TableParams, tableOfLink } from '../problems/table.ts';
import { number, tableText } from '../settings/fields.ts';
import type { Experiment } from './experiment.ts';

let samples: typeof import('../problems/samples.ts') | undefined;

const FIELDS = {
  data: tableText(isTableText, linkOfTable, tableOfLink, {
    label: 'Data',
    help: 'Name, scaling and numbers of your table, or its name alone',
    resets: true,
  }),
  testShare: number(0.2, 0.05, 0.9, {
    label: 'Test share',
    help: 'Share of the rows for the test error: never learned from',
    resets: true,
  }),
  noise: number(0, 0, 2, {
    label: 'Noise',
    help: 'Normal, on the training targets, in standard deviations of these',
    resets: true,
  }),
};

/** A table that the reader brings: one or two columns of inputs, one of targets. */
export const data: Experiment<'data', typeof FIELDS> = {
  id: 'data',
  name: 'your data',
  place: 4,
  tex: 'x,\\, y \\mapsto z',
  shape: 'scatter',
  coordinates: ['x', 'y'],
  factorCount: 1,
  probe: [[0.2, -0.35]],
  fields: FIELDS,
  defaults: {},
  presetsLike: 'hat',
  allows: { init: ['uniform', 'data'] },
  factors: ({ data }: ProblemParams & TableParams) => [{ name: 'data', inputs: inputsOf(data) }],
  async load() {
    samples ??= await arriving(() => import('../problems/samples.ts'));
  },
  nothingLearned: ({ test }) => new Float64Array(test.target.length),
  // biome-ignore lint/correctness/useYield: one piece, nothing to report on the way
  *generate(params: ProblemParams & TableParams) {
    if (!samples) throw new Error('problems/samples.ts has not been loaded');
    return samples.samplesProblem(params);
  },
};
