import { expect, it } from 'vitest';
import { packTable } from '../../problems/samples.ts';
import { nameOfTable } from '../../problems/table.ts';
import { resolveConfig } from '../../training/presets.ts';
import { describeTable, missingTable } from './samples-of.ts';

const whole = packTable('a.csv', [
  { name: 'x', values: Float64Array.from({ length: 1200 }, (_, i) => i) },
  { name: 'z', values: Float64Array.from({ length: 1200 }, (_, i) => (i * i) % 7) },
]);
const named = nameOfTable(whole);

it('a table that is named, or came to harm, is missing by its name', () => {
  const missing = (data: string, experiment: 'own-data' | 'hat' = 'own-data') =>
    missingTable(resolveConfig({ experiment, data }));
  expect(missing(named)).toBe(named);
  expect(missing(whole.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBe(named);
  expect([missing(whole), missing(''), missing(named, 'hat')]).toEqual([undefined, undefined, undefined]);
  expect(describeTable(named)).toMatch(/^“a\.csv”, 1,200 rows of x and z, checksum [\da-f]{8}$/);
});
