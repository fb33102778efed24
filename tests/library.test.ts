import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveConfig } from '../src/training/presets.ts';
import { referenceEngine } from '../src/training/reference-engine.ts';
import { Run } from '../src/training/run.ts';
import { formatRun, parseRun } from '../src/training/run-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'library-'));
const user = join(folder, 'user');
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (command: string, words: readonly string[], cwd = user) => {
  const shell = command === 'npm' && process.platform === 'win32';
  return (await promisify(execFile)(command, words, { cwd, encoding: 'utf8', shell })).stdout;
};
const node = (...words: string[]) => run(process.execPath, words);

// As someone gets it: packed, then installed in an empty folder, where nothing else can be reached.
beforeAll(async () => {
  mkdirSync(user);
  await run(process.execPath, [join(ROOT, 'scripts/build-lib.mjs')], ROOT);
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], ROOT);
  writeFileSync(join(user, 'package.json'), '{"type": "module"}');
  await run('npm', ['install', '--silent', '--offline', join(folder, 'spiking-playground-0.1.0.tgz')]);
  cpSync(join(user, 'node_modules/spiking-playground/examples'), user, { recursive: true });
});

it('the package has no dependencies, and the licences of what is inside it', () => {
  const { dependencies } = JSON.parse(readFileSync(join(user, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies)).toEqual(['spiking-playground']);
  const lock = JSON.parse(readFileSync(join(user, 'package-lock.json'), 'utf8'));
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/spiking-playground']);
  const licences = readFileSync(join(user, 'node_modules/spiking-playground/lib/LICENSES.md'), 'utf8');
  for (const name of ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', 'valibot', 'mathjs'])
    expect(licences).toContain(`## ${name} - `);
});

it('trains the hat, and keeps the run as a file', async () => {
  const said = await node('hat.mjs', '50');
  expect(said.match(/^step \d+: relative L2 error 0\.\d{4}$/gm)).toHaveLength(5);
  const { state, log, losses } = parseRun(readFileSync(join(user, 'hat.json'), 'utf8'));
  expect(log[0].config).toEqual(resolveConfig({ gradient: 'RFG', steps: 50 }));
  expect(state.step).toBe(50);
  expect(losses[49]).toBeLessThan(losses[0]);
});

it('compares two methods from equal starts', async () => {
  const lines = (await node('compare.mjs', '20')).trim().split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual(['SG-BP', 'SG-RFG-L']);
  const [bp, rfg] = lines.map((line) => /first loss (\S+),/.exec(line)?.[1]);
  expect(bp).toBe(rfg);
});

it('goes on with a run file as this code does', async () => {
  const here = await Run.start(resolveConfig({ T: 4, hidden: [[4]], batch: [8] }), referenceEngine);
  await here.advance(5);
  writeFileSync(join(user, 'page.json'), formatRun(here.saved(), ['from the page']));
  const error = await here.error();
  const [about, ...lines] = (await node('run-file.mjs', 'page.json', '7')).trim().split('\n');
  expect(about).toBe('from the page');
  expect(lines.map((line) => line.split(': error ')[0])).toEqual(['SG-BP, step 5', 'SG-BP, step 12']);
  expect(Number(lines[0].split(': error ')[1])).toBeCloseTo(error, 5);
});

it('explains every public name', () => {
  const types = join(user, 'node_modules/spiking-playground/lib/types');
  const unexplained: string[] = [];
  for (const entry of ['index', 'snn']) {
    const text = readFileSync(join(types, 'library', `${entry}.d.ts`), 'utf8');
    for (const [, names, file] of text.matchAll(/export (?:type )?\{([^}]+)\} from '(.+)\.js'/g)) {
      const declared = readFileSync(join(types, 'library', `${file}.d.ts`), 'utf8');
      for (const name of names.split(',').map((word) => word.trim().replace(/^type /, ''))) {
        const at = `export (?:declare )?(?:const|function|class|interface|type) ${name}\\b`;
        // What another module declares is passed on by this one.
        if (new RegExp(at).test(declared) && !new RegExp(`\\*/\\n${at}`).test(declared))
          unexplained.push(name);
      }
    }
  }
  expect(unexplained).toEqual([]);
});

it('has types that hold by themselves, of the mathematics too', async () => {
  writeFileSync(
    join(user, 'user.ts'),
    `import { createEngine, type Config, EXPERIMENTS, METHODS, Run, resolveConfig } from 'spiking-playground';
     import { gaussianSurrogate, networkFrom, simulate } from 'spiking-playground/snn';
     const config: Config = resolveConfig({ gradient: 'RFG', K: 8 });
     // @ts-expect-error no such method
     resolveConfig({ gradient: 'SGD' });
     const run: Run = await Run.start(config, await createEngine('wasm'));
     const error: number = await run.error();
     export const all: unknown[] = [error, EXPERIMENTS.hat.name, METHODS[0].chosenBy.gradient, gaussianSurrogate(0, 1), networkFrom, simulate];`,
  );
  const options = '--noEmit --strict --target es2022 --module nodenext --skipLibCheck false --types';
  await node(join(ROOT, 'node_modules/typescript/bin/tsc'), ...options.split(' '), '', 'user.ts');
  writeFileSync(
    join(user, 'surrogate.mjs'),
    `import { gaussianSurrogate } from 'spiking-playground/snn'; console.log(gaussianSurrogate(0.3, 0.5));`,
  );
  const { gaussianSurrogate } = await import('../src/snn/surrogate.ts');
  expect(Number(await node('surrogate.mjs'))).toBe(gaussianSurrogate(0.3, 0.5));
});
