import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { findAdapter, INSTALL_WEBGPU } from './node.ts';

const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'navigator', before);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

const dawn = (requestAdapter: () => Promise<unknown>) => async () =>
  ({ create: () => ({ requestAdapter }) as unknown as GPU, globals: {} }) as typeof import('webgpu');

it('says how the package is installed that is not there, and why one does not load', async () => {
  const absent = async () => {
    throw Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  await expect(findAdapter(absent)).rejects.toThrow(INSTALL_WEBGPU);
  const broken = async () => {
    throw new Error('GLIBC_2.38 not found');
  };
  await expect(findAdapter(broken)).rejects.toThrow('the package webgpu does not load: GLIBC_2.38 not found');
});

it('is installed by one command, here and in the documents, of the version that the package names', () => {
  const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { webgpu } = JSON.parse(read('package.json')).peerDependencies;
  expect(INSTALL_WEBGPU).toMatch(new RegExp(` webgpu@${webgpu}$`));
  for (const path of ['docs/performance.md', 'docs/reproduce.md'])
    expect(read(path).match(/npm install [^`\n]*webgpu@\S+?(?=[`\n ])/g), path).toEqual([INSTALL_WEBGPU]);
});

it('says what an adapter needs where there is none, then finds one by its name', async () => {
  let adapter: unknown = null;
  const found = () => findAdapter(dawn(async () => adapter));
  await expect(found()).rejects.toThrow(/no WebGPU adapter: .*Vulkan driver.*VK_DRIVER_FILES=/);
  adapter = { info: { vendor: 'google', architecture: 'swiftshader', device: '', description: '' } };
  await expect(found()).resolves.toMatchObject({ name: 'google swiftshader', software: true });
});
