import { expect, it } from 'vitest';
import { type ArchiveFacts, readme } from './readme.ts';
import { SOFTWARE } from './software.ts';

const facts: ArchiveFacts = {
  provenance: {
    title: '',
    lines: ['Mexican hat, SG-BP, step 40', 'T 4, seed 7, data seed 3'],
    link: 'https://a.org/#T=4&seed=7',
  },
  sentence: 'A small spiking network learns ψ.',
  seeds: [
    ['weights, batches and directions', 7],
    ['data', 3],
  ],
  ...{ engine: 'wasm', ownWeights: false, decimal: 'point' },
  files: [
    { path: 'figures/network.svg', about: 'figure: network' },
    { path: 'data/network.csv', about: 'data: network' },
  ],
  missing: [],
};
const text = (changes: Partial<ArchiveFacts> = {}) =>
  readme({ ...facts, ...changes }, new Date('2026-11-29T03:00:00Z'));

it('says how the files were made: date, version, engine, seeds, link, experiment, settings, and what each file is', () => {
  const said = text();
  for (const line of [
    'Date:     2026-11-29T03:00:00.000Z',
    `Version:  ${SOFTWARE.version}`,
    'Engine:   wasm',
    'Seeds:    weights, batches and directions 7, data 3',
    'Link:     https://a.org/#T=4&seed=7',
    'A small spiking network learns ψ.',
    ...facts.provenance.lines,
    'figures/network.svg  figure: network',
    'data/network.csv     data: network',
  ])
    expect(said).toContain(line);
  expect(SOFTWARE.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(said).not.toContain('Left out');
  expect(said).toContain('identical losses');
});

it('says what a link cannot hold, what was left out, and how numbers are written', () => {
  const said = text({
    ownWeights: true,
    decimal: 'comma',
    missing: ['slice: there is nothing to save yet'],
    engine: undefined,
  });
  expect(said).toContain('not the weights, which came from a file');
  expect(said).toContain('Left out\n--------\nslice: there is nothing to save yet');
  expect(said).toContain('sep=";", decimal=","');
  expect(said).toContain('the run is recorded');
});
