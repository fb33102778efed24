// `npm test`: everything, from a fresh clone. Its last line is "N passed, N failed".
// Types, lint and each build count as one test; a stage which ran no test has failed. The line before names the browsers that ran,
// and why others did not: Firefox and WebKit are tried where they are or can be installed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBrowser } from './browsers.mjs';
import { ROOT, setUp } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped?: number, flaky?: number }} Counts */
/** @typedef {Counts & { parts?: [name: string, counts: Counts][] }} Result of a stage, and of what it is the sum of */

const PASSED = { passed: 1, failed: 0 };
const FAILED = { passed: 0, failed: 1 };
const MINUTE = 60_000;
const WINDOWS = process.platform === 'win32';

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

/** Ends the running command with all it started. */
function end() {
  if (!running?.pid) return;
  try {
    if (WINDOWS) running.kill();
    else process.kill(-running.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    end();
    process.exit(1);
  });
}

/** The script that a command of the installed packages is: run by this Node, without a shell that would break paths apart. */
function scriptOf(/** @type {string} */ command) {
  const read = (/** @type {string[]} */ ...path) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));
  const { dependencies, devDependencies } = read('package.json');
  for (const name of Object.keys({ ...devDependencies, ...dependencies })) {
    const { bin } = read('node_modules', name, 'package.json');
    const file = typeof bin === 'string' ? name === command && bin : bin?.[command];
    if (file) return join(ROOT, 'node_modules', name, file);
  }
  throw new Error(`No installed package has the command "${command}".`);
}

/**
 * Runs a command of the installed packages (or npm) without input and within a time limit.
 * @param {string[]} command
 * @param {number} minutes
 * @param {Record<string, string>} [env]
 * @returns {Promise<boolean>} whether it succeeded
 */
function run([name, ...args], minutes, env = {}) {
  const npm = name === 'npm';
  const [command, words] = npm ? [name, args] : [process.execPath, [scriptOf(name), ...args]];
  return new Promise((resolve) => {
    running = spawn(command, words, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      detached: !WINDOWS,
      shell: WINDOWS && npm,
    });
    const timer = setTimeout(() => {
      console.error(`${name} was stopped: it took more than ${minutes} minutes.`);
      end();
    }, minutes * MINUTE);
    const done = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      end();
      running = undefined;
      resolve(ok);
    };
    running.on('error', (error) => {
      console.error(error.message);
      done(false);
    });
    running.on('exit', (code) => done(code === 0));
  });
}

/** A report in .cache, or an empty object if the run did not get so far. */
function report(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, '.cache', file), 'utf8'));
  } catch {
    return {};
  }
}

/** Counts a test run; one that failed without a failed test (nothing loaded, no test found) counts as one failure. */
function count(/** @type {boolean} */ ok, /** @type {Counts} */ { passed, failed, skipped, flaky }) {
  const silent = failed === 0 && (!ok || passed === 0);
  return { passed, failed: silent ? 1 : failed, skipped, flaky };
}

async function unit() {
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=.cache/unit.json'];
  const ok = await run(['vitest', 'run', ...reporters], 40);
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
    testResults = [],
  } = report('unit.json');
  const broken = testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ t) => t.status === 'failed'),
  );
  return count(ok, {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  });
}

/** The first free port from 4173 on, so that a page served already does not stand in for the built one. */
async function freePort() {
  for (let port = 4173; ; port++) {
    const free = await new Promise((resolve) => {
      const server = createServer();
      server.on('error', () => resolve(false));
      server.listen(port, 'localhost', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

/** What the last line but one says: the browsers that ran with their versions, and why others did not. */
let browsersTried = 'Browsers: none ran.';

/** @typedef {{ projectName: string, status: string, annotations: { type: string, description?: string }[] }} Tried */

/** Every test of a report of Playwright's. @returns {Tried[]} */
const testsIn = (/** @type {any} */ { suites = [], specs = [] }) => [
  ...suites.flatMap(testsIn),
  ...specs.flatMap((/** @type {{ tests: Tried[] }} */ spec) => spec.tests),
];

/** @returns {Promise<Result>} */
async function e2e() {
  const chromium = ensureBrowser('chromium').path;
  const projects = ['chromium'];
  /** @type {string[]} */
  const missing = [];
  for (const name of /** @type {const} */ (['firefox', 'webkit'])) {
    try {
      console.log(`${name}: ${ensureBrowser(name).path}`);
      projects.push(name);
    } catch (error) {
      missing.push(`${name} did not run: ${error instanceof Error ? error.message : error}`);
    }
  }
  const ok = await run(['playwright', 'test', ...projects.map((name) => `--project=${name}`)], 60, {
    PLAYWRIGHT_CHROMIUM: chromium,
    E2E_PORT: `${await freePort()}`,
  });
  const tests = testsIn(report('e2e.json'));
  const ran = [];
  /** @type {[string, Counts][]} */
  const parts = [];
  for (const name of projects) {
    const own = tests.filter(({ projectName }) => projectName === name);
    const of = (/** @type {string} */ status) => own.filter((test) => test.status === status).length;
    const [expected, failed, flaky, skipped] = ['expected', 'unexpected', 'flaky', 'skipped'].map(of);
    const note = (/** @type {string} */ type) =>
      own.flatMap((test) => test.annotations).find((annotation) => annotation.type === type)?.description;
    const absent = note('absent');
    if (absent) missing.push(`${name} did not run: ${absent}`);
    else {
      const version = () => spawnSync(chromium, ['--version'], { encoding: 'utf8', timeout: 30_000 }).stdout;
      ran.push(name === 'chromium' && !WINDOWS ? version().trim() : (note('browser') ?? name));
    }
    const counts = { passed: expected + flaky, failed, skipped, flaky };
    parts.push([name, absent ? counts : count(true, counts)]);
  }
  browsersTried = `Browsers: ${ran.join('; ')}. ${missing.length > 0 ? missing.join('; ') : 'None is missing.'}`;
  const sum = (/** @type {keyof Counts} */ key) =>
    parts.reduce((all, [, counts]) => all + (counts[key] ?? 0), 0);
  const total = {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    flaky: sum('flaky'),
  };
  return { ...count(ok, total), parts };
}

function words(/** @type {Counts} */ { passed, failed, skipped, flaky }) {
  const left = skipped ? `, ${skipped} skipped` : '';
  const again = flaky ? `, ${flaky} of them at the second try` : '';
  return `${passed} passed, ${failed} failed${left}${again}`;
}

/** One command which passes or fails as a whole. */
const whole = (/** @type {string[]} */ command) => async () => ((await run(command, 15)) ? PASSED : FAILED);

async function main() {
  setUp();
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  for (const file of ['unit.json', 'e2e.json']) rmSync(join(ROOT, '.cache', file), { force: true });
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  /** @type {[name: string, run: () => Promise<Result>][]} */
  const stages = [
    ['types', whole(['tsc', '--noEmit'])],
    ['lint', whole(['biome', 'check', '--error-on-warnings', '--colors=off'])],
    ['unit', unit],
    ['build', whole(['vite', 'build'])],
    ['budget', whole(['npm', 'run', '--silent', 'budget'])],
    ['e2e', e2e],
  ];
  if (scripts['build:wasm']) stages.splice(2, 0, ['wasm', whole(['npm', 'run', '--silent', 'build:wasm'])]);

  const total = { passed: 0, failed: 0 };
  const lines = [];
  let built = true;
  for (const [name, stage] of stages) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    /** @type {Result} */
    let counts = FAILED;
    if ((name === 'e2e' || name === 'budget') && !built)
      console.error('There is no page to test: the build failed.');
    else {
      counts = await stage().catch((error) => {
        console.error(error instanceof Error ? error.message : error);
        return FAILED;
      });
    }
    if (name === 'build') built = counts.failed === 0;
    total.passed += counts.passed;
    total.failed += counts.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const own = [
      `${name.padEnd(6)} ${seconds.padStart(6)} s  ${words(counts)}`,
      ...(counts.parts ?? []).map(([part, found]) => `${' '.repeat(17)}${part}: ${words(found)}`),
    ];
    lines.push(...own);
    console.log(own.join('\n'));
  }
  console.log(`\n== summary\n${lines.join('\n')}\n\n${browsersTried}`);
  return total;
}

const total = await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  return FAILED;
});
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
