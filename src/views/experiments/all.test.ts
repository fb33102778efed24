import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXPERIMENT_NAMES, EXPERIMENTS } from '../../experiments/table.ts';
import { WORDS } from './all.ts';

it.each(EXPERIMENT_NAMES)(
  '%s has its words, the boundary’s where it has a boundary, and a reason for each setting that can mean nothing',
  (name) => {
    const { title, hint, sentence, boundary, nothingLearned, reasons } = WORDS[name];
    const { fields, needs } = EXPERIMENTS[name];
    for (const text of [title, hint, nothingLearned]) expect(text).toMatch(/\S/);
    expect(boundary !== undefined).toBe(EXPERIMENTS[name].operator !== undefined);
    const explained = Object.keys(fields).length > 0 ? ['elsewhere', ...Object.keys(needs ?? {})] : [];
    expect(Object.keys(reasons ?? {})).toEqual(explained);
    for (const boundary of ['hard', 'soft'] as const)
      expect(sentence({ target: 'hat', boundary })).toMatch(/[.?]$/);
  },
);

it('has no words of an experiment that does not exist', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => !/^all\.|^words\.ts$/.test(name));
  expect(files.sort()).toEqual(EXPERIMENT_NAMES.map((name) => `${name}.ts`).sort());
});
