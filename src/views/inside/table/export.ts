import type { Table } from '../../../io/csv.ts';
import type { MethodResult } from '../../../lessons/measured.ts';
import type { ExperimentName } from '../../../training/config.ts';
import { reportedFigure } from '../../../training/paper.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { groupsOf } from './table-rows.ts';
import { GROUPS } from './words.ts';

/** Every figure of an experiment, one a row, those under changed settings too. */
export function paperTableData(experiment: ExperimentName, measured: readonly MethodResult[]): Table {
  const all = measured.filter((row) => row.experiment === experiment);
  return {
    header: [
      ...['group', 'method', 'learned', 'paper', 'recipe', 'boundary', 'changes'],
      ...['median', 'least', 'greatest', 'pooled', 'runs', 'steps', 'K'],
    ],
    rows: groupsOf(experiment, all).flatMap(({ id, rows }) =>
      rows.flatMap(({ name, pins, figures }) => {
        const paper = pins && reportedFigure(resolveConfig({ experiment, ...pins }));
        if (figures.length === 0) return [[GROUPS[id], name, undefined, paper, ...Array(10).fill(undefined)]];
        return figures.map((one) => [
          ...[GROUPS[id], name, one.learned, paper, one.recipe, one.boundary, one.changes],
          ...[
            one.median ?? 'diverged',
            one.min ?? 'diverged',
            one.max ?? 'diverged',
            one.pooled ?? undefined,
          ],
          ...[one.runs, one.steps, one.K],
        ]);
      }),
    ),
  };
}
