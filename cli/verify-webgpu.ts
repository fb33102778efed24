import type { Verifier } from './verifier.ts';
import type { Harness } from './verify-page/page.ts';

declare const harness: Harness;

/** WebGPU runs in Chromium, here on its software adapter. */
export const webgpuVerifier: Verifier = {
  engine: 'webgpu',
  tolerance: 1e-4,
  async run(files) {
    // Loaded only when asked for: the other engines need no browser.
    const { openEnginePage } = await import('../scripts/engine-page.ts');
    const { page, close } = await openEnginePage('cli/verify-page').catch((error: Error) => {
      throw new Error(`webgpu needs a Chromium (--engines can leave it out): ${error.message}`);
    });
    try {
      return await page.evaluate((goldenFiles) => harness.verify(goldenFiles), files);
    } finally {
      await close();
    }
  },
};
