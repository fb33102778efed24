import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bibliography, PAPER_BIBTEX, SOFTWARE_BIBTEX } from './citation.ts';

const root = new URL('../../../', import.meta.url);
const cff = readFileSync(new URL('CITATION.cff', root), 'utf8');
const { version, license } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** The value of a key at the left edge. */
const top = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(cff)?.[1];
const field = (bibtex: string, name: string) =>
  new RegExp(`^  ${name} *= \\{(.*)\\},?$`, 'm').exec(bibtex)?.[1];

it('CITATION.cff has what its schema 1.2.0 requires, and the version of the package', () => {
  expect(top('cff-version')).toBe('1.2.0');
  expect(top('message')).toMatch(/\S/);
  expect(top('title')).toBe('Spiking Playground');
  expect(top('type')).toBe('software');
  expect(cff).toMatch(/^authors:\n {2}- name: \S/m);
  expect(top('version')).toBe(version);
  expect(top('license')).toBe(license);
  // No other keys: those that the schema knows of a work.
  const keys = [...cff.matchAll(/^([a-z-]+):/gm)].map(([, key]) => key);
  const known = 'abstract authors cff-version keywords license message references title type version'.split(
    ' ',
  );
  expect(keys.sort()).toEqual(known.sort());
  // A reference needs authors, title and type.
  const [, reference] = cff.split(/^references:\n/m);
  for (const key of ['type', 'title', 'authors'])
    expect(reference).toMatch(new RegExp(`^ {2}(- | {2})${key}:`, 'm'));
});

it('BibTeX and CITATION.cff say the same', () => {
  expect(field(SOFTWARE_BIBTEX, 'version')).toBe(version);
  expect(field(SOFTWARE_BIBTEX, 'license')).toBe(license);
  for (const name of ['title', 'doi', 'journal', 'year', 'url', 'eprint'])
    expect(cff, name).toContain(field(PAPER_BIBTEX, name));
  const authors = [...cff.matchAll(/family-names: (.+)\n +given-names: (.+)/g)].map(([, ...names]) =>
    names.join(', '),
  );
  expect(authors).toHaveLength(3);
  expect(field(PAPER_BIBTEX, 'author')).toBe(authors.join(' and '));
  expect(cff).toContain(`- name: ${field(SOFTWARE_BIBTEX, 'author')?.replace(/[{}]/g, '')}`);
});

it('the list of references is BibTeX: two entries, their brackets closed', () => {
  const text = bibliography();
  expect(text.match(/^@\w+\{\w+,$/gm)).toHaveLength(2);
  expect([...text].reduce((depth, c) => depth + (c === '{' ? 1 : c === '}' ? -1 : 0), 0)).toBe(0);
});
