import { describe, expect, it } from 'vitest';
import type { MethodResult } from '../../../lessons/measured.ts';
import { paperTableData } from './export.ts';
import { columnsOf, figureIn, groupsOf, inColumns } from './table-rows.ts';

const one = (method: string, changes: Partial<MethodResult> = {}): MethodResult => ({
  ...{ experiment: 'poisson', recipe: 'paper', boundary: 'hard', method, learned: 'all weights' },
  ...{ median: 0.1, min: 0.1, max: 0.1, runs: 5, steps: 9, ...changes },
});
const soft = { boundary: 'soft', changes: 'boundary=soft', median: 0.2 } as const;
const MEASURED = [
  one('SG-RFG-A', { recipe: 'live' }),
  one('tanh-BP', { learned: 'all weights, tanh' }),
  one('SG-BP', soft),
  one('SG-BP'),
  one('SG-BP', { changes: 'lengthScale=1', median: 0.3 }),
  one('SG-BP', { changes: 'lengthScale=1 boundary=soft', boundary: 'soft', median: 0.4 }),
  one('WP-G'),
  one('SG-BP', { experiment: 'hat', boundary: undefined }),
];

describe('the paper’s table and ours', () => {
  const shown = inColumns('poisson', MEASURED);

  it('has the paper’s methods first, then those beyond it, then what is neither', () => {
    const groups = groupsOf('poisson', shown);
    expect(groups.map(({ id }) => id)).toEqual(['paper', 'beyond', 'baselines']);
    expect(groups[0].rows).toHaveLength(10);
    expect(groups[1].rows.map(({ name }) => name)).toEqual(['WP-G', 'SG-RFG-A']);
    expect(groups[2].rows.map(({ name, pins }) => [name, pins])).toEqual([['tanh-BP', undefined]]);
    expect(groupsOf('reaction-diffusion', []).map(({ id }) => id)).toEqual(['paper']);
  });

  it('has a column for each recipe and boundary, and nothing in it that has other settings', () => {
    const columns = columnsOf(shown);
    expect(columns.map(({ id }) => id)).toEqual(['paper hard', 'paper soft', 'live hard']);
    const [{ rows }] = groupsOf('poisson', shown);
    expect(columns.map((column) => figureIn(column, rows[0])?.median)).toEqual([0.1, 0.2, undefined]);
    expect(columnsOf(inColumns('hat', MEASURED)).map(({ id }) => id)).toEqual(['paper']);
  });

  it('is exported with everything that was measured', () => {
    const { header, rows: made } = paperTableData('poisson', MEASURED);
    const rows = [...made];
    for (const row of rows) expect(row).toHaveLength(header.length);
    const at = (name: string) => header.indexOf(name);
    const ofBP = rows.filter((row) => row[at('method')] === 'SG-BP');
    expect(ofBP.map((row) => [row[at('changes')], row[at('median')]])).toEqual([
      ['boundary=soft', 0.2],
      [undefined, 0.1],
      ['lengthScale=1', 0.3],
      ['lengthScale=1 boundary=soft', 0.4],
    ]);
  });
});
