import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provenance } from '../../cli/provenance.ts';
import { type RunResult, readRuns, writeRuns } from '../../cli/results.ts';
import { complete } from './complete.ts';
import { standing } from './kept.ts';

const TINY = '--engine reference --set steps=4 --set T=8 --set hidden=4-4 --set batch=8';
const table = { file: 'tiny', options: `--methods SG-BP --seeds 1..3 ${TINY}` };
const COMMIT = '0123456789';
/** What runs that are computed now carry: a tree with changes, or none at all, must not fail the test. */
const { commit: here } = provenance();
const fault = (commit: string | undefined) => (commit === COMMIT || commit === here ? undefined : 'foreign');

/** Runs of the table that were computed before. */
const made = (commit: string): RunResult[] =>
  standing(table, []).missing.map((run) => ({
    ...{ ...run, error: 9, curve: [], seconds: 1, stepsPerSecond: 1, node: 'v20.0.0', commit },
  }));

let folder = '';
let said = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
  said = '';
});
afterEach(() => rmSync(folder, { recursive: true }));

const places = () => ({
  destination: join(folder, 'kept.json'),
  unfinished: join(folder, 'unfinished.json'),
});
const bring = (changes: Partial<Parameters<typeof complete>[2]> = {}) =>
  complete(table, places(), {
    ...{ anew: false, jobs: 1, commit: COMMIT, fault },
    terminal: {
      write: (text: string) => {
        said += text;
      },
    },
    ...changes,
  });
const runs = (path: string) => readRuns(path).map(({ config, error }) => [config.seed, error]);

describe('complete', () => {
  it('computes what is missing, in whichever place the rest is, and keeps it when all is there', async () => {
    const { destination, unfinished } = places();
    const [one, two, three] = made(COMMIT);
    writeRuns(destination, [three, { ...one, commit: 'foreign' }]);
    writeRuns(unfinished, [two]);
    expect(await bring()).toBe(true);
    expect(said).toContain('2 runs kept, 1 to compute');
    expect(runs(destination)).toEqual([
      [1, expect.any(Number)],
      [2, 9],
      [3, 9],
    ]);
    expect(readRuns(destination)[0].error).not.toBe(9);
    expect(existsSync(unfinished)).toBe(false);

    said = '';
    expect(await bring({ commit: undefined })).toBe(true);
    expect(said).toBe('tiny: complete\n');
  });

  it('leaves what is kept alone when it is stopped', async () => {
    const { destination, unfinished } = places();
    const [one, , three] = made(COMMIT);
    writeRuns(destination, [three]);
    writeRuns(unfinished, [one]);
    expect(await bring({ signal: AbortSignal.abort() })).toBe(false);
    expect(said).toContain('1 runs are still missing');
    expect(runs(destination)).toEqual([[3, 9]]);
    expect(runs(unfinished)).toEqual([
      [1, 9],
      [3, 9],
    ]);
  });

  it('counts runs of other commits as missing when all is wanted anew', async () => {
    writeRuns(places().destination, made(COMMIT));
    expect(await bring()).toBe(true);
    expect(await bring({ anew: true, commit: 'abcdefabcd', signal: AbortSignal.abort() })).toBe(false);
    expect(said).toContain('0 runs kept, 3 to compute');
    expect(runs(places().destination)).toHaveLength(3);
  });

  it('takes over runs of other places', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    const [one, two, three] = made(COMMIT);
    writeRuns(elsewhere, [three, { ...two, commit: 'foreign' }]);
    writeRuns(places().unfinished, [one, two]);
    const options = { anew: false, jobs: 1, commit: COMMIT, fault, terminal: { write: () => {} } };
    expect(await complete(table, { ...places(), others: [elsewhere] }, options)).toBe(true);
    expect(runs(places().destination).map(([seed]) => seed)).toEqual([1, 2, 3]);
  });

  it('refuses to compute with changes that are in no commit', async () => {
    for (const commit of [undefined, `${COMMIT}+`])
      await expect(bring({ commit })).rejects.toThrow('a clean one, for 3 runs of tiny');
  });
});
