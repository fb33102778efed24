import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NARROW } from './narrow.ts';

it('style sheets lay a page out as on a phone in the same windows as scripts', () => {
  const SRC = join(import.meta.dirname, '..');
  const sheets = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.css'),
  );
  const widths = sheets.flatMap((name) =>
    [...readFileSync(join(SRC, name), 'utf8').matchAll(/@(?:custom-)?media [^{;]*/g)].flatMap(([rule]) =>
      [...rule.matchAll(/\((?:max|min)-width: (\d+)px\)/g)]
        .filter(([, width]) => Math.abs(Number(width) - 700) < 50)
        .map(([condition]) => condition),
    ),
  );
  const [, most] = /^\(max-width: (\d+)px\)$/.exec(NARROW) ?? [];
  expect([...new Set(widths)].sort()).toEqual([NARROW, `(min-width: ${Number(most) + 1}px)`]);
});
