// Whether the installed tools are those of the lock file, and run here: some bring a part made for one system only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   engines?: { node?: string }, optionalDependencies?: Record<string, string> }} Locked
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Machine
 */

/** @returns {Machine} */
export function thisMachine() {
  const report = /** @type {any} */ (process.platform === 'linux' ? process.report.getReport() : undefined);
  const libc = report && (report.header.glibcVersionRuntime ? 'glibc' : 'musl');
  return { os: process.platform, cpu: process.arch, libc };
}

/**
 * Whether a package made for certain systems is one for this machine.
 * @param {Locked} locked
 * @param {Machine} machine
 */
function isFor({ os, cpu, libc }, machine) {
  const allows = (/** @type {string[] | undefined} */ list, /** @type {string | undefined} */ mine) => {
    if (!list || mine === undefined) return true;
    const only = list.filter((name) => !name.startsWith('!'));
    return !list.includes(`!${mine}`) && (only.length === 0 || only.includes(mine));
  };
  return allows(os, machine.os) && allows(cpu, machine.cpu) && allows(libc, machine.libc);
}

/**
 * Locked packages that are missing or of another version. Those made for other systems may be missing; those made for this
 * one may not, although npm leaves them out without a word when it runs under a Node that they do not name.
 * @param {Record<string, Locked>} wanted packages of package-lock.json
 * @param {Record<string, Locked>} present packages of node_modules/.package-lock.json
 * @param {Machine} machine
 * @returns {string[]}
 */
export function missing(wanted, present, machine) {
  return Object.keys(wanted).filter((path) => {
    const locked = wanted[path];
    const there = present[path];
    if (path === '') return false;
    if (there) return there.version !== locked.version;
    if (!locked.optional && !locked.devOptional) return true;
    return Boolean(locked.os || locked.cpu) && isFor(locked, machine);
  });
}

/** What makes each tool load its native part: a module to import, or a file of node_modules to run with --version. */
export const NATIVE = {
  '@biomejs/biome': { run: '@biomejs/biome/bin/biome' },
  esbuild: { load: 'esbuild' },
  lightningcss: { load: 'lightningcss' },
  rolldown: { load: 'rolldown' },
  rollup: { load: 'rollup' },
  typescript: { run: 'typescript/bin/tsc' },
};

/**
 * Tools whose native part does not load, each with the first line of what it said. They are tried in processes of their own: one
 * that crashes ends no more than that, and none of its files is held while npm replaces it.
 * @param {string} root
 * @returns {string[]}
 */
export function broken(root) {
  return Object.entries(NATIVE).flatMap(([name, how]) => {
    const args =
      'run' in how
        ? [join(root, 'node_modules', how.run), '--version']
        : ['--input-type=module', '--eval', `await import(${JSON.stringify(how.load)})`];
    if ('run' in how && !existsSync(args[0])) return [`${name}: not installed`];
    const { status, signal, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 120_000,
    });
    if (status === 0) return [];
    const said = /^\w*Error\b.*$/m.exec(stderr ?? '')?.[0] ?? `exit status ${status ?? signal}`;
    return [`${name}: ${said.trim()}`];
  });
}

/**
 * The packages of a lock file of the project, or undefined if there is none.
 * @param {string} root
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
export function lockedPackages(root, file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
