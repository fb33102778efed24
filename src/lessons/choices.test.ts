import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OF_PAPER } from '../experiments/table.ts';
import { FIELD_NAMES, isUsed } from '../training/config.ts';
import { STATED } from '../training/paper.ts';
import { resolveConfig } from '../training/presets.ts';
import { TABLE_METHODS } from '../training/table-methods.ts';
import { CHOICES, choicesDocument, defaultsOf } from './choices.ts';

const EXPERIMENTS = OF_PAPER.map(({ id }) => id);

describe('what the paper leaves open', () => {
  it('is in docs/choices.md as the table and the configuration have it now: npm run choices', () => {
    const file = readFileSync(new URL('../../docs/choices.md', import.meta.url), 'utf8');
    expect(file).toBe(choicesDocument());
  });

  it('is everything that the paper’s methods use and the paper does not state', () => {
    const listed = new Set(CHOICES.flatMap(({ fields }) => fields));
    const naming = ['experiment', 'recipe', 'surrogate', 'gradient', 'localLosses', 'flipout'];
    const open = new Set(
      EXPERIMENTS.flatMap((experiment) =>
        TABLE_METHODS[experiment].flatMap(({ pins }) =>
          (['paper', 'live'] as const).flatMap((recipe) => {
            const config = resolveConfig({ experiment, recipe, ...pins });
            return FIELD_NAMES.filter((field) => isUsed(field, config) && !(field in STATED[experiment]));
          }),
        ),
      ),
    );
    expect([...open].filter((field) => !naming.includes(field) && !listed.has(field))).toEqual([]);
  });

  it('has defaults by experiment, recipe and method, each as the configuration gives it', () => {
    expect(defaultsOf('rank').text).toBe('8');
    expect(defaultsOf('sensors').text).toBe('Poisson: 10. reaction–diffusion: 5');
    expect(defaultsOf('init').text).toBe(
      'hat: recipe paper: uniform; recipe live: data. Poisson: operator. reaction–diffusion: operator',
    );
    expect(defaultsOf('gain').text).toBe('recipe paper: 2');
    expect(defaultsOf('scope').text).toBe('L');
    const G = resolveConfig({ recipe: 'paper', gradient: 'RFG', scope: 'G' });
    expect(defaultsOf('rate').text).toContain(`RFG-G ${G.rate}; recipe live`);
    for (const { fields } of CHOICES)
      for (const field of fields) expect(defaultsOf(field).text).not.toMatch(/^$|: [;.]|: $/);
  });
});
