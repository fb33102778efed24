import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from './browsers.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** An executable of that name, with a shell's words in it. */
function put(name: string, words: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${words}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('findBrowser', () => {
  it('takes the first on the path that starts, and passes over one that starts a snap', () => {
    put('firefox', 'exit 0 # exec /snap/bin/firefox "$@"');
    expect(findBrowser('firefox')?.by).not.toBe('bidi');
    put('firefox-esr', 'exit 1');
    expect(findBrowser('firefox')?.by).not.toBe('bidi');
    const path = put('firefox-esr', 'exit 0');
    expect(findBrowser('firefox')).toEqual({ name: 'firefox', path, by: 'bidi', needs: [] });
  });

  it('takes or refuses one that is named', () => {
    put('firefox-esr', 'exit 0');
    const path = put('other', 'exit 0');
    vi.stubEnv('TEST_FIREFOX', path);
    expect(findBrowser('firefox')?.path).toBe(path);
    vi.stubEnv('TEST_FIREFOX', join(folder, 'none'));
    expect(() => findBrowser('firefox')).toThrow(
      /^TEST_FIREFOX names ".*none", which does not exist or does not start\.$/,
    );
  });

  it('takes no WebKit whose display is missing', () => {
    put('WebKitWebDriver', 'exit 0');
    expect(findBrowser('webkit')?.by).not.toBe('webdriver');
  });
});
