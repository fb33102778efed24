import type { Tab } from './chromium.mts';

/** A page that is measured: how a visitor uses it. */
export interface Subject {
  readonly name: string;
  /** Resolves once its controls are there. */
  ready(tab: Tab): Promise<void>;
  /** Starts training as fast as it goes. */
  train(tab: Tab): Promise<void>;
  /** Presses a control that changes what is trained or shown; `i` counts the presses. */
  press(tab: Tab, i: number): Promise<void>;
}

/** Expression for the option `text` of the group of radio buttons that is named `group`. */
export const option = (group: string, text: string) =>
  `[...document.querySelectorAll('[role=radiogroup]')]
    .filter((group) => document.getElementById(group.getAttribute('aria-labelledby'))?.textContent.trim() === '${group}')
    .flatMap((group) => [...group.querySelectorAll('label')])
    .find((label) => label.textContent.trim() === '${text}')`;
export const PLAY = `document.querySelector('[aria-keyshortcuts="Space"]')`;

export const here: Subject = {
  name: 'here',
  ready: (tab) =>
    tab.until(
      `[...document.querySelectorAll('button')].some((button) => /^(Reference|WebAssembly|WebGPU)/.test(button.textContent))`,
    ),
  async train(tab) {
    await tab.click(option('Pace', 'full'));
    await tab.click(PLAY);
  },
  press: (tab, i) => tab.click(option('Surrogate', i % 2 === 0 ? 'WSG' : 'SG')),
};

/** https://github.com/tensorflow/playground as its `npm run build` makes it; its control that only draws anew is pressed. */
export const tensorFlowPlayground: Subject = {
  name: 'TF Playground',
  ready: (tab) => tab.until(`document.querySelector('.ui-discretize.is-upgraded')`),
  train: (tab) => tab.click(`document.querySelector('#play-pause-button')`),
  press: (tab) => tab.click(`document.querySelector('.ui-discretize')`),
};
