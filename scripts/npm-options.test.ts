import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lineMeant, withValues } from './npm-options.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = {
  experiment: { type: 'string' },
  engine: { type: 'string' },
  set: { type: 'string' },
  'vary-data': { type: 'boolean' },
} as const;
const meant = (env: Record<string, string>, ...words: string[]) =>
  lineMeant('reproduce', OPTIONS, words, { npm_lifecycle_event: 'reproduce', ...env });

it('a word with one hyphen behind an option that takes a value is its value', () => {
  const words = ['--set', '-a=1', '--vary-data', '-x', '--engine', '--set', 'b', '-c'];
  expect(withValues(words, OPTIONS)).toEqual([
    '--set=-a=1',
    '--vary-data',
    '-x',
    '--engine',
    '--set',
    'b',
    '-c',
  ]);
});

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

/** npm's own settings: it takes options of these names without a trace, and some that begin a single one of them. */
function npmsOwn(): string[] {
  const { stdout } = spawnSync('npm', ['config', 'list', '--long', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return Object.keys(JSON.parse(stdout)).filter((name) => !name.startsWith('//'));
}

const OPTION = /^\s*'?([\w-]+)'?: \{ type: (?:\/\*\*.*?\*\/ \()?'(?:string|boolean)'/gm;
const meantBy = (option: string, env: Record<string, string>) =>
  lineMeant('reproduce', { [option]: { type: 'string' } }, [], { npm_lifecycle_event: 'reproduce', ...env });

it('an option that there is not ends the command with what there is, and --help says it', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts/budget.mjs'), ...words], { encoding: 'utf8' });
  const wrong = run('--dits', 'x');
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toMatch(/'--dits'[\s\S]*npm run budget -- \[--dist .*dist\]\n$/);
  expect(wrong.stderr).not.toContain(' at ');
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^npm run budget -- /) });
});

it('every npm script with options asks for them, under its own name, and none has the name of a setting of npm', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const asking: string[] = [];
  const own = npmsOwn();
  expect(own).toContain('json');
  const seen = new Set<string>();
  for (const [name, command] of Object.entries(scripts)) {
    const file = /(?:tsx|node) (\S+\.m?[jt]s)$/.exec(command)?.[1];
    if (!file) continue;
    const sources = file.startsWith('cli/')
      ? readdirSync(join(ROOT, 'cli'))
          .filter((other) => /\.ts$/.test(other) && !other.endsWith('.test.ts'))
          .map((other) => join('cli', other))
      : [file];
    const text = readFileSync(join(ROOT, file), 'utf8');
    if (!sources.some((source) => readFileSync(join(ROOT, source), 'utf8').match(/parseArgs\(|optionsOf\(/)))
      continue;
    asking.push(name);
    expect(text, `${file} (npm run ${name})`).toMatch(
      new RegExp(`(?:refuseLostOptions|optionsOf)\\('${name}', `),
    );
    const options = sources
      .map((source) => readFileSync(join(ROOT, source), 'utf8'))
      .flatMap((source) => [...source.matchAll(OPTION)].map(([, option]) => option));
    for (const option of options) {
      seen.add(option);
      const begun = own.filter((other) => other.startsWith(option));
      expect(begun, `--${option} of npm run ${name}`).not.toContain(option);
      if (begun.length === 1)
        expect(
          meantBy(option, { [`npm_config_${begun[0].replaceAll('-', '_')}`]: 'x' }),
          `--${option} of npm run ${name}, which npm lengthens`,
        ).toBe(`npm run reproduce -- --${option} x`);
    }
  }
  expect(asking).toEqual(
    expect.arrayContaining(['reproduce', 'verify', 'results', 'start', 'budget', 'bench:step']),
  );
  expect([...seen]).toEqual(expect.arrayContaining(['data', 'columns', 'engine', 'continue', 'conformance']));
});
