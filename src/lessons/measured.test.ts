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
    const runs = [0.3, 0.1, null, 0.2].map((error, seed) => ({
      method: 'SG-RFG-G',
      error,
      config: { ...config, seed },
    }));
    const [row] = summariseResults([{ runs }]);
    expect(row).toMatchObject({ median: 0.25, min: 0.1, max: Number.POSITIVE_INFINITY, runs: 4 });
    expect(row).not.toHaveProperty('closeness');
  });

  it('say with layer-wise RFG how often it is the closer one to back-propagation', () => {
    const runs = (['SG-BP', 'SG-RFG-L', 'SG-RFG-G'] as const).flatMap((method, m) =>
      [1, 2].map((seed) => ({
        method,
        error: 0.01 + 0.01 * m * (seed === 1 || method === 'SG-RFG-L' ? 1 : 0.1),
        pooled: 0.01 * seed,
        config: {
          experiment: 'reaction-diffusion',
          recipe: 'paper',
          boundary: 'hard',
          steps: 9,
          K: 1,
          seed,
          gradient: method === 'SG-BP' ? 'BP' : 'RFG',
        } as const,
      })),
    );
    const rows = summariseResults([{ runs }]);
    expect(rows.map((row) => row.closeness?.closer)).toEqual([undefined, 1, undefined]);
    expect(rows.map((row) => row.pooled)).toEqual([0.015, 0.015, 0.015]);
    expect(rows.map((row) => row.K)).toEqual([0, 1, 1]);
  });
});
