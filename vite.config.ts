import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './scripts/long-first.ts';
import { offline } from './src/boot/offline-plugin.ts';
import { firstPaint } from './src/boot/plugin.ts';
import { lessons } from './src/lessons/plugin.ts';

/**
 * The policy of the built page: nothing from elsewhere, no eval, no inline script but that of index.html. Styles may be
 * inline because the first view and plotly bring some; WebAssembly needs its own permission to compile.
 */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  // In a sandboxed frame a worker begins with a line of its own: src/kernels/start-worker.ts.
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data: blob:",
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** What unit tests load first in a folder whose name Node would read as an address. */
const PERCENT = import.meta.dirname.includes('%')
  ? new URL('./scripts/percent-paths.mjs', import.meta.url).href
  : undefined;

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** Commit that is built, for the files that the page saves; empty outside a repository. */
function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      ...{ cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' },
    }).trim();
  } catch {
    return '';
  }
}

/** Writes the policy into the built page. The dev server is left without it: its hot reload needs an inline script. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml(html) {
      const hashes = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(
        ([, script]) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      );
      const policy = { ...POLICY, 'script-src': POLICY['script-src'] + hashes.join('') };
      const content = Object.entries(policy)
        .map(([directive, sources]) => `${directive} ${sources}`)
        .join('; ');
      const attrs = { 'http-equiv': 'Content-Security-Policy', content };
      return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
    },
  };
}

export default defineConfig({
  // Relative addresses: dist/ works from any sub-path of a plain static server.
  base: './',
  plugins: [react(), lessons(), contentSecurityPolicy(), firstPaint(), offline()],
  define: {
    // plotly.js asks for Node's `global`.
    global: 'globalThis',
    'import.meta.env.VITE_VERSION': JSON.stringify(version),
    'import.meta.env.VITE_COMMIT': JSON.stringify(commit()),
  },
  worker: { format: 'es' },
  // Frames without an origin get the page's files only so.
  preview: { cors: true },
  css: {
    transformer: 'lightningcss',
    // Breakpoints have names: src/ui/media.css.
    lightningcss: { drafts: { customMedia: true }, cssModules: { grid: false } },
  },
  build: {
    target: 'es2022',
    // Small fonts and modules would become data: addresses, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What is loaded later brings its styles along; links to its scripts would cost more time than they save.
      resolveDependencies: (_, dependencies, { hostType }) =>
        hostType === 'html' ? dependencies : dependencies.filter((file) => file.endsWith('.css')),
    },
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      output: {
        // What the page starts with comes in four files, none of which takes long to run: each file more costs a slow machine time before it is alive.
        codeSplitting: {
          groups: [
            { name: 'entry', tags: ['$initial'], priority: 3 },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
            { name: 'state', test: /src[\\/]state[\\/]playground\.ts$/, priority: 1.5 },
            { name: 'main', test: /src[\\/]boot[\\/]main\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'cli/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // So long takes what never ends: `npm test` runs them at low priority, beside the browsers.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    execArgv: PERCENT ? ['--import', PERCENT] : [],
    // Modules are loaded once for all files: a third of the time.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
  },
});
