import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { ROOT } from '../../scripts/setup.mjs';
import { NoWebgpuError } from '../../src/kernels/webgpu/device.ts';
import { INSTALL_WEBGPU } from '../../src/kernels/webgpu/node.ts';

/** Bytes that the archive may have. */
const MOST = 60e6;

const RUN = `#!/bin/sh
# WebGPU against WebAssembly on this machine's GPU: needs a Vulkan driver and libvulkan.so.1, nothing else. --help tells the options.
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/node" "$here/gpu.mjs" "$@"
`;

/**
 * Writes an archive with the benchmark, this Node and Dawn for this platform. @returns one line about it
 * @throws Error when the package webgpu is not installed or the archive is too large
 */
export async function packBench(): Promise<string> {
  const { platform, arch } = process;
  if (platform !== 'linux') throw new Error(`--pack: “${platform}” is not allowed; allowed: linux`);
  let dawn: string;
  try {
    dawn = dirname(createRequire(import.meta.url).resolve('webgpu/package.json'));
  } catch {
    throw new NoWebgpuError(`--pack needs the package webgpu (Dawn, 51 MB): ${INSTALL_WEBGPU}`);
  }
  const name = `bench-gpu-${platform}-${arch}`;
  const folder = join(ROOT, '.cache', name);
  rmSync(folder, { recursive: true, force: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, 'bench/gpu.mts'),
      outDir: folder,
      target: 'es2022',
      rolldownOptions: {
        external: ['webgpu', 'node-fetch'],
        output: { entryFileNames: 'gpu.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  mkdirSync(join(folder, 'build'), { recursive: true });
  copyFileSync(join(ROOT, 'src/kernels/wasm/build/snn.wasm'), join(folder, 'build/snn.wasm'));
  const inside = join(folder, 'node_modules/webgpu');
  for (const part of ['package.json', 'index.js', 'LICENSE.md', `dist/${platform}-${arch}`])
    cpSync(join(dawn, part), join(inside, part), { recursive: true });
  copyFileSync(process.execPath, join(folder, 'node'));
  writeFileSync(join(folder, 'run.sh'), RUN);
  for (const file of ['node', 'run.sh']) chmodSync(join(folder, file), 0o755);
  const archive = `${folder}.tar.gz`;
  const { status, stderr } = spawnSync('tar', ['-czf', archive, '-C', join(ROOT, '.cache'), name], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tar: ${stderr}`);
  const bytes = statSync(archive).size;
  if (bytes > MOST) throw new Error(`${archive} has ${(bytes / 1e6).toFixed(1)} MB, more than ${MOST / 1e6}`);
  return `${archive}: ${(bytes / 1e6).toFixed(1)} MB; there: tar xzf ${name}.tar.gz && ${name}/run.sh`;
}
