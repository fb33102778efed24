import { expect, it } from 'vitest';
import { gaussianSurrogate } from '../../snn/surrogate.ts';
import { estimatesOf, runningMeans, samplesLab, shiftsOf } from './samples.ts';

const { parse, facts } = samplesLab;
const of = (text: string) => facts(parse(text));

it('a shift gives |δ|/σ² where it crosses the threshold, and nothing else', () => {
  for (const membrane of [0.4, 1, 1.7]) {
    const settings = { ...parse('drawn=400:sigma=0.4'), membrane };
    for (const { delta, term } of shiftsOf(settings)) {
      const crosses = membrane + delta >= 1 !== membrane >= 1;
      expect(term).toBeCloseTo(crosses ? Math.abs(delta) / 0.16 : 0, 12);
    }
  }
});

it('more shifts leave the earlier ones as they are', () => {
  expect(shiftsOf(parse('drawn=50')).slice(0, 20)).toEqual(shiftsOf(parse('drawn=20')));
  expect(shiftsOf(parse('drawn=20:seed=2'))).not.toEqual(shiftsOf(parse('drawn=20')));
});

it('their mean is SG: within five standard errors, for most seeds within two', () => {
  let close = 0;
  for (let seed = 0; seed < 60; seed++) {
    const membrane = [0.5, 0.8, 1, 1.3][seed % 4];
    const { estimate, surrogate, difference, standardError } = of(
      `membrane=${membrane}:sigma=0.5:drawn=2000:seed=${seed}`,
    );
    expect(surrogate).toBe(gaussianSurrogate(Number((membrane - 1).toFixed(2)), 0.5));
    expect(difference).toBe(Math.abs(estimate - surrogate));
    expect(difference).toBeLessThan(5 * standardError);
    close += Number(difference < 2 * standardError);
  }
  // 95 % of 60, less five standard deviations of that count.
  expect(close).toBeGreaterThan(57 - 5 * Math.sqrt(60 * 0.95 * 0.05));
});

it('running means and estimates of K are means of the terms', () => {
  const shifts = shiftsOf(parse('drawn=10'));
  const terms = shifts.map(({ term }) => term);
  expect(runningMeans(shifts)[2]).toBeCloseTo((terms[0] + terms[1] + terms[2]) / 3, 12);
  expect(estimatesOf(shifts, 4)).toHaveLength(2);
  expect(estimatesOf(shifts, 4)[1]).toBeCloseTo((terms[4] + terms[5] + terms[6] + terms[7]) / 4, 12);
});

it('says zero before anything is drawn', () => {
  expect(of('')).toMatchObject({ drawn: 0, estimate: 0, crossings: 0, standardError: 0, spread: 0 });
});
