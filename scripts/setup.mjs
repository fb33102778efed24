// What every script needs before it can start: a Node that is new enough, and the pinned dependencies.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The least Node version, as package.json states it. */
const LEAST = [20, 19];

/** The locked packages of a lock file, or undefined if there is none. */
function packages(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Is every locked package there in its locked version? Those made for other systems are optional. */
function installed() {
  const wanted = packages('package-lock.json');
  const present = packages('node_modules/.package-lock.json');
  if (!present) return false;
  return Object.keys(wanted).every((path) => {
    const { version, optional, devOptional } = wanted[path];
    const there = present[path];
    return path === '' || (there ? there.version === version : optional || devOptional);
  });
}

/** Installs the dependencies if they are missing or out of date. Throws if it cannot, or if Node is too old. */
export function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
    throw new Error(
      `Node ${process.versions.node} is too old: Node ${LEAST.join('.')} or newer is needed (https://nodejs.org).`,
    );
  }
  if (installed()) return;
  console.log('Installing the dependencies (npm ci) ...');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--loglevel=warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 1_200_000,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed: the dependencies could not be installed.');
}
