import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PERTURBATION, RECORD_BYTES, RECORDS } from '../src/kernels/wasm/records.ts';
import { assemblyRecords } from './wasm-records.ts';

describe('the records of the WebAssembly module', () => {
  it('are those that the kernels were built from', () => {
    const built = readFileSync(new URL('../src/kernels/wasm/assembly/records.ts', import.meta.url), 'utf8');
    expect(built).toBe(assemblyRecords());
  });

  it('have their fields and enumerations in the order in which the host writes them', () => {
    const text = assemblyRecords();
    for (const [name, fields] of Object.entries(RECORDS)) {
      const [, body] = text.split(`export class ${name} {`);
      const found = [...body.split('}')[0].matchAll(/^ {2}(\w+)!: (\w+);$/gm)].map(([, field, type]) => [
        field,
        type,
      ]);
      expect(found).toEqual(Object.entries(fields));
    }
    expect(RECORD_BYTES.head).toBe(4 * (3 + 3 * 8));
    expect(PERTURBATION).toEqual({ parameters: 0, flipout: 1, activity: 2 });
    expect(text).toContain('export const enum Perturbation {\n  parameters,\n  flipout,\n  activity,\n}');
  });
});
