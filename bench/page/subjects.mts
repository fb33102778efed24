import type { Page } from '@playwright/test';

/** A page that is measured: how a visitor uses it. */
export interface Subject {
  readonly name: string;
  /** Resolves once its controls are there. */
  ready(page: Page): Promise<void>;
  /** Starts training as fast as it goes. */
  train(page: Page): Promise<void>;
  /** Presses a control that changes what is trained or shown; `i` counts the presses. */
  press(page: Page, i: number): Promise<void>;
}

export const here: Subject = {
  name: 'here',
  async ready(page) {
    await page.getByRole('button', { name: /^(Reference|WebAssembly|WebGPU)/ }).waitFor();
  },
  async train(page) {
    await page.getByRole('radiogroup', { name: 'Pace' }).getByText('full', { exact: true }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
  },
  async press(page, i) {
    const surrogate = page.getByRole('radiogroup', { name: 'Surrogate' });
    await surrogate.getByText(i % 2 === 0 ? 'WSG' : 'SG', { exact: true }).click();
  },
};

/** https://github.com/tensorflow/playground as its `npm run build` makes it; its control that only draws anew is pressed. */
export const tensorFlowPlayground: Subject = {
  name: 'TF Playground',
  async ready(page) {
    await page.locator('.ui-discretize.is-upgraded').waitFor();
  },
  async train(page) {
    await page.locator('#play-pause-button').click();
  },
  async press(page) {
    await page.locator('.ui-discretize').click();
  },
};
