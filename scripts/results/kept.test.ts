import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commitFault } from '../../cli/provenance.ts';
import { type RunResult, readRuns } from '../../cli/results.ts';
import { FOLDER, runsOf, standing } from './kept.ts';
import { KEPT } from './manifest.ts';

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const standings = KEPT.map((table) => ({ table, ...standing(table, runsOf(table)) }));

describe('kept results', () => {
  it('come from clean commits that are in the history', () => {
    const commits = files.flatMap((file) =>
      [...new Set(readRuns(`${FOLDER}${file}`).map(({ commit }) => commit))].map((commit) => ({
        file,
        commit,
      })),
    );
    expect(commits.length).toBeGreaterThan(0);
    const faults = commits.flatMap(({ file, commit }) => {
      const fault = commitFault(commit);
      return fault ? [`${file}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('are those of the manifest, with its settings: npm run results', () => {
    const named = KEPT.map(({ file }) => `${file}.json`);
    expect(files.filter((file) => !named.includes(file))).toEqual([]);
    expect(standings.flatMap(({ refused }) => refused)).toEqual([]);
  });

  it('are complete: npm run results', () => {
    const missing = standings.flatMap(({ table, missing }) =>
      missing.map((run) => `${table.file}: ${run.method}, seed ${run.config.seed}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('commitFault', () => {
  const history = (...known: string[]) => {
    return (...words: string[]) =>
      words[0] === 'rev-parse' ? 'false' : known.includes(words[2]) ? '' : undefined;
  };

  it('refuses changed files, what is missing, what is none and what is not an ancestor', () => {
    const ask = history('0123456789');
    expect(commitFault('0123456789', ask)).toBeUndefined();
    expect(commitFault('0123456789+', ask)).toContain('differed');
    expect(commitFault(undefined, ask)).toBe('no commit');
    expect(commitFault('main', ask)).toContain('no commit');
    expect(commitFault('247ffd0b65', ask)).toContain('not in the history');
  });

  it('asks nothing of a history that is not there or cut off', () => {
    for (const answer of [undefined, 'true'])
      expect(commitFault('247ffd0b65', (...words) => (words[0] === 'rev-parse' ? answer : undefined))).toBe(
        undefined,
      );
  });
});

describe('standing', () => {
  const table = { file: 'x', options: '--methods SG-BP --seeds 1,2 --weights' };
  const [one, two] = standing(table, []).missing;
  const timing = {
    curve: [{ step: 4, error: 0.1 }],
    seconds: 1,
    stepsPerSecond: 1,
    node: 'v20.0.0',
    commit: '0123456789',
  };
  const run = (planned: typeof one, changes: Partial<RunResult>): RunResult => ({
    ...planned,
    error: 0.1,
    weights: 'AAAA',
    ...timing,
    ...changes,
  });
  const fine = () => undefined;

  it('puts sound runs in the order of the table and says what is missing', () => {
    const both = standing(table, [run(two, {}), run(one, {})], fine);
    expect(both.sound.map(({ config }) => config.seed)).toEqual([1, 2]);
    expect(both).toMatchObject({ missing: [], refused: [] });
    expect(standing(table, [run(two, {})], fine).missing).toEqual([one]);
  });

  it('refuses other settings, other commits and runs without the weights that are asked for', () => {
    const other = run(one, { config: { ...one.config, T: 8 } });
    const bare = run(one, { weights: undefined });
    expect(standing(table, [other, bare], fine).refused).toEqual([
      'x: SG-BP, seed 1: the table does not ask for it',
      'x: SG-BP, seed 1: no weights are kept with it',
    ]);
    const baseline = { ...table, options: '--methods tanh-BP --seeds 1 --weights' };
    const [planned] = standing(baseline, []).missing;
    expect(standing(baseline, [run(planned, { weights: undefined })], fine).refused).toEqual([]);
    const foreign = standing(table, [run(one, {})], () => 'not in the history');
    expect(foreign).toMatchObject({ sound: [], refused: ['x: SG-BP, seed 1: not in the history'] });
  });
});
