import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MLP = 'tests/golden/mlp.json';
const OPERATORS = 'tests/golden/operators.json';
const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'cli/verify.ts', '--engines', 'reference,wasm', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });

/** The golden MLP with something changed, as a file. */
function changed(
  name: string,
  change: (mlp: { SG: { bp_grad_W: number[][][] }; spikes: number[][][][] }) => void,
) {
  const content = JSON.parse(readFileSync(join(ROOT, MLP), 'utf8'));
  change(content);
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it('finds that all engines agree with the golden files', () => {
  const { status, stdout } = verify(MLP, OPERATORS);
  expect(stdout).toContain('all 8 agree');
  expect(stdout.match(/ ok$/gm)).toHaveLength(8);
  expect(status).toBe(0);
});

it('ends with 1 when a gradient or a spike is another', () => {
  const gradient = changed('gradient.json', ({ SG }) => {
    SG.bp_grad_W[1][0][0] += 1e-3;
  });
  const spike = changed('spike.json', ({ spikes }) => {
    spikes[1][3][0][0] ^= 1;
  });
  const { status, stdout } = verify(gradient, spike);
  expect(stdout).toContain('4 of 4 FAILED');
  expect(stdout).toContain('1 differ');
  expect(status).toBe(1);
});

it('says which file cannot be used, and why, and ends with 2', () => {
  const { status, stdout, stderr } = verify(MLP, 'nowhere.json');
  expect(stderr).toContain('nowhere.json: there is no such file');
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
