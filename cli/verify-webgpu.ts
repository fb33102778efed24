import type { Harness } from '../e2e/harness/page.ts';
import type { Verifier } from './verifiers.ts';

declare const harness: Harness;

/** WebGPU runs in Chromium, here on its software adapter. */
export const webgpuVerifier: Verifier = {
  engine: 'webgpu',
  tolerance: 1e-4,
  async run(files) {
    // Loaded only when asked for: the other engines need no browser.
    const { openHarness } = await import('../e2e/harness/open.ts');
    const { page, close } = await openHarness().catch((error: Error) => {
      throw new Error(`webgpu needs a Chromium (--engines can leave it out): ${error.message}`);
    });
    try {
      return await page.evaluate((given) => harness.verify(given), files);
    } finally {
      await close();
    }
  },
};
