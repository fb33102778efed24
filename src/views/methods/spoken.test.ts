import { expect, it } from 'vitest';
import { METHODS } from '../../methods/index.ts';
import { type MethodFields, methodName, usedByMethod } from '../../training/config.ts';
import { spokenMethod } from './spoken.ts';
import { spokenName, spokenText } from './spoken-text.ts';

const ALL = METHODS.flatMap(({ chosenBy }) =>
  (['SG', 'WSG'] as const).flatMap((surrogate) =>
    [false, true].map((localLosses): MethodFields => ({ scope: 'L', ...chosenBy, surrogate, localLosses })),
  ),
);

it('every method has words of its own, without an acronym', () => {
  const names = new Map(ALL.map((fields) => [methodName(fields), spokenMethod(fields)]));
  expect(names.size).toBeGreaterThan(METHODS.length);
  expect(new Set(names.values()).size).toBe(names.size);
  for (const [name, words] of names) {
    expect(words).not.toMatch(/[A-Z]{2}|-[A-Z]/);
    expect(spokenName(name)).toBe(words);
    expect(spokenText(name)).not.toMatch(/[A-Z]{2}/);
  }
});

it('says what is perturbed: weights, or under A the neurons of each sample', () => {
  for (const fields of ALL.filter(({ gradient }) => gradient === 'WP'))
    expect(spokenMethod(fields)).toMatch(fields.scope === 'A' ? /^Shaken neurons/ : /^Shaken weights/);
  expect(ALL.some((fields) => fields.scope === 'A' && usedByMethod('epsilon', fields))).toBe(true);
});

it('in a sentence, whole names only', () => {
  expect(spokenText('A step of SG-RFG-L costs 24, one of SG-BP 7; BP’s grows, WSG and ANNA stay.')).toBe(
    'A step of “Forward guess, layer by layer” costs 24, one of Back-propagation 7; Back-propagation’s grows, WSG and ANNA stay.',
  );
  expect(spokenName('tanh-BP')).toBe('tanh-BP');
  expect(spokenText('tanh-BP')).toBe('tanh-BP');
});
