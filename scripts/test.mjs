// `npm test`: everything, from a fresh clone. Its last line is "N passed, N failed".
// Types, lint and each build count as one test; a stage which ran no test has failed. The line before names the browsers that ran,
// and why others did not: Firefox and WebKit are tried where they are or can be installed.
// Unit tests run beside what comes after them, at low priority: they take the time for which browsers wait.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants, getPriority, setPriority } from 'node:os';
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

/** @typedef {import('node:child_process').ChildProcess} Child */
/** @type {Set<Child>} */
const running = new Set();

/** Ends a running command with all it started. */
function end(/** @type {Child} */ child) {
  running.delete(child);
  if (!child.pid) return;
  try {
    if (WINDOWS) child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) end(child);
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

/** Lets other processes have the processor first, before this one and all that it will start. */
function stepBack(/** @type {number | undefined} */ pid) {
  const low = constants.priority.PRIORITY_BELOW_NORMAL;
  if (!pid || getPriority() >= low) return;
  try {
    setPriority(pid, low);
    // Linux shares the processor among sessions, and only within one by priority.
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, `${low}`);
  } catch {
    // It takes its time from the others, or has ended.
  }
}

/**
 * Runs a command of the installed packages (or npm) without input and within a time limit.
 * @param {string[]} command
 * @param {number} minutes
 * @param {Record<string, string>} [env]
 * @param {string} [log] file that takes what it says: it runs beside others then, at low priority
 * @returns {Promise<boolean>} whether it succeeded
 */
function run([name, ...args], minutes, env = {}, log) {
  const npm = name === 'npm';
  const [command, words] = npm ? [name, args] : [process.execPath, [scriptOf(name), ...args]];
  const file = log === undefined ? undefined : openSync(log, 'w');
  const out = file ?? 'inherit';
  return new Promise((resolve) => {
    const child = spawn(command, words, {
      cwd: ROOT,
      stdio: ['ignore', out, out],
      env: { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      detached: !WINDOWS,
      shell: WINDOWS && npm,
    });
    running.add(child);
    if (file !== undefined) {
      closeSync(file);
      stepBack(child.pid);
    }
    const timer = setTimeout(() => {
      console.error(`${name} was stopped: it took more than ${minutes} minutes.`);
      end(child);
    }, minutes * MINUTE);
    const done = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      end(child);
      resolve(ok);
    };
    child.on('error', (error) => {
      console.error(error.message);
      done(false);
    });
    child.on('exit', (code) => done(code === 0));
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

/** What the unit tests say while other stages are in sight. */
const UNIT_LOG = join(ROOT, '.cache', 'unit.log');

async function unit() {
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=.cache/unit.json'];
  const ok = await run(['vitest', 'run', ...reporters], 60, {}, UNIT_LOG);
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
  writeFileSync(UNIT_LOG, '');
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const lines = [];
  /** Runs a stage and counts it. @returns what it found, in lines */
  const measured = async (/** @type {string} */ name, /** @type {() => Promise<Result>} */ stage) => {
    const start = performance.now();
    const counts = await stage().catch((/** @type {unknown} */ error) => {
      console.error(error instanceof Error ? error.message : error);
      return /** @type {Result} */ (FAILED);
    });
    total.passed += counts.passed;
    total.failed += counts.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const own = [
      `${name.padEnd(6)} ${seconds.padStart(6)} s  ${words(counts)}`,
      ...(counts.parts ?? []).map(([part, found]) => `${' '.repeat(17)}${part}: ${words(found)}`),
    ];
    return { counts, own };
  };
  /** One stage after another, in sight. @returns whether it passed */
  const inSight = async (/** @type {string} */ name, /** @type {() => Promise<Result>} */ stage) => {
    console.log(`\n== ${name}`);
    const { counts, own } = await measured(name, stage);
    lines.push(...own);
    console.log(own.join('\n'));
    return counts.failed === 0;
  };

  if (scripts['build:wasm']) await inSight('wasm', whole(['npm', 'run', '--silent', 'build:wasm']));
  const beside = measured('unit', unit);
  await inSight('types', whole(['tsc', '--noEmit']));
  await inSight('lint', whole(['biome', 'check', '--error-on-warnings', '--colors=off']));
  const built = await inSight('build', whole(['vite', 'build']));
  const ofPage = (/** @type {() => Promise<Result>} */ stage) => async () => {
    if (built) return stage();
    console.error('There is no page to test: the build failed.');
    return FAILED;
  };
  await inSight('budget', ofPage(whole(['npm', 'run', '--silent', 'budget'])));
  await inSight('e2e', ofPage(e2e));
  const { own } = await beside;
  console.log(`\n== unit, beside the others\n${readFileSync(UNIT_LOG, 'utf8').trim()}\n${own.join('\n')}`);
  lines.push(...own);
  console.log(`\n== summary\n${lines.join('\n')}\n\n${browsersTried}`);
  return total;
}

const total = await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  return FAILED;
});
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
