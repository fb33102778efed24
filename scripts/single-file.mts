// `npm run build:single`: the page as one HTML file that opens by double click. Options: --out FILE, --dist FOLDER (a page that is built already).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { builtPage } from './built-page.ts';
import { type Options, optionsOf } from './npm-options.mjs';
import { singleFile } from './single-file/inline.ts';

const OPTIONS = { dist: { type: 'string' }, out: { type: 'string' } } as const satisfies Options;
const values = optionsOf('build:single', OPTIONS);

try {
  const out = resolve(values.out ?? 'packed/spiking-playground.html');
  const html = await singleFile(builtPage(values.dist));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, html);
  console.log(`${out}: ${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
