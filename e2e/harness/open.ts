// Node's side of the harness: builds the page, serves it and opens it in Chromium with a WebGPU adapter.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from '../../scripts/chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Flags that give headless Chromium a WebGPU adapter, the same one on every machine: SwiftShader, in software. */
export const CHROMIUM_FLAGS = [
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

export interface ServedHarness {
  readonly url: string;
  close(): Promise<void>;
}

const OUT = join(ROOT, '.cache', `harness-${process.pid}`);
const COMMON = {
  root: join(ROOT, 'e2e', 'harness'),
  base: './',
  configFile: false as const,
  logLevel: 'error' as const,
};
let built: Promise<unknown> | undefined;

/** Builds the harness into .cache, once for each process, which takes it away as it ends. */
function buildHarness(): Promise<unknown> {
  process.once('exit', () => rmSync(OUT, { recursive: true, force: true }));
  return build({
    ...COMMON,
    worker: { format: 'es' },
    build: { outDir: OUT, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
  });
}

/** Serves the harness on a free port. */
export async function serveHarness(): Promise<ServedHarness> {
  built ??= buildHarness();
  await built;
  const server = await preview({
    ...COMMON,
    build: { outDir: OUT },
    preview: { port: 0, host: 'localhost' },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the harness could not be served');
  return { url, close: () => server.close() };
}

/** Serves the harness and opens it in a browser of its own, with more flags if there are any. */
export async function openHarness(
  flags: readonly string[] = [],
): Promise<{ page: Page; close(): Promise<void> }> {
  const served = await serveHarness();
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
