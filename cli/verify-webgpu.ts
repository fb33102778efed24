import type { GoldenErrors } from '../src/kernels/conformance/golden-errors.ts';
import { INSTALL_WEBGPU } from '../src/kernels/webgpu/node.ts';
import type { GoldenFile } from './verifier.ts';
import type { Harness } from './verify-page/page.ts';

declare const harness: Harness;

/** Golden files on the WebGPU engine in a Chromium, on its software adapter. */
export async function inChromium(files: readonly GoldenFile[]): Promise<GoldenErrors[]> {
  // Loaded only when asked for: the other engines need no browser.
  const { openEnginePage } = await import('../scripts/engine-page.ts');
  const { page, close } = await openEnginePage('cli/verify-page').catch((error: Error) => {
    throw new Error(
      `webgpu needs a Chromium, or Dawn by “${INSTALL_WEBGPU}” (--engines can leave it out): ${error.message}`,
    );
  });
  try {
    return await page.evaluate((goldenFiles) => harness.verify(goldenFiles), files);
  } finally {
    await close();
  }
}
