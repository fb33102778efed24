import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { blocks, filled } from './tables.ts';

/** Writes what docs/cost.md has of the count of a step and of docs/results/*.json into it. */
export async function writeCosts(): Promise<void> {
  const folder = new URL('../../docs/results/', import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  const document = new URL('../../docs/cost.md', import.meta.url);
  writeFileSync(document, filled(readFileSync(document, 'utf8'), await blocks(files)));
}
