import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOtherVersion } from './missing.ts';

const page = (file: string) =>
  `<body><div id="root">…</div><script type="module" src="./assets/${file}"></script></body>`;

it('another version of the page is told by the name of its first module', () => {
  const module = 'https://example.org/site/assets/index-AAAA.js';
  expect(isOtherVersion(page('index-AAAA.js'), module)).toBe(false);
  expect(isOtherVersion(page('index-BBBB.js'), module)).toBe(true);
});

it('a page that says something else is no version', () => {
  expect(isOtherVersion('<h1>Sign in to this network</h1>', 'https://example.org/assets/index-AAAA.js')).toBe(
    false,
  );
});

it('every part that is loaded later goes through what says that it is missing and asks again', () => {
  const SRC = join(import.meta.dirname, '../..');
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    // What runs in Node only, where files are at hand.
    .filter((name) => !/^library\/|^kernels\/webgpu\/node\.ts$/.test(name));
  const bare = files.flatMap((name) => {
    const text = readFileSync(join(SRC, name), 'utf8');
    // The start of the page, which src/boot/head.ts watches; the views, whose menu holds functions for `onDemand`; the wrappers.
    // A worker's script, whose fault the trainer's client tells.
    const own = [
      'boot/entry.ts',
      'boot/plugin.ts',
      'views/inside/index.ts',
      'problems/arriving.ts',
      'kernels/start-worker.ts',
    ].includes(name);
    const imports = own ? [] : text.matchAll(/(?<!typeof )\bimport\(/g);
    const lazies = name === 'views/loading/OnDemand.tsx' ? [] : text.matchAll(/\blazy\(/g);
    const wrapped = /(onDemand\(\s*(['"][^'"]*['"]|`[^`]*`),|arriving\(|loadPart\()\s*\(\) =>\s*$/;
    return [...[...imports].filter(({ index }) => !wrapped.test(text.slice(0, index))), ...lazies].map(
      ({ index }) => `${name}: ${text.slice(index, index + 50)}`,
    );
  });
  expect(files.length).toBeGreaterThan(300);
  expect(bare).toEqual([]);
});
