// Summarises docs/results/*.json into src/lessons/measured.json, which the page shows beside the paper's figures.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { summariseResults } from '../src/lessons/measured.ts';

const folder = new URL('../docs/results/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const rows = summariseResults(files);
writeFileSync(new URL('../src/lessons/measured.json', import.meta.url), `${JSON.stringify(rows, null, 1)}\n`);
console.log(`${rows.length} rows from ${files.length} files`);
