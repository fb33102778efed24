import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const reproduce = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'cli/reproduce.ts', ...words], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });

it('prints the table on stdout and progress on stderr', () => {
  const { status, stdout, stderr } = reproduce(
    ...'--methods SG-BP --seeds 3 --engine reference --table csv --set steps=2 T=4'.split(' '),
  );
  expect(status).toBe(0);
  expect(stdout.split('\n')[2]).toMatch(
    /^SG-BP,"all weights",,0\.\d+,.*,setting differs: T 4 \(paper 32\); steps 2 \(our default 5000\),3,2,$/,
  );
  expect(stderr).toMatch(/^\[1\/1\] SG-BP seed 3: error \d/);
});

it('says in one line what is wrong and ends with 2', () => {
  const { status, stdout, stderr } = reproduce('--set', 'rate=fast');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('rate: “fast” is not allowed; allowed: a number from');
  expect(stderr).not.toContain('at ');
});
