import { arriving } from '../problems/arriving.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { inputsOf, isTableMissing, type TableParams } from '../problems/table.ts';
import { number } from '../settings/fields.ts';
import type { Experiment } from './experiment.ts';
import { DATA } from './reader-table.ts';

let samples: typeof import('../problems/samples.ts') | undefined;

const FIELDS = {
  data: DATA,
  testShare: number(0.2, 0.05, 0.9, {
    label: 'Test share',
    help: 'Rows that are not learned from',
    resets: true,
  }),
  noise: number(0, 0, 2, {
    label: 'Noise',
    help: 'On training targets, in their standard deviations',
    resets: true,
  }),
};

/** A table that the reader brings: one or two columns of inputs, one of targets. */
export const ownData: Experiment<'own-data', typeof FIELDS> = {
  id: 'own-data',
  name: 'your data',
  place: 4,
  tex: 'x, y \\mapsto z',
  shape: 'scatter',
  coordinates: ['x', 'y'],
  factorCount: 1,
  probe: [[0.2, -0.35]],
  fields: FIELDS,
  defaults: {},
  presetsLike: 'hat',
  allows: { init: ['uniform', 'data'] },
  isDataMissing: ({ data }) => isTableMissing(data),
  factors: ({ data }: ProblemParams & TableParams) => [{ name: 'data', inputs: inputsOf(data) }],
  async load() {
    samples ??= await arriving(() => import('../problems/samples.ts'));
  },
  nothingLearned: ({ test }) => new Float64Array(test.target.length),
  // biome-ignore lint/correctness/useYield: one piece, nothing to report on the way
  *generate(params: ProblemParams & TableParams) {
    return samples!.samplesProblem(params);
  },
};
