import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SRC = new URL('../src/', import.meta.url);
/** The conformance suite tests engines, wherever they run; no page loads it. */
const TESTS = /\.test\.tsx?$|^kernels[\\/]conformance[\\/]/;

it('nothing that the page loads imports what is made for tests', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const ofTests = (name: string) =>
    /(?:from|import) ?\(?'[^']*(?:\/tests\/|\/conformance\/|\.test\.)/.test(
      readFileSync(new URL(name, SRC), 'utf8'),
    );
  const [tests, product] = [
    files.filter((name) => TESTS.test(name)),
    files.filter((name) => !TESTS.test(name)),
  ];
  expect(tests.filter(ofTests).length).toBeGreaterThan(20);
  expect(product.filter(ofTests)).toEqual([]);
});
