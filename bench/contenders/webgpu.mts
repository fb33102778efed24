import type { Page } from '@playwright/test';
import type { Harness } from '../../e2e/harness/page.ts';
import type { Contender, Workload } from './contender.mts';

declare const harness: Harness;

let opened: Promise<{ page: Page; close(): Promise<void> }> | undefined;

/** The one page of all contenders in the browser, opened with the first of them. */
async function browserPage(): Promise<Page> {
  opened ??= import('../../e2e/harness/open.ts').then(({ openHarness }) => openHarness());
  return (await opened).page;
}

let disposing: Promise<unknown> = Promise.resolve();

/** To be called at the end: the browser keeps Node from ending. */
export async function closeBrowser(): Promise<void> {
  await disposing;
  await (await opened)?.close();
}

/** What crosses over to the page: typed arrays as plain ones. */
export function packed({ method, batch, task, state }: Workload) {
  const list = (values: ArrayLike<number>) => Array.from(values);
  return {
    method,
    batch,
    specs: task.specs,
    data: {
      factors: task.data.factors.map((factor) => ({
        ...factor,
        inputs: list(factor.inputs),
        scale: list(factor.scale),
      })),
      target: list(task.data.target),
    },
    state: { ...state, theta: list(state.theta), m: list(state.m), v: list(state.v) },
  };
}

/** A contender that lives in Chromium, on the adapter in software that every machine has. */
function browserContender(kind: 'engine' | 'graph', name: string): Contender {
  return {
    name: `${name} (software adapter)`,
    async prepare(workload) {
      const page = await browserPage();
      const made = await page.evaluate(async ([k, w]) => (await harness.bench()).prepare(k, w), [
        kind,
        packed(workload),
      ] as const);
      if (!made) return undefined;
      return {
        steps: made.steps,
        slice: () => page.evaluate(async (id) => (await harness.bench()).slice(id), made.id),
        dispose() {
          disposing = page.evaluate(async (id) => (await harness.bench()).dispose(id), made.id);
        },
      };
    },
  };
}

/** The WebGPU engine and the plain graph of TensorFlow.js on its WebGPU backend. */
export const inBrowser = [browserContender('engine', 'webgpu'), browserContender('graph', 'tfjs webgpu')];
