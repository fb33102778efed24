import process from 'node:process';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

const port = Number(process.env.E2E_PORT ?? 4173);

const CHROMIUM: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  launchOptions: {
    // Without one, Playwright looks for its own.
    executablePath: findChromium(),
    args: [
      // Headless Chromium gives a WebGPU adapter (SwiftShader, in software) only when asked.
      '--enable-unsafe-webgpu',
      // The same one on every machine, whatever its GPU.
      '--use-webgpu-adapter=swiftshader',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-sync',
      '--no-first-run',
      '--no-pings',
    ],
  },
};

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Tests wait a good part of their time: two files at once take two thirds of it on two cores. A third one makes them too slow to wait for.
  workers: 2,
  // A machine that stands still for a while fails a test that waits for it; a second failure is the page's.
  retries: 1,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1366, height: 768 },
    // Tracing costs a test a good part of its time: only those that failed once are traced.
    trace: 'on-first-retry',
    // What the server does to a file is to reach the page: e2e/offline.spec.ts allows them.
    serviceWorkers: 'block',
  },
  projects: [
    // What is driven, and how, is found by e2e/browsers/hand.ts. `npm test` runs those that are there.
    // They come first: as the last ones they would leave a worker without work.
    ...['firefox', 'webkit'].map((name) => ({
      name,
      testMatch: 'browsers/*.spec.ts',
      // Without a GPU WebKit draws and compiles several times as slowly as Chromium.
      expect: { timeout: 100_000 },
    })),
    { name: 'chromium', testIgnore: ['browsers/*', 'speed.spec.ts'], use: CHROMIUM },
    // Measures, and is no part of `npm test`: `npm run bench:learn`.
    { name: 'speed', testMatch: 'speed.spec.ts', use: CHROMIUM },
  ],
  // The built page, as a plain static server gives it out. A server that runs already is never trusted.
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
