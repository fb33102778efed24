import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../settings/fields.ts';
import { RandomSequence, Stream } from '../../snn/random.ts';
import { LABS } from '../presentation.ts';
import { labModel } from './index.ts';

const SEEDS = {
  neuron: ['current=0.26:reset=zero:T=64', 'drawn=0.2x3/0/-0.5x12:show=T/leak', 'neurons=2:weight=1'],
  samples: ['membrane=1.2:sigma=0.3', 'drawn=120:samples=8:seed=4'],
  guesses: ['a=0.5:b=-1.25:drawn=30', 'law=gaussian:seed=8:drawn=2'],
};

describe.each(LABS)('the text of %s', (name) => {
  it('of its defaults is empty', async () => {
    const model = await labModel(name);
    expect(model.format(model.parse(''))).toBe('');
  });

  it('reads back', async () => {
    const model = await labModel(name);
    for (const text of SEEDS[name]) {
      const settings = model.parse(text);
      expect(model.parse(model.format(settings))).toEqual(settings);
      expect(model.format(settings)).toMatch(/^[\w=:./,-]+$/);
    }
  });

  it('names what is not allowed', async () => {
    const model = await labModel(name);
    expect(() => model.parse('volume=3')).toThrow(`lab=${name}: “volume=3” is not allowed; allowed: `);
    expect(() => model.parse('seed')).toThrow(`lab=${name}: “seed” is not allowed; allowed: `);
    expect(() => model.parse('seed=1:seed=2')).toThrow(
      `lab=${name}: “seed=2” is not allowed; allowed: seed once`,
    );
    expect(() => model.parse('seed=-1')).toThrow(
      `lab=${name}, seed: “-1” is not allowed; allowed: a whole number from 0 to 4294967295`,
    );
  });

  it('is read or refused by name, 1000 times mutated; the facts are numbers and names', async () => {
    const model = await labModel(name);
    const random = new RandomSequence(9, Stream.data);
    const letters = ':=/x.-+eE0129TNa∞ \u0000_';
    const letter = () => letters[random.below(letters.length)];
    let read = 0;
    for (let n = 0; n < 1000; n++) {
      const seed = SEEDS[name][n % SEEDS[name].length];
      const text = [...seed]
        .map((c) => (random.below(15) > 0 ? c : [letter(), '', c + letter()][random.below(3)]))
        .join('');
      try {
        const settings = model.parse(text);
        expect(model.parse(model.format(settings))).toEqual(settings);
        for (const value of Object.values(model.facts(settings))) expect(value).not.toBeNaN();
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }
    expect(read).toBeGreaterThan(50);
  });

  it('has words for every fact', async () => {
    const model = await labModel(name);
    expect(Object.keys(model.factWords).sort()).toEqual(Object.keys(model.facts(model.parse(''))).sort());
  });
});
