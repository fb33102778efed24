import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import measured from './measured.json';
import { type ResultsFile, summariseResults } from './measured.ts';

const folder = new URL('../../docs/results/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ResultsFile);

describe('measured figures', () => {
  it('are those of the committed results', () => {
    expect(measured.length).toBeGreaterThan(0);
    expect(measured).toEqual(summariseResults(files));
  });

  it('take the median over seeds; a diverged run counts as infinite', () => {
    const config = {
      experiment: 'hat',
      recipe: 'paper',
      boundary: 'hard',
      steps: 9,
      K: 1,
      gradient: 'RFG',
    } as const;
    const runs = [0.3, 0.1, null, 0.2].map((error) => ({ method: 'SG-RFG-G', error, config }));
    const [row] = summariseResults([{ runs }]);
    expect(row).toMatchObject({ median: 0.25, min: 0.1, max: Number.POSITIVE_INFINITY, runs: 4 });
  });
});
