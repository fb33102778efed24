import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXPERIMENT_NAMES, EXPERIMENTS } from '../../experiments/table.ts';
import { WORDS } from './all.ts';

it.each(EXPERIMENT_NAMES)('%s has its words, and the boundary’s where it has a boundary', (name) => {
  const { title, hint, sentence, boundary, nothingLearned } = WORDS[name];
  for (const text of [title, hint, nothingLearned]) expect(text).toMatch(/\S/);
  expect(boundary !== undefined).toBe(EXPERIMENTS[name].operator !== undefined);
  for (const boundary of ['hard', 'soft'] as const)
    expect(sentence({ target: 'hat', boundary })).toMatch(/\.$/);
});

it('has no words of an experiment that does not exist', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => !/^all\.|^words\.ts$/.test(name));
  expect(files.sort()).toEqual(EXPERIMENT_NAMES.map((name) => `${name}.ts`).sort());
});
