// Finds a Chromium for the browser tests, or installs one: `node scripts/chromium.mjs` prints its path.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Does it start? Ubuntu's `chromium-browser`, for one, may be a stub which only asks for a snap. */
function works(/** @type {string} */ path) {
  // On Windows `chrome --version` opens a window instead of answering.
  if (process.platform === 'win32') return existsSync(path);
  return (
    existsSync(path) && spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
  );
}

function candidates() {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  try {
    found.push(createRequire(import.meta.url)('@playwright/test').chromium.executablePath());
  } catch {
    // Playwright is not installed, so neither is its browser.
  }
  return found;
}

/**
 * The path of a Chromium that starts, or undefined. PLAYWRIGHT_CHROMIUM, when set, is taken or refused, never replaced.
 * @returns {string | undefined}
 */
export function findChromium() {
  const wanted = process.env.PLAYWRIGHT_CHROMIUM;
  if (!wanted) return candidates().find(works);
  if (works(wanted)) return wanted;
  throw new Error(`PLAYWRIGHT_CHROMIUM names "${wanted}", which does not exist or does not start.`);
}

/** The ways to install one, most fitting first. */
function installers() {
  const playwright = [
    [process.platform === 'win32' ? 'npx.cmd' : 'npx', 'playwright', 'install', 'chromium'],
  ];
  const apt = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ];
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  return debian ? [apt, playwright] : [playwright];
}

/**
 * Finds a Chromium, installing one if there is none. What the installers say goes to stderr.
 * @returns {string}
 */
export function ensureChromium() {
  const present = findChromium();
  if (present) return present;
  for (const commands of installers()) {
    for (const [command, ...args] of commands) {
      console.error(`No Chromium found. Running: ${[command, ...args].join(' ')}`);
      spawnSync(command, args, {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        stdio: ['ignore', 2, 2],
        timeout: 900_000,
        shell: process.platform === 'win32',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium could be found or installed. Install one (Debian: `apt-get install chromium`; elsewhere: ' +
      '`npx playwright install --with-deps chromium`), or set PLAYWRIGHT_CHROMIUM to the path of its executable.',
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(ensureChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
