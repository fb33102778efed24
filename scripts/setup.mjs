// What every script needs before it can start: a Node that the tools run under, and the pinned dependencies.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { broken, lockedPackages, missing, thisMachine } from './bindings.mjs';
import { fits, inWords } from './node-version.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @throws {Error} if Node is none of those that package.json names. */
function checkNode() {
  const range = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node;
  const { node } = process.versions;
  if (!fits(node, range))
    throw new Error(
      `Node ${node} does not run the tools of this page: Node ${inWords(range)}, is needed (https://nodejs.org).`,
    );
}

/** Characters at which a tool ends a folder's path, and which tool. */
const ENDS_PATH = [
  ['#', 'Vite'],
  ['?', 'Vite'],
  // Folders with commands are listed with it between them; on Windows with “;”, and a drive has it.
  [delimiter, 'npm'],
];

/**
 * @param {string} folder
 * @throws {Error} if the tools cannot work in a folder of that name
 */
export function checkFolder(folder) {
  for (const [character, tool] of ENDS_PATH)
    if (folder.includes(character))
      throw new Error(
        `${tool} cannot work in ${folder}: it reads a path up to a "${character}" only. Rename that folder, or move this one elsewhere.`,
      );
}

/** What is wrong with the installed dependencies, a line each; empty when nothing is. */
function faults() {
  const present = lockedPackages(ROOT, 'node_modules/.package-lock.json');
  if (!present) return ['nothing is installed'];
  const wanted = lockedPackages(ROOT, 'package-lock.json') ?? {};
  const lacking = missing(wanted, present, thisMachine());
  if (lacking.length > 0) return lacking.map((path) => `${path.replace('node_modules/', '')}: not as locked`);
  return broken(ROOT);
}

/** Installs the dependencies if they are missing, out of date or do not load. Throws if it cannot, or if Node or the folder does not fit. */
export function setUp() {
  checkNode();
  checkFolder(ROOT);
  // npm, and every tool that npm or npx starts, takes the first Node of the path: the one that was checked, not another.
  process.env.PATH = [dirname(process.execPath), process.env.PATH].filter(Boolean).join(delimiter);
  const found = faults();
  if (found.length === 0) return;
  console.log(`Installing the dependencies (npm ci), for ${inBrief(found)} ...`);
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 1_200_000,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed: the dependencies could not be installed.');
  const left = faults();
  if (left.length > 0) throw new Error(`After npm ci there is still something wrong:\n${left.join('\n')}`);
}

function inBrief(/** @type {string[]} */ found) {
  return found.length > 3 ? `${found[0]}, and ${found.length - 1} more` : found.join('; ');
}
