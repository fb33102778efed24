import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lineMeant } from './npm-options.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = {
  experiment: { type: 'string' },
  engine: { type: 'string' },
  set: { type: 'string' },
  'vary-data': { type: 'boolean' },
} as const;
const meant = (env: Record<string, string>, ...words: string[]) =>
  lineMeant('reproduce', OPTIONS, words, { npm_lifecycle_event: 'reproduce', ...env });

describe('options that npm took', () => {
  it.each([
    [{ npm_config_experiment: 'poisson' }, [], '--experiment poisson'],
    [{ npm_config_experiment: 'true' }, ['poisson'], '--experiment poisson'],
    [{ npm_config_vary_data: 'true' }, ['a=1'], '--vary-data a=1'],
    [{ npm_config_set: 'true\n\ntrue' }, ['a=1', 'b=2'], '--set a=1 --set b=2'],
    [{ npm_config_engine_strict: 'true' }, ['webgpu'], '--engine webgpu'],
    [{ npm_config_experiment: 'a b' }, [], "--experiment 'a b'"],
    [{ npm_config_experiment: 'true' }, [], '--experiment …'],
  ])('%j with %j left', (env, words, options) => {
    expect(meant(env, ...words)).toBe(`npm run reproduce -- ${options}`);
  });

  it('are none in the ordinary case, under npm’s own settings, and in what another script starts', () => {
    expect(meant({ npm_config_loglevel: 'silent', npm_config_cache: 'x' }, '--set', 'a=1')).toBeUndefined();
    expect(
      lineMeant('reproduce', OPTIONS, [], { npm_lifecycle_event: 'results', npm_config_experiment: 'hat' }),
    ).toBeUndefined();
    expect(lineMeant('reproduce', OPTIONS, [], { npm_config_experiment: 'hat' })).toBeUndefined();
  });

  it('are seen as npm itself hands them over, and end the command', () => {
    const folder = mkdtempSync(join(tmpdir(), 'npm-options-'));
    const helper = pathToFileURL(join(ROOT, 'scripts/npm-options.mjs')).href;
    writeFileSync(
      join(folder, 'command.mjs'),
      `import { refuseLostOptions } from '${helper}';
       refuseLostOptions('reproduce', ${JSON.stringify(OPTIONS)});
       console.log('trains');`,
    );
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'x', scripts: { reproduce: 'node command.mjs' } }),
    );
    const run = (...words: string[]) =>
      spawnSync('npm', ['run', '--silent', 'reproduce', ...words], {
        cwd: folder,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      });
    const lost = run('--experiment=poisson', '--engine', 'webgpu', '--vary-data');
    expect(lost.stderr).toContain('npm run reproduce -- --experiment poisson --engine webgpu --vary-data');
    expect([lost.status, lost.stdout]).toEqual([2, '']);
    expect(run('--', '--experiment=poisson')).toMatchObject({ status: 0, stdout: 'trains\n' });
    rmSync(folder, { recursive: true });
  });
});

/** npm's own settings: it takes options of these names without a trace. */
const NPMS = [
  'only',
  'json',
  'long',
  'offline',
  'tag',
  'access',
  'depth',
  'force',
  'global',
  'save',
  'scope',
  'package',
];

it('every npm script with options asks for them, under its own name, and none has the name of a setting of npm', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const asking: string[] = [];
  for (const [name, command] of Object.entries(scripts)) {
    const file = /(?:tsx|node) (\S+\.m?[jt]s)$/.exec(command)?.[1];
    if (!file) continue;
    const sources = file.startsWith('cli/')
      ? readdirSync(join(ROOT, 'cli'))
          .filter((other) => /\.ts$/.test(other) && !other.endsWith('.test.ts'))
          .map((other) => join('cli', other))
      : [file];
    const text = readFileSync(join(ROOT, file), 'utf8');
    if (!sources.some((source) => readFileSync(join(ROOT, source), 'utf8').includes('parseArgs('))) continue;
    asking.push(name);
    expect(text, `${file} (npm run ${name})`).toContain(`refuseLostOptions('${name}', `);
    for (const [, option] of text.matchAll(/^\s*'?([\w-]+)'?: \{ type: '(?:string|boolean)'/gm))
      expect(NPMS, `--${option} of npm run ${name}`).not.toContain(option);
  }
  expect(asking).toEqual(
    expect.arrayContaining(['reproduce', 'verify', 'results', 'start', 'budget', 'bench:step']),
  );
});
