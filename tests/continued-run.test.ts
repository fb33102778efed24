import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../cli/arguments.ts';
import { continueRun } from '../cli/continue.ts';
import { tableOf } from '../cli/data.ts';
import { planRuns } from '../cli/runs.ts';
import { train } from '../cli/train.ts';
import { createPlayground, type Playground } from '../src/state/playground.ts';
import { savedRun } from '../src/state/saved-run.ts';
import { parseHash } from '../src/state/url.ts';
import { referenceEngine } from '../src/training/reference-engine.ts';
import { formatRun, parseRun } from '../src/training/run-file.ts';
import type { SavedRun } from '../src/training/saved-run.ts';
import { portHere } from './support/worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'continue-'));
const file = join(folder, 'run.json');
const open: Playground[] = [];
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

/** In float64, as what goes on with its files here. */
const chooseEngine = async () => ({
  engine: referenceEngine,
  report: { engine: 'reference' as const, reason: 'for tests', trials: [] },
});

/** A page that was opened at a link and trained for some steps. */
async function pageAt(hash: string, steps: number): Promise<Playground> {
  const { pinned, planned, faults } = parseHash(hash);
  expect(faults).toEqual([]);
  const playground = createPlayground({ spawn: () => portHere({ chooseEngine }), pinned, planned });
  open.push(playground);
  await playground.actions.start();
  if (steps > 0) await playground.actions.step(steps);
  return playground;
}

const runOf = ({ lane }: Playground): SavedRun => savedRun(lane.getState())!;

async function continued(words: string): Promise<{ said: string; run: SavedRun; text: string }> {
  const request = parseArguments(`--continue ${file} --engine reference ${words}`.trim().split(' '));
  if (request === 'help' || request.kind !== 'continue') throw new Error('no continuation');
  const said = await continueRun(request, { write: () => undefined });
  const text = readFileSync(request.out ?? said.trim().split('; ').pop()!, 'utf8');
  return { said, run: parseRun(text), text };
}

/** A file of a table with two inputs, as Excel writes it in German. */
function csvFile(rows: number): string {
  const path = join(folder, 'wetter.csv');
  const lines = Array.from({ length: rows }, (_, i) =>
    [1990 + i / 8, (i * 37) % 61, Math.sin(i / 9) + (i % 5) / 10].join(';').replaceAll('.', ','),
  );
  writeFileSync(path, `\ufeff${['Jahr;Höhe;Temperatur', ...lines].join('\r\n')}`);
  return path;
}

const SMALL = 'T=4&hidden=4&batch=8&steps=40';

describe('a run that the page saved goes on in Node as on the page, bit for bit', () => {
  it.each([
    ['back-propagation', SMALL],
    ['directions of each layer and Adam', `${SMALL}&gradient=RFG&scope=L&K=2`],
    [
      'changes that are still to come, with local heads',
      `${SMALL}&then=20:gradient=RFG:localLosses=true,25:rate=0.001`,
    ],
    ['a table', `${SMALL}&experiment=own-data&noise=0.2&data=${encodeURIComponent(tableOf(csvFile(60)))}`],
    [
      'an operator',
      'experiment=poisson&T=4&hidden=4&steps=40&trainFunctions=12&testFunctions=10&gradient=RFG',
    ],
  ])('%s', async (_, hash) => {
    const page = await pageAt(hash, 13);
    writeFileSync(file, formatRun(runOf(page), ['for people']));
    await page.actions.step(17);
    const undisturbed = runOf(page);
    const { run, said, text } = await continued('--steps 17');
    expect(run.state).toEqual(undisturbed.state);
    expect(run.losses).toEqual(undisturbed.losses);
    expect(run.log).toEqual(undisturbed.log);
    expect(run.state.step).toBe(30);
    expect(said).toMatch(/seed 1, step 30: error \S+; .*run-30\.json\n$/);
    const stated = run.metrics?.filter(({ grid, step }) => grid === 'stated' && step === 30);
    expect(stated).toHaveLength(1);
    expect(JSON.parse(text).about).toEqual(['for people', expect.stringContaining('steps 13 to 30')]);

    // And back: the page goes on from the file.
    const other = await pageAt(SMALL, 0);
    await other.actions.load(run);
    await other.actions.step(5);
    await page.actions.step(5);
    expect(runOf(other).state).toEqual(runOf(page).state);
  });

  it('a table that is too large for a link, which the file holds', async () => {
    const page = await pageAt(SMALL, 0);
    await page.actions.set({ experiment: 'own-data', data: tableOf(csvFile(2000)) });
    await page.actions.step(6);
    writeFileSync(file, formatRun(runOf(page)));
    await page.actions.step(8);
    const { run } = await continued('--steps 8');
    expect(run.state).toEqual(runOf(page).state);
    expect(run.losses).toEqual(runOf(page).losses);
    expect(run.log).toEqual(runOf(page).log);
  });

  it('to the end of its schedule where no number is given, and from a file of the command line', async () => {
    const page = await pageAt(SMALL, 3);
    writeFileSync(file, formatRun(runOf(page)));
    const out = join(folder, 'out.json');
    await continued(`--steps 9 --out ${out}`);
    rmSync(file);
    writeFileSync(file, readFileSync(out));
    const { run } = await continued('');
    await page.actions.step(37);
    expect(run.state).toEqual(runOf(page).state);
    await expect(continued(`--out ${out}`)).resolves.toBeDefined();
    writeFileSync(file, readFileSync(out));
    await expect(continued('')).rejects.toThrow(/--steps: .*at the end of its 40 steps/);
  });
});

describe.each([60, 2000])('a table of a file with %d rows', (rows) => {
  it('is learned in Node as on the page, bit for bit', async () => {
    const words = `--data ${csvFile(rows)} --methods SG-RFG-L --seeds 3 --recipe live --engine reference --weights`;
    const request = parseArguments([
      ...words.split(' '),
      ...'--set steps=30 T=4 hidden=4 batch=8 noise=0.1'.split(' '),
    ]);
    if (request === 'help' || request.kind !== 'table') throw new Error('no table');
    const [{ pins, config }] = planRuns(request);
    const outcome = await train(config, referenceEngine, { weights: true });
    const page = await pageAt('', 0);
    await page.actions.set(pins);
    await page.actions.step(30);
    const { state, losses } = runOf(page);
    expect(losses).toHaveLength(30);
    expect(new Set(losses).size).toBeGreaterThan(20);
    const weights = new Uint8Array(Buffer.from(outcome.weights!, 'base64'));
    expect(weights).toEqual(new Uint8Array(Float32Array.from(state.theta).buffer));
  });
});

describe('what cannot be gone on with is named, and nothing is written', () => {
  it.each([
    [
      'a file that is not there',
      undefined,
      /--continue: “.*run\.json” is not allowed; allowed: a run file that is there/,
    ],
    ['no JSON', 'PK', /--continue: .*JSON of the format/],
    ['a results file', '{"format": "spiking-playground-results"}', /format: .*spiking-playground-run/],
  ])('%s', async (_, text, message) => {
    if (text !== undefined) writeFileSync(file, text);
    await expect(continued('--steps 5')).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(text === undefined ? [] : ['run.json']);
  });

  it('damage, by its checksum; the command ends with 2', async () => {
    const text = formatRun(runOf(await pageAt(SMALL, 2)));
    writeFileSync(file, text.replace('"momentSteps": 2', '"momentSteps": 1'));
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'cli/reproduce.ts', '--continue', file],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
    );
    expect(stderr).toMatch(/^--continue: .*checksum: “[0-9a-f]{8}” is not allowed.*damaged/);
    expect(status).toBe(2);
  });
});
