// Builds a page that runs engines, serves it and opens it in Chromium with a WebGPU adapter.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Flags that give headless Chromium a WebGPU adapter, the same one on every machine: SwiftShader, in software. */
const CHROMIUM_FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-dev-shm-usage',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * A browser sets workgroup memory to zero and clamps indices for a shader that does not. Without, a kernel which needs
 * either is found out, and SwiftShader compiles all of them in half the time.
 */
export const UNGUARDED = ['--enable-dawn-features=disable_workgroup_init,disable_robustness'];

const LOG = { base: './', configFile: false as const, logLevel: 'error' as const };
const builds = new Map<string, Promise<string>>();

/** Builds the page of a folder into .cache, once for each process, which removes it as it ends. @returns where it lies */
function buildOnce(root: string): Promise<string> {
  const built = builds.get(root);
  if (built) return built;
  const outDir = join(ROOT, '.cache', `page-${process.pid}-${builds.size}`);
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const building = build({
    ...LOG,
    root,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  }).then(() => outDir);
  builds.set(root, building);
  return building;
}

/** Serves the page of a folder on a free port. */
async function serve(root: string): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await buildOnce(root);
  const server = await preview({ ...LOG, root, build: { outDir }, preview: { port: 0, host: 'localhost' } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error(`${root} could not be served`);
  return { url, close: () => server.close() };
}

/**
 * Opens the page of a folder (its index.html) in a browser of its own, with more flags if there are any. The page's script says
 * that it is ready by setting a global `harness`, which holds what can be asked of it; answers are JSON.
 */
export async function openEnginePage(
  folder: string,
  flags: readonly string[] = [],
): Promise<{ page: Page; close(): Promise<void> }> {
  const served = await serve(join(ROOT, folder));
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS, ...flags] });
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    const opened = browser;
    return {
      page,
      async close() {
        await opened.close();
        await served.close();
      },
    };
  } catch (error) {
    await browser?.close();
    await served.close();
    throw error;
  }
}
