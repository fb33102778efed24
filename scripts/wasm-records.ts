import { ENUMERATIONS, FINGERPRINT, RECORDS } from '../src/kernels/wasm/records.ts';

/** The AssemblyScript of the records: a class of 32-bit fields for each, in their order, and the enumerations. */
export function assemblyRecords(): string {
  const enumerations = Object.entries(ENUMERATIONS).map(
    ([name, members]) =>
      `export const enum ${name} {\n${members.map((member) => `  ${member},\n`).join('')}}\n`,
  );
  const classes = Object.entries(RECORDS).map(([name, fields]) => {
    const lines = Object.entries(fields).map(([field, type]) => `  ${field}!: ${type};\n`);
    return `@unmanaged\nexport class ${name} {\n${lines.join('')}}\n`;
  });
  return [
    '// Written by `npm run build:wasm` from ../records.ts, which says what every field is.\n',
    `export const FINGERPRINT: u32 = ${FINGERPRINT};\n`,
    ...enumerations,
    ...classes,
  ].join('\n');
}
