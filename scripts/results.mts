// `npm run results`: computes what is missing of all kept results (scripts/results/manifest.ts), then makes everything that
// rests on them: src/lessons/measured.json, the figures, docs/results.md, docs/cost.md. Started again, it goes on where it stood.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageError } from '../cli/faults.ts';
import { provenance } from '../cli/provenance.ts';
import { writeCosts } from './cost/write.ts';
import { refuseLostOptions, withValues } from './npm-options.mjs';
import { writeFigures } from './paper-figures/write.ts';
import { complete } from './results/complete.ts';
import { formatMeasured, keptRuns, measuredFrom, passesOf, regenerate } from './results/document.ts';
import { pathOf } from './results/kept.ts';
import { KEPT, type KeptTable } from './results/manifest.ts';
import { writeWhyFigures } from './why/figures.ts';
import { keptWhy } from './why/kept.ts';

const USAGE = `npm run results -- [options]

  --tables NAME,…  these tables only, as hat-paper,poisson-soft
  --from DIR,…     takes over runs that lie in other folders, in files of the same names
  --anew           runs of other commits than this one count as missing
  --documents      compute nothing: summary, figures, docs/results.md and docs/cost.md from the runs that are there
  --jobs N         runs computed side by side (default: one for each core)
  --help`;

/** Tables lie here until they are complete; runs put here beforehand are taken over. */
const UNFINISHED = fileURLToPath(new URL('../.cache/results/', import.meta.url));

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

/** Makes all that rests on the kept results. */
async function writeDocuments(): Promise<void> {
  const runs = keptRuns();
  const write = (path: string, text: string) => writeFileSync(new URL(`../${path}`, import.meta.url), text);
  write('src/lessons/measured.json', formatMeasured(measuredFrom(runs)));
  const document = readFileSync(new URL('../docs/results.md', import.meta.url), 'utf8');
  write('docs/results.md', regenerate(document, runs, undefined, await passesOf(runs)));
  console.error('src/lessons/measured.json and docs/results.md are written');
  await writeFigures();
  const why = keptWhy();
  if (why) writeWhyFigures(why);
  await writeCosts();
  console.error('docs/cost.md is written');
}

function chosen(only: string | undefined): readonly KeptTable[] {
  if (only === undefined) return KEPT;
  return only.split(',').map((file) => {
    const table = KEPT.find((entry) => entry.file === file);
    if (!table) throw new UsageError('--tables', file, KEPT.map((entry) => entry.file).join(', '));
    return table;
  });
}

function jobsOf(text: string): number {
  const jobs = /^\d+$/.test(text) ? Number(text) : 0;
  if (jobs < 1) throw new UsageError('--jobs', text, 'a whole number from 1 on');
  return jobs;
}

const OPTIONS = {
  tables: { type: 'string' },
  from: { type: 'string' },
  anew: { type: 'boolean', default: false },
  documents: { type: 'boolean', default: false },
  jobs: { type: 'string', default: String(availableParallelism()) },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<number> {
  refuseLostOptions('results', OPTIONS);
  const { values } = parseArgs({ options: OPTIONS, args: withValues(process.argv.slice(2), OPTIONS) });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const jobs = jobsOf(values.jobs);
  let allComplete = true;
  if (!values.documents) {
    const folders = values.from?.split(',') ?? [];
    const absent = folders.find((folder) => !existsSync(folder));
    if (absent !== undefined) throw new UsageError('--from', absent, 'folders that are there');
    mkdirSync(UNFINISHED, { recursive: true });
    const { commit } = provenance();
    const options = { anew: values.anew, jobs, commit, terminal: process.stderr, signal: stop.signal };
    for (const table of chosen(values.tables)) {
      if (stop.signal.aborted) break;
      const places = {
        destination: pathOf(table),
        unfinished: `${UNFINISHED}${table.file}.json`,
        others: folders.map((folder) => join(folder, `${table.file}.json`)),
      };
      allComplete = (await complete(table, places, options)) && allComplete;
    }
  }
  if (stop.signal.aborted) return 130;
  await writeDocuments();
  return allComplete ? 0 : 1;
}

// Exit codes: 0 done, 1 runs are missing, 2 the command cannot be followed, 130 stopped by Ctrl-C.
process.exitCode = await main().catch((error) => {
  console.error(error instanceof UsageError ? error.message : error);
  return 2;
});
