import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The linter reads no AssemblyScript: this is its rule `noImportCycles` for these files. */
it('files of the AssemblyScript import each other without cycles', () => {
  const folder = new URL('./assembly/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const imports = new Map(
    files.map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      return [file, Array.from(text.matchAll(/ from '\.\/([\w-]+)'/g), ([, name]) => `${name}.ts`)];
    }),
  );
  expect(imports.get('index.ts')).toContain('simulate.ts');
  // A file is taken away once all that it imports is gone: what stays imports itself, directly or through others.
  for (let size = -1; size !== imports.size; ) {
    size = imports.size;
    for (const [file, others] of imports)
      if (!others.some((other) => imports.has(other))) imports.delete(file);
  }
  expect([...imports.keys()]).toEqual([]);
});
