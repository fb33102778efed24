import * as v from 'valibot';
import { arriving } from '../problems/arriving.ts';
import type { ProblemParams } from '../problems/problem.ts';
import { inputsOf, linkOfTable, TABLE_TEXT, type TableParams, tableOfLink } from '../problems/table.ts';
import { type Field, number, text } from '../settings/fields.ts';
import type { Experiment } from './experiment.ts';

let samples: typeof import('../problems/samples.ts') | undefined;

const DATA: Field<string> = {
  ...text('', 2e6, { label: 'Data', help: 'Your table, or what names it', resets: true }),
  schema: v.pipe(v.string(), v.regex(TABLE_TEXT)),
  allowed: 'a table’s text',
  format: linkOfTable,
  parse: tableOfLink,
};
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
