import { expect, it } from 'vitest';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import { METHODS, type Method, methodId, SETTINGS_OF_METHODS } from '../../../methods/index.ts';
import { FIELDS, type Pinned } from '../../../training/config.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { whyMeaningless } from '../../shell/reasons.ts';
import { stepOf } from '../steps/all.ts';
import { METHOD_WORDS } from './all.ts';

it.each(METHODS.map((method, i): [string, Method, number] => [methodId(method), method, i]))(
  'the page has words and a step in slow motion for %s, and a reason for every field that it does not use',
  (_, method, i) => {
    expect(METHOD_WORDS[i]).toBeDefined();
    expect(METHOD_WORDS[i].withoutSurrogate === undefined).toBe(method.uses.includes('surrogate'));
    const experiment = Object.values(EXPERIMENTS).find(({ shape }) => method.shapes?.includes(shape) ?? true);
    const config = resolveConfig({ experiment: experiment?.id, ...method.chosenBy } as Pinned);
    expect(stepOf(config)).toBeDefined();
    for (const field of SETTINGS_OF_METHODS) {
      if (method.uses.includes(field)) continue;
      expect(whyMeaningless(field, config), `${field}: ${FIELDS[field].label}`).toBeTruthy();
    }
  },
);
