import { Buffer } from 'node:buffer';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';
import { UsageError } from './faults.ts';
import { reproduce } from './reproduction.ts';

let folder = '';
let out = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reproduce-'));
  out = join(folder, 'results.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const TINY = '--engine reference --set steps=4 T=8 hidden=4-4 batch=8';

/** Runs a command line and keeps what it writes to stderr. */
async function run(words: string, signal?: AbortSignal) {
  const request = parseArguments(`--out ${out} ${TINY} ${words}`.split(' '));
  if (request === 'help' || request.kind !== 'table') throw new Error('no table');
  let said = '';
  const terminal = {
    write: (text: string) => {
      said += text;
    },
  };
  const done = await reproduce(request, terminal, signal);
  return { ...done, said, errors: done.results.map(({ error }) => error) };
}

describe('reproduce', () => {
  it('keeps finished runs and computes only what is missing', async () => {
    const first = await run('--methods SG-BP --seeds 1,2');
    expect(first).toMatchObject({ computed: 2, failed: 0 });
    expect(first.said.trim().split('\n')).toHaveLength(2);

    const again = await run('--methods SG-BP --seeds 1,2');
    expect(again).toMatchObject({ computed: 0, errors: first.errors, table: first.table });
    expect(again.said).toContain('2 finished run(s) kept');

    const more = await run('--methods SG-BP,SG-RFG-L --seeds 1,2');
    expect(more).toMatchObject({ computed: 2 });
    expect(more.errors.slice(0, 2)).toEqual(first.errors);
  });

  it('keeps runs from before a setting existed: they had its default', async () => {
    await run('--methods SG-BP --seeds 1');
    const file = JSON.parse(readFileSync(out, 'utf8'));
    delete file.runs[0].config.leak;
    writeFileSync(out, JSON.stringify(file));
    expect(await run('--methods SG-BP --seeds 1')).toMatchObject({ computed: 0 });
    expect(await run('--methods SG-BP --seeds 1 --set leak=0.9')).toMatchObject({ computed: 1 });
  });

  it('computes again when any setting differs, and keeps the others', async () => {
    const first = await run('--methods SG-BP --seeds 1');
    const other = await run('--methods SG-BP --seeds 1 --set sigma=0.4');
    expect(other.computed).toBe(1);
    expect(other.errors).not.toEqual(first.errors);
    expect(JSON.parse(readFileSync(out, 'utf8')).runs).toHaveLength(2);
  });

  it('says with every run what it was computed with', async () => {
    await run('--methods SG-RFG-G --seeds 7');
    const [result] = JSON.parse(readFileSync(out, 'utf8')).runs;
    expect(result).toMatchObject({
      method: 'SG-RFG-G',
      engine: 'reference',
      pins: { experiment: 'hat', recipe: 'paper', gradient: 'RFG', scope: 'G', seed: 7, steps: 4 },
      node: process.version,
    });
    expect(result.config).toMatchObject({ seed: 7, dataSeed: 1, optimiser: 'adam' });
    expect(result.curve).toEqual([{ step: 4, error: result.error, training: expect.any(Number) }]);
    expect(result.curve[0].training).not.toBe(result.error);
    expect(result.weights).toBeUndefined();
    expect(result.seconds).toBeGreaterThan(0);
    expect(result.stepsPerSecond).toBeGreaterThan(0);
  });

  it('gives the same errors twice and with any number of jobs', async () => {
    const words = '--methods SG-BP,WSG-RFG-L,WP-G --seeds 1,2';
    const one = await run(`${words} --jobs 1`);
    const file = JSON.parse(readFileSync(out, 'utf8'));
    rmSync(out);
    const two = await run(`${words} --jobs 2`);
    expect(two.errors).toEqual(one.errors);
    expect(new Set(one.errors).size).toBe(6);
    const inFile = JSON.parse(readFileSync(out, 'utf8')).runs;
    expect(inFile.map((r: { error: number }) => r.error)).toEqual(
      file.runs.map((r: { error: number }) => r.error),
    );
  });

  it('reports mean, median and pooled error of an operator experiment', async () => {
    const { results, table } = await run(
      '--experiment poisson --methods SG-RFG-L --seeds 1 --set trainFunctions=10 testFunctions=10 hidden=4',
    );
    const [{ error, median, pooled, curve }] = results;
    for (const value of [error, median, pooled]) expect(value).toBeGreaterThan(0);
    expect(curve[curve.length - 1]).toEqual({
      ...{ step: 4, error, median, pooled },
      training: expect.any(Number),
    });
    expect(table).toContain('pooled');
  });

  it('computes baselines on the same test data and keeps each of them as a run of its own', async () => {
    const words =
      '--experiment poisson --methods baselines,SG-BP --seeds 1 --set trainFunctions=20 testFunctions=10 hidden=4';
    const { results, table, said } = await run(words);
    expect(results.map(({ method, engine }) => [method, engine])).toEqual([
      ['nothing-learned', 'typescript'],
      ['least-squares', 'typescript'],
      ['tanh-BP', 'typescript'],
      ['SG-BP', 'reference'],
    ]);
    expect(new Set(results.map(({ error }) => error)).size).toBe(4);
    for (const { error, pooled, median } of results)
      for (const e of [error, pooled, median]) expect(e).toBeGreaterThan(0);
    expect(results[0].config).toEqual(results[3].config);
    expect(results.map(({ curve }) => curve.length)).toEqual([0, 0, 1, 1]);
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
    expect(rows.map((line) => line.split(' | ')[0])).toEqual([
      '| method',
      '| SG-BP',
      '| nothing-learned',
      '| least-squares',
      '| tanh-BP',
    ]);
    expect(rows[2]).toContain('not reported');
    expect(rows[2]).toMatch(/\| – \| – \|$/);
    expect(rows[4]).toMatch(/\| 4 \| – \|$/);
    expect(said).not.toMatch(/(nothing-learned|least-squares).*steps\/s/);
    expect(await run(words)).toMatchObject({ computed: 0, table });
  });

  it('keeps the final weights on request', async () => {
    const { results } = await run('--methods SG-BP --seeds 1 --weights');
    const bytes = Buffer.from(results[0].weights ?? '', 'base64');
    // 2-4-4-1: weights and biases of three layers.
    expect(bytes.length).toBe(4 * (12 + 20 + 5));
    const file = JSON.parse(readFileSync(out, 'utf8'));
    expect(file.runs[0].weights).toBe(results[0].weights);
    const values = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
    expect(values.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
  });

  it('reports a run that diverges as one', async () => {
    const { results, table, said } = await run(
      '--methods SG-BP --seeds 1 --set optimiser=sgd rate=100 steps=400',
    );
    expect(results[0]).toMatchObject({ error: null, divergedAt: expect.any(Number) });
    expect(table).toContain('diverged');
    expect(said).toContain('diverged at step');
  });

  it('leaves a whole file and no processes when it is stopped', async () => {
    await run('--methods SG-BP --seeds 1');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1500);
    const stopped = await run('--methods SG-BP --seeds 1..40 --set steps=100000 --jobs 2', stop.signal);
    expect(stopped.errors).toHaveLength(0);
    expect(stopped.said).toContain('stopped: 0 of 40');
    expect(JSON.parse(readFileSync(out, 'utf8')).runs).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['results.json']);
  });

  it('refuses a file that is something else and leaves it alone', async () => {
    writeFileSync(out, '{"name": "mine"}');
    await expect(run('--methods SG-BP --seeds 1')).rejects.toThrow(UsageError);
    expect(readFileSync(out, 'utf8')).toBe('{"name": "mine"}');
  });

  it('refuses a place where no file can be', async () => {
    out = join(folder, 'a', 'b', 'c.json');
    await expect(run('--methods SG-BP --seeds 1')).rejects.toThrow(/--out/);
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });
});
