import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');

/** The opening tag that begins at `at`. */
function tagAt(text: string, at: number): string {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === '>' && depth === 0) return text.slice(at, i + 1);
  }
  return '';
}

it('a control that can do nothing stays within reach and says why', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  );
  const faults = files.flatMap((name) => {
    const text = readFileSync(join(SRC, name), 'utf8');
    const tags = [...text.matchAll(/<(?:button|input|select|textarea|fieldset)\b/g)].map(({ index }) =>
      tagAt(text, index),
    );
    return (
      tags
        // A browser passes over what is disabled: no key and no finger gets there. aria-disabled needs its reason.
        .filter(
          (tag) =>
            /[\s"}]disabled\b/.test(tag) ||
            (tag.includes('aria-disabled') && !/aria-describedby|\{\.\.\./.test(tag)),
        )
        .map((tag) => `${name}: ${tag}`)
    );
  });
  expect(files.length).toBeGreaterThan(150);
  expect(faults).toEqual([]);
});
