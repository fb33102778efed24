import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FIELDS } from '../training/config.ts';
import { WORDS } from './experiments/all.ts';

const here = new URL('../', import.meta.url);
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(new URL(name, here), 'utf8') }));
const words = [...sources, { name: 'README.md', text: readFileSync(new URL('../README.md', here), 'utf8') }];

/** Places that say something which must not be said. */
const saying = (pattern: RegExp) => words.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

it('nothing says that all is computed in the browser: some is recorded, and the help says what', () => {
  expect(saying(/\b(all|everything) is computed in (this|the|your) browser/i)).toEqual([]);
  const help = words.find(({ name }) => name.endsWith('HelpDialog.tsx'))?.text ?? '';
  expect(help.replace(/\s+/g, ' ')).toMatch(/Computed beforehand .*“recorded”/);
});

it('the forcing is g for Poisson and f for reaction-diffusion', () => {
  expect(WORDS.poisson.hint).toMatch(/any forcing g$/);
  expect(WORDS['reaction-diffusion'].hint).toMatch(/any forcing f$/);
  const said = (experiment: 'poisson' | 'reaction-diffusion') =>
    WORDS[experiment].sentence({ target: 'hat', boundary: 'hard' });
  expect(said('poisson')).toMatch(/any forcing g .*−u″ = g .*1 − y². Draw g/);
  expect(said('poisson')).not.toMatch(/\bf\b/);
  expect(said('reaction-diffusion')).toMatch(/any forcing f .*\+ f\(x\).*t \(1 − s⁸\), s = 2x − 1. Draw f/);
  expect(said('reaction-diffusion')).not.toMatch(/\bg\b/);
  expect(FIELDS.perFunctionScale.help).not.toMatch(/\bg\b/);
});

it('a step of the simulation is not called t, which is the equation’s time', () => {
  expect(saying(/time step t\b/)).toEqual([]);
  expect(
    saying(/[`>"'\s]t = \$?\{(selected\.)?(time|config\.T)\}/).filter((name) => !/operator/.test(name)),
  ).toEqual([]);
});

it('the boundary factors are told', () => {
  expect(FIELDS.boundary.help).toMatch(/1 − y² .*t \(1 − s⁸\) with s = 2x − 1/);
});
