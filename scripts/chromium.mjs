// Chromium alone: `node scripts/chromium.mjs` finds or installs one and prints its path.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureBrowser, findBrowser } from './browsers.mjs';

/**
 * The path of a Chromium that starts, or undefined. PLAYWRIGHT_CHROMIUM, when set, is taken or refused, never replaced.
 * @returns {string | undefined}
 */
export const findChromium = () => findBrowser('chromium')?.path;

/** @returns {string} the path of a Chromium, installed if there was none */
export const ensureChromium = () => ensureBrowser('chromium').path;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(ensureChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
