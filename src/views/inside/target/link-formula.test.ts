import { expect, it } from 'vitest';
import { portHere, until } from '../../../../tests/support/worker.ts';
import { createPlayground } from '../../../state/playground.ts';
import { linkFormulaWords } from './link-formula.ts';

it.each([
  ['x*y', {}],
  ['1/(2*x)', {}],
  ['exp(-4(x^2+y^2))', {}],
  ['1/2x', { reading: 'formula: “1/2x” can be read in several ways; here it is read as 1/2*x' }],
  ['x/2y', { reading: 'formula: “x/2y” can be read in several ways; here it is read as x/(2*y)' }],
  [
    'max(x,0,5)',
    { reading: 'formula: “max(x,0,5)” can be read in several ways; here it is read as max(x, 0, 5)' },
  ],
  [
    'x +',
    {
      fault:
        'formula: “x +” cannot be used: at character 4, something is missing at the end: write a number, x, y or a bracket there',
    },
  ],
  ['sin x y', { fault: 'formula: “sin x y” can be read in several ways: write sin(x*y) or sin(x)*y' }],
])('what is said of “%s” in a link', async (formula, words) => {
  expect(await linkFormulaWords(formula)).toEqual(words);
});

it.each([
  [
    'sin(2x',
    /^formula: “sin\(2x” cannot be used: at character 4, “\(” is not closed\. target=hat is used instead; all/,
  ],
  [
    '1/x',
    /^formula: “1\/x” is not allowed: at \(.*\) it is .*target=hat is used instead; all other settings are kept/,
  ],
  ['x^2y', /^formula: “x\^2y” can be read in several ways; here it is read as x\^2\*y$/],
  ['x/2', undefined],
])('a page that is opened with %s says so, and only once', async (formula, text) => {
  const page = createPlayground({
    spawn: () => portHere(),
    pinned: { T: 4, batch: [8], hidden: [[3]], steps: 400, target: 'formula', formula },
    formulaWords: linkFormulaWords,
  });
  const notice = () => page.app.getState().notice?.text;
  await page.actions.start();
  if (text) await until(() => notice() !== undefined);
  if (text) expect(notice()).toMatch(text);
  else expect(notice()).toBeUndefined();
  page.actions.clearNotice();
  await page.actions.step(1);
  await page.actions.set({ sigma: 0.4 });
  await page.actions.step(1);
  expect(notice()).not.toContain('formula');
  page.actions.dispose();
});
