import { expect, it } from 'vitest';
import {
  averageOf,
  BEST,
  cosineOf,
  distanceFrom,
  expectedDistance,
  gradientAt,
  guessesLab,
  guessesOf,
  lossAt,
  runningAverages,
  stepped,
} from './guesses.ts';

const { parse, facts } = guessesLab;

it('the gradient is the derivative of the loss, and is 0 at the least loss only', () => {
  const h = 1e-5;
  for (const [a, b] of [
    [-1.2, 1],
    [0.3, -1.7],
    [2, 2],
  ]) {
    const [ga, gb] = gradientAt(a, b);
    expect(ga).toBeCloseTo((lossAt(a + h, b) - lossAt(a - h, b)) / (2 * h), 8);
    expect(gb).toBeCloseTo((lossAt(a, b + h) - lossAt(a, b - h)) / (2 * h), 8);
  }
  expect(gradientAt(...BEST)).toEqual([0, 0]);
  expect(lossAt(...BEST)).toBe(0);
});

it('a guess of ±1 gives its directional derivative times itself', () => {
  const settings = parse('drawn=40');
  const [ga, gb] = gradientAt(settings.a, settings.b);
  for (const { direction, derivative, estimate } of guessesOf(settings)) {
    expect(direction.map(Math.abs)).toEqual([1, 1]);
    expect(derivative).toBeCloseTo(ga * direction[0] + gb * direction[1], 12);
    expect(estimate[0]).toBeCloseTo(derivative * direction[0], 12);
    expect(estimate[1]).toBeCloseTo(derivative * direction[1], 12);
  }
});

it('one guess of each diagonal averages to the gradient exactly', () => {
  const settings = parse('drawn=40');
  const guesses = guessesOf(settings);
  const one = guesses.find(({ direction: [a, b] }) => a * b > 0)!;
  const other = guesses.find(({ direction: [a, b] }) => a * b < 0)!;
  const gradient = gradientAt(settings.a, settings.b);
  expect(distanceFrom(gradient, averageOf([one, other]))).toBeLessThan(1e-12);
});

it('the average turns into the gradient as fast as theory says', () => {
  for (const law of ['rademacher', 'gaussian'] as const) {
    for (const drawn of [10, 100]) {
      const seeds = 400;
      let squares = 0;
      for (let seed = 0; seed < seeds; seed++) {
        const settings = { ...parse(''), law, drawn, seed };
        const gradient = gradientAt(settings.a, settings.b);
        squares += distanceFrom(gradient, averageOf(guessesOf(settings))) ** 2 / seeds;
      }
      // A mean of 400 squares of a nearly normal vector: standard deviation √2/20 of it at most, five of them.
      expect(Math.abs(squares / expectedDistance(law, drawn) ** 2 - 1)).toBeLessThan((5 * Math.SQRT2) / 20);
    }
  }
});

it('facts agree with the average', () => {
  const settings = parse('drawn=25:law=gaussian');
  const guesses = guessesOf(settings);
  const average = averageOf(guesses);
  const [last] = runningAverages(guesses).slice(-1);
  expect(last[0]).toBeCloseTo(average[0], 12);
  const found = facts(settings);
  expect(found.cosine).toBe(cosineOf(average, gradientAt(settings.a, settings.b)));
  expect(Math.cos((found.angle * Math.PI) / 180)).toBeCloseTo(found.cosine, 12);
  expect(facts(parse(''))).toMatchObject({ drawn: 0, cosine: 0, angle: 90, distance: 1, theory: 1 });
});

it('steps against the average go downhill, and stay in the square', () => {
  let settings = parse('drawn=200');
  const losses: number[] = [];
  for (let n = 0; n < 12; n++) {
    losses.push(lossAt(settings.a, settings.b));
    const [a, b] = stepped(settings, averageOf(guessesOf(settings)));
    settings = { ...settings, a, b, seed: n };
  }
  expect(losses.slice(1).every((loss, n) => loss < losses[n])).toBe(true);
  expect(stepped(settings, [100, -100])).toEqual([-2, 2]);
});
