import { afterEach, expect, it } from 'vitest';
import { findAdapter, WEBGPU_PACKAGE } from './node.ts';

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
  await expect(findAdapter(absent)).rejects.toThrow(`npm install --no-save ${WEBGPU_PACKAGE}`);
  const broken = async () => {
    throw new Error('GLIBC_2.38 not found');
  };
  await expect(findAdapter(broken)).rejects.toThrow('the package webgpu does not load: GLIBC_2.38 not found');
});

it('says what an adapter needs where there is none, then finds one by its name', async () => {
  let adapter: unknown = null;
  const found = () => findAdapter(dawn(async () => adapter));
  await expect(found()).rejects.toThrow(/no WebGPU adapter: .*Vulkan driver.*VK_DRIVER_FILES=/);
  adapter = { info: { vendor: 'google', architecture: 'swiftshader', device: '', description: '' } };
  await expect(found()).resolves.toMatchObject({ name: 'google swiftshader', software: true });
});
