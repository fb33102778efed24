// Finds the browsers of the tests, or installs them: `node scripts/browsers.mjs firefox webkit` prints their paths.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Name */
/**
 * An executable that starts. Playwright's own browsers are driven by Playwright; a stock Firefox over WebDriver BiDi, a stock
 * WebKit over WebDriver, on a display that Xvfb makes.
 * @typedef {{ name: Name, path: string, by: 'playwright' | 'bidi' | 'webdriver', needs?: string[] }} Browser
 */

const WINDOWS = process.platform === 'win32';
/** Where distributions keep what WebKitGTK runs; Debian in a folder more, of the machine's kind. */
const LIBRARIES = ['/usr/lib', '/usr/lib64', '/usr/libexec'];

/** @type {Record<Name, { title: string, variable: string, commands: string[], by: Browser['by'], packages: string[] }>} */
const KINDS = {
  chromium: {
    title: 'Chromium',
    variable: 'PLAYWRIGHT_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    by: 'playwright',
    packages: ['chromium'],
  },
  firefox: {
    title: 'Firefox',
    variable: 'TEST_FIREFOX',
    commands: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    by: 'bidi',
    packages: ['firefox-esr'],
  },
  webkit: {
    title: 'WebKit',
    variable: 'TEST_WEBKIT',
    commands: ['WebKitWebDriver'],
    by: 'webdriver',
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
};

/** @returns {name is Name} */
export const isBrowser = (/** @type {string} */ name) => Object.hasOwn(KINDS, name);

const onPath = (/** @type {string} */ command) =>
  command.startsWith('/')
    ? [command]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, command));

/**
 * Does it start? Ubuntu's `chromium-browser`, for one, may be a stub which only asks for a snap; its `firefox` is one which starts
 * a snap, and that sees no profile of a test.
 */
function works(/** @type {string} */ path) {
  if (!existsSync(path)) return false;
  const stub = path.endsWith('/firefox') && statSync(path).size < 10_000;
  if (stub && readFileSync(path, 'utf8').includes('/snap/')) return false;
  // On Windows `chrome --version` opens a window instead of answering. WebKitWebDriver answers to --help alone.
  if (WINDOWS) return true;
  const question = path.endsWith('WebKitWebDriver') ? '--help' : '--version';
  return spawnSync(path, [question], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

function subfolders(/** @type {string} */ folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** What a stock WebKit needs beside its driver, or undefined if something is missing. */
function besideDriver() {
  const folders = LIBRARIES.flatMap((folder) => [folder, ...subfolders(folder)]);
  const browser = folders
    .flatMap((folder) => subfolders(folder).filter((name) => /\/webkit2gtk-4\.\d$/.test(name)))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(existsSync);
  const display = onPath('Xvfb').find(existsSync);
  return browser && display ? [browser, display] : undefined;
}

/** Playwright's own, if it is installed. */
function playwrights(/** @type {Name} */ name) {
  try {
    const path = createRequire(import.meta.url)('@playwright/test')[name].executablePath();
    return path && existsSync(path) ? path : undefined;
  } catch {
    // Playwright is not installed, so neither is its browser.
    return undefined;
  }
}

/**
 * A browser that starts, or undefined: one of the system, else Playwright's own. The variable PLAYWRIGHT_CHROMIUM, TEST_FIREFOX or
 * TEST_WEBKIT names one that is taken or refused, never replaced.
 * @param {Name} name
 * @returns {Browser | undefined}
 */
export function findBrowser(name) {
  const { variable, commands, by } = KINDS[name];
  const needs = by === 'webdriver' ? besideDriver() : [];
  const wanted = process.env[variable];
  if (wanted) {
    if (works(wanted) && needs) return { name, path: wanted, by, needs };
    throw new Error(`${variable} names "${wanted}", which does not exist or does not start.`);
  }
  const path = needs && commands.flatMap(onPath).find(works);
  if (path) return { name, path, by, needs };
  const own = playwrights(name);
  return own ? { name, path: own, by: 'playwright' } : undefined;
}

/** The ways to install one, most fitting first. */
function installers(/** @type {Name} */ name) {
  const playwright = [[WINDOWS ? 'npx.cmd' : 'npx', 'playwright', 'install', name]];
  const apt = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...KINDS[name].packages],
  ];
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  return debian ? [apt, playwright] : [playwright];
}

/**
 * Finds a browser, installing one if there is none. What the installers say goes to stderr.
 * @param {Name} name
 * @returns {Browser}
 */
export function ensureBrowser(name) {
  const present = findBrowser(name);
  if (present) return present;
  const { title, packages, variable } = KINDS[name];
  for (const commands of installers(name)) {
    for (const [command, ...args] of commands) {
      console.error(`No ${title} found. Running: ${[command, ...args].join(' ')}`);
      spawnSync(command, args, {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        stdio: ['ignore', 2, 2],
        timeout: 600_000,
        shell: WINDOWS,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
    const installed = findBrowser(name);
    if (installed) return installed;
  }
  throw new Error(
    `No ${title} could be found or installed. Install one (Debian: \`apt-get install ${packages.join(' ')}\`; elsewhere: ` +
      `\`npx playwright install --with-deps ${name}\`), or set ${variable} to the path of its executable.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    for (const name of process.argv.slice(2)) {
      if (!isBrowser(name)) throw new Error(`"${name}" is not one of ${Object.keys(KINDS).join(', ')}`);
      console.log(ensureBrowser(name).path);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
