// `npm run why`: why node perturbation (WP-A) works, measured: its estimates beside BP's gradient and beside gradients of the true
// loss over training, their bias and variance against ε, and what averaging over signs takes away. Writes docs/measured/why.json in
// some minutes, then the figures and docs/results.md. `npm run why -- --documents` measures nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadEngine } from '../cli/engines.ts';
import { commitFault, provenance } from '../cli/provenance.ts';
import { refuseLostOptions } from './npm-options.mjs';
import { keptRuns, regenerate } from './results/document.ts';
import { writeWhyFigures } from './why/figures.ts';
import { keptWhy, WHY_FILE } from './why/kept.ts';
import { measureWhy } from './why/measure-all.ts';

const OPTIONS = { documents: { type: 'boolean', default: false } } as const;
refuseLostOptions('why', OPTIONS);
const { values } = parseArgs({ options: OPTIONS });

if (!values.documents) {
  const { commit } = provenance();
  const fault = commitFault(commit);
  if (!commit || fault) throw new Error(`measurements are kept with a clean commit: ${fault}`);
  const measured = await measureWhy(await loadEngine('wasm'), (text) => process.stderr.write(`${text}\n`));
  mkdirSync(dirname(WHY_FILE), { recursive: true });
  writeFileSync(WHY_FILE, `${JSON.stringify({ commit, ...measured })}\n`);
  console.log(WHY_FILE);
}
const why = keptWhy();
if (!why) throw new Error('nothing is measured yet: npm run why');
writeWhyFigures(why);
const results = fileURLToPath(new URL('../docs/results.md', import.meta.url));
writeFileSync(results, regenerate(readFileSync(results, 'utf8'), keptRuns(), why));
