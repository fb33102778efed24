import { describe, expect, it } from 'vitest';
import {
  type CheckScope,
  evaluateCheck,
  type FactCall,
  type FactSource,
  readCheck,
  valueText,
} from './check.ts';
import type { FactValue } from './facts.ts';

const scope: CheckScope = { letters: ['A', 'B'] };
const values: Record<string, FactValue> = {
  error: 0.03125,
  'error B': 0.5,
  gradient: 'RFG',
  localLosses: true,
  K: 8,
  step: 500,
  'errorAt 100': 0.25,
  'cosine own,1': 0.2,
};
const facts: FactSource = {
  scope: () => scope,
  async valueOf({ name, values: args, letter }: FactCall) {
    return values[
      [name, ...(args.length > 0 ? [args.join(',')] : []), ...(letter ? [letter] : [])].join(' ')
    ];
  },
};
const holds = async (source: string) => (await evaluateCheck(source, facts)).holds;

describe('checks', () => {
  it.each([
    ['error < .05', true],
    ['error(B) < .05', false],
    ['error < error(B)', true],
    ['.02 < error <= .05', true],
    ['.02 < error <= .03', false],
    ['gradient == "RFG" and not (K == 4)', true],
    ['gradient != "RFG" or K == 4', false],
    ['localLosses', true],
    ['not localLosses', false],
    ['abs(error - 1/32) < 1e-9', true],
    ['round(100 * error) == 3', true],
    ['max(error, error(B)) / min(error, error(B)) == 2^4', true],
    ['-error < 0 and +K > 7', true],
    ['errorAt(100) == .25', true],
    ['cosine("own") > .1', true],
  ])('%s is %s', async (source, expected) => {
    expect(await evaluateCheck(source, facts)).toMatchObject({ holds: expected });
  });

  it('what cannot be told yet is neither true nor false', async () => {
    for (const source of ['loss < 1', 'not (loss < 1)', 'loss < 1 and K == 8', 'min(loss, 1) <= 1'])
      expect(await holds(source), source).toBeUndefined();
    expect(await holds('loss < 1 or K == 8')).toBe(true);
    expect(await holds('loss < 1 and K == 4')).toBe(false);
  });

  it('says the condition with its facts', async () => {
    expect(await evaluateCheck('error(B) < .05 and gradient == "RFG"', facts)).toEqual({
      holds: false,
      said: 'error(B) .5 < .05 and gradient "RFG" == "RFG"',
      values: [
        ['error(B)', '.5'],
        ['gradient', '"RFG"'],
      ],
    });
    expect((await evaluateCheck('loss < 1', facts)).said).toBe('loss – < 1');
  });

  it('what takes the worker a moment is asked for only where there is time', async () => {
    expect(await evaluateCheck('cosine("own") > .1', facts, false)).toEqual({
      holds: undefined,
      said: 'cosine("own") – > .1',
      values: [['cosine("own")', '–']],
    });
    expect((await evaluateCheck('K == 8', facts, false)).holds).toBe(true);
  });

  it('says why it cannot be told', async () => {
    const failing: FactSource = { scope: () => scope, valueOf: () => Promise.reject(new Error('no worker')) };
    expect(await evaluateCheck('K == 8', failing)).toMatchObject({ fault: 'no worker' });
    expect(await evaluateCheck('error(C) < 1', facts)).toMatchObject({
      fault: expect.stringMatching('no lane C'),
    });
  });

  it.each([
    ['', 'the condition is empty'],
    ['1 <', /Unexpected end of expression/],
    ['K', 'it is no condition: it is neither true nor false'],
    ['K + 1', 'it is no condition: it is neither true nor false'],
    ['Q == 1', '“Q” is no fact of the page'],
    ['constructor == 1', '“constructor” is no fact of the page'],
    ['error.a == 1', /“error.a” is not allowed/],
    ['[1,2] == 1', /is not allowed; allowed: numbers/],
    ['K == 1 ? true : false', /is not allowed/],
    ['f(x) = 1', /is not allowed/],
    ['K == 1; K == 2', /is not allowed/],
    ['K == 1 xor K == 2', /“xor” is not allowed/],
    ['K! == 1', /“!” is not allowed/],
    ['K == 5 cm', /“cm” is no fact/],
    ['sin(K) == 1', '“sin” is no fact of the page'],
    ['abs() == 1', /abs\(\) is asked with 0 numbers; allowed: 1$/],
    ['min(gradient, 1) == 1', 'it computes with a text; allowed: numbers'],
    ['gradient == 1', 'a text is compared with a number; allowed: two of a kind'],
    ['gradient < "RFG"', 'a text is compared by less or more; allowed: == and !='],
    ['gradient == "RGF"', /"RGF" is never the case; allowed: "BP", "RFG"/],
    ['K and true', '“and” stands between conditions only'],
    ['error(C) < 1', 'error(C): there is no lane C; allowed: A, B'],
    ['lanes(A) == 1', 'lanes is no lane’s: “A” is not allowed'],
    ['errorAt(A) < 1', 'errorAt is asked with 0 values; allowed: errorAt(step, lane)'],
    ['error(1, 2) < 1', 'error is asked with 2 values; allowed: error(lane)'],
    ['errorAt(.5) < 1', /errorAt, step: 0.5 is not allowed; allowed: a whole number from 0 to/],
    ['cosine("X") < 1', /cosine, estimate: "X" is not allowed; allowed: "own", "RFG-G"/],
    ['cosine("own", 99) < 1', /cosine, K: 99 is not allowed; allowed: a whole number from 1 to 32/],
    [`${'('.repeat(101)}K == 1${')'.repeat(101)}`, 'the condition has 208 characters; allowed: 200'],
  ])('refuses %j', (source, message) => {
    expect(() => readCheck(source, scope)).toThrow(message);
  });

  it('names of an open lab stand before the page’s', () => {
    const lab = { words: { spikes: 'spikes', K: 'kicks' }, values: { spikes: 3, K: 'many' } };
    expect(() => readCheck('spikes == 3 and K == "many"', { letters: ['A'], lab })).not.toThrow();
    expect(() => readCheck('spikes == "3"', { letters: ['A'], lab })).toThrow(
      'a number is compared with a text',
    );
    expect(() => readCheck('spokes == 3', { letters: ['A'], lab })).toThrow(
      '“spokes” is no fact of the page or its lab',
    );
  });

  it('writes numbers as the page’s texts do', () => {
    const values = [0.03125, -0.5, 1.2345, 500, 12345.6, 1e-7, undefined, true, 'a'];
    expect(values.map(valueText)).toEqual([
      '.0313',
      '-.5',
      '1.23',
      '500',
      '12300',
      '1e-7',
      '–',
      'true',
      '"a"',
    ]);
  });
});
