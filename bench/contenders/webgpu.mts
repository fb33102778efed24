import type { Page } from '@playwright/test';
import type { Contender } from './contender.mts';
import { packed } from './packed.mts';
import type { Harness } from './page/page.ts';

declare const harness: Harness;

let opened: Promise<{ page: Page; close(): Promise<void> }> | undefined;

/** The one page of all contenders in the browser, opened with the first of them. */
async function browserPage(): Promise<Page> {
  opened ??= import('../../scripts/engine-page.ts').then(({ openEnginePage }) =>
    openEnginePage('bench/contenders/page'),
  );
  return (await opened).page;
}

let disposing: Promise<unknown> = Promise.resolve();

async function closeBrowser(): Promise<void> {
  await disposing;
  await (await opened)?.close();
}

/** A contender that lives in Chromium, on the adapter in software that every machine has. */
function browserContender(kind: 'engine' | 'graph', name: string): Contender {
  return {
    name: `${name} (software adapter)`,
    async prepare(workload) {
      const page = await browserPage();
      const contender = await page.evaluate(([k, w]) => harness.prepare(k, w), [
        kind,
        packed(workload),
      ] as const);
      if (!contender) return undefined;
      return {
        steps: contender.steps,
        slice: () => page.evaluate((id) => harness.slice(id), contender.id),
        dispose() {
          disposing = page.evaluate((id) => harness.dispose(id), contender.id);
        },
      };
    },
    close: closeBrowser,
  };
}

/** The WebGPU engine and the plain graph of TensorFlow.js on its WebGPU backend. */
export const inBrowser = [browserContender('engine', 'webgpu'), browserContender('graph', 'tfjs webgpu')];
