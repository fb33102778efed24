import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPERIMENT_NAMES } from '../src/experiments/table.ts';
import { GRADIENTS } from '../src/methods/index.ts';

const ROOT = join(import.meta.dirname, '..');

/** Lines of code outside the records that compare something with one of the names. */
function comparisons(names: readonly string[], records: string): string[] {
  const name = `'(?:${names.join('|')})'`;
  const pattern = new RegExp(`(?:[=!]==|case) *${name}|${name} *[=!]==`);
  return ['src', 'cli', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file),
      ),
    )
    .filter((file) => /(?<!\.test)\.m?tsx?$/.test(file) && !file.startsWith(records))
    .flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    );
}

describe('what is particular to one stands in its record', () => {
  it('a method', () => {
    // What is left: conformance cases that are made for one method, golden files that are written by scope, theory of two scopes.
    const found = comparisons([...GRADIENTS, 'G', 'L', 'A'], join('src', 'methods'));
    expect(found.filter((line) => !/src.kernels.conformance|cosine-theory/.test(line))).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(10);
  });

  it('an experiment', () => {
    const found = comparisons(EXPERIMENT_NAMES, join('src', 'experiments'));
    // `hat` is a target too.
    expect(found.filter((line) => !/target === 'hat'|name === 'hat'/.test(line))).toEqual([]);
  });
});
