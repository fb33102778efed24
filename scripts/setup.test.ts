import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { broken, lockedPackages, missing, NATIVE, thisMachine } from './bindings.mjs';
import { fits, inWords } from './node-version.mjs';
import { checkFolder, ROOT } from './setup.mjs';

const range: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node;
const locked = lockedPackages(ROOT, 'package-lock.json')!;

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.21.1', '23.11.1', '24.0.0', '26.10.0', '25.0.0-nightly'])(
    '%s fits',
    (version) => expect(fits(version, range)).toBe(true),
  );
  it.each(['18.20.8', '20.18.3', '21.0.0', '21.7.3', '22.0.0', '22.11.0'])('%s does not', (version) =>
    expect(fits(version, range)).toBe(false),
  );

  it('is the one that the tools with native parts name', () => {
    for (const tool of ['vite', 'rolldown', '@vitejs/plugin-react'])
      expect(locked[`node_modules/${tool}`].engines?.node, tool).toBe(range);
    expect(locked[''].engines?.node).toBe(range);
  });

  it('is said in the same words by the readme', () => {
    expect(inWords(range)).toBe('20.19 or newer of 20, or 22.12 or newer');
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(inWords(range));
  });

  it('is refused where the range cannot be read', () =>
    expect(() => fits('22.12.0', '20.x')).toThrow('"20.x" cannot be read; allowed: ^a.b.c'));
});

describe('the folder', () => {
  it.each(['#', '?', delimiter])('is refused by name with “%s” in it', (character) => {
    const folder = join(tmpdir(), `a${character}b`, 'playground');
    expect(() => checkFolder(folder)).toThrow(folder);
    expect(() => checkFolder(folder)).toThrow(`"${character}"`);
  });
  it.each(['a b', '100% größer', 'a%20b', "it's [1] (2)"])('may be called “%s”', (name) =>
    expect(() => checkFolder(join('/home', name))).not.toThrow(),
  );
});

describe('installed packages', () => {
  const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const without = (name: string) =>
    Object.fromEntries(Object.entries(locked).filter(([path]) => path !== `node_modules/${name}`));
  /** What npm leaves of the lock file's packages on a machine. */
  const installedOn = ({ os, cpu, libc }: typeof linux) =>
    Object.fromEntries(
      Object.entries(locked).filter(
        ([, each]) =>
          (each.os ?? [os]).includes(os) &&
          (each.cpu ?? [cpu]).includes(cpu) &&
          (each.libc ?? [libc]).includes(libc),
      ),
    );

  it.each([
    linux,
    { os: 'linux', cpu: 'arm64', libc: 'musl' },
    { os: 'darwin', cpu: 'arm64', libc: '' },
    { os: 'win32', cpu: 'x64', libc: '' },
  ])('are complete without what other systems need: $os $cpu $libc', (machine) =>
    expect(missing(locked, installedOn(machine), machine)).toEqual([]),
  );

  it('are not complete without what npm left out under a Node that it does not fit', () => {
    const name = '@rolldown/binding-linux-x64-gnu';
    expect(missing(locked, without(name), linux)).toEqual([`node_modules/${name}`]);
    expect(missing(locked, without(name), { ...linux, libc: 'musl' })).toEqual([]);
  });

  it('are not complete in another version or without one that every system needs', () => {
    const other = { ...locked, 'node_modules/vite': { version: '1.0.0' } };
    expect(missing(locked, other, linux)).toEqual(['node_modules/vite']);
    expect(missing(locked, without('zustand'), linux)).toEqual(['node_modules/zustand']);
  });
});

it('every tool runs under the oldest Node that package.json admits', () => {
  const {
    engines,
    devDependencies,
    dependencies = {},
  } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [oldest] = engines.node.match(/\d+\.\d+\.\d+/);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const range = locked[`node_modules/${name}`].engines?.node;
    if (range) expect(`${name}: ${satisfies(oldest, range)}`, range).toBe(`${name}: true`);
  }
});

describe('native parts', () => {
  it('are tried of every tool that has some', () => {
    const forOneSystem = (name: string) => {
      const { os, cpu } = locked[`node_modules/${name}`] ?? {};
      return (os || cpu) && name !== 'fsevents';
    };
    const tools = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).some(forOneSystem) ? path.replace('node_modules/', '') : [],
    );
    expect(Object.keys(NATIVE).sort()).toEqual(tools.sort());
  });

  it('load here', () => {
    expect(broken(ROOT)).toEqual([]);
    expect(missing(locked, lockedPackages(ROOT, 'node_modules/.package-lock.json')!, thisMachine())).toEqual(
      [],
    );
  });

  it('that do not load are named, each with what it said', () => {
    const root = mkdtempSync(join(tmpdir(), 'set-up #1 '));
    try {
      const folder = join(root, 'node_modules', 'rolldown');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"type": "module", "exports": "./index.js"}');
      writeFileSync(join(folder, 'index.js'), "throw new Error('Cannot find native binding.');");
      const found = broken(root);
      expect(found).toHaveLength(6);
      expect(found).toContain('rolldown: Error: Cannot find native binding.');
      expect(found).toContain('typescript: not installed');
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
