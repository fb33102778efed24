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

/** Elements whose value the browser writes itself. */
const WRITTEN = /<select|type="(?:range|radio|checkbox)"/;

it('a number that a person types is read by readNumber', () => {
  const faults = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => {
      const text = readFileSync(new URL(name, SRC), 'utf8');
      const reads = [
        ...text.matchAll(/(?:\bNumber|parseFloat|parseInt)\([^()]*\.value\b|valueAsNumber|type="number"/g),
      ];
      return reads
        .filter(({ index, 0: read }) => {
          const element = text.slice(
            Math.max(text.lastIndexOf('<input', index), text.lastIndexOf('<select', index)),
            index,
          );
          return read.startsWith('type') || !WRITTEN.test(element);
        })
        .map(({ 0: read }) => `${name}: ${read}`);
    });
  expect(faults).toEqual([]);
});

it('nothing waits for a form to be sent: a sandboxed frame without allow-forms drops that without a word', () => {
  const forms = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .filter((name) => /<form\b|type="submit"/.test(readFileSync(new URL(name, SRC), 'utf8')));
  expect(forms).toEqual([]);
});
