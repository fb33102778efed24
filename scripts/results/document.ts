import type { RunResult } from '../../cli/results.ts';
import { formatError, formatSummary, formatTable, tableOf } from '../../cli/table.ts';
import { DEPENDENCE_METHODS, dependenceOf } from '../../src/lessons/dependence.ts';
import { type MethodResult, summariseResults } from '../../src/lessons/measured.ts';
import { median } from '../../src/snn/statistics.ts';
import { type ExperimentName, formatField, isUsed, usedByMethod } from '../../src/training/config.ts';
import { formatCount } from '../../src/views/format.ts';
import { passesSaid } from '../../src/views/inside/cost/readings.ts';
import { passesAStep } from '../cost/tables.ts';
import { type KeptWhy, keptWhy } from '../why/kept.ts';
import { summaryAt } from '../why/summaries.ts';
import { whyBlock } from '../why/tables.ts';
import { commandOf, requestOf, runsOf, standing } from './kept.ts';
import { KEPT, type KeptTable } from './manifest.ts';

/** The sound runs of every table of the manifest, by its file. */
export type KeptRuns = ReadonlyMap<string, readonly RunResult[]>;

export const keptRuns = (): KeptRuns =>
  new Map(KEPT.map((table) => [table.file, standing(table, runsOf(table)).sound]));

/** What the page shows of them (src/lessons/measured.json). */
export const measuredFrom = (kept: KeptRuns): MethodResult[] =>
  summariseResults([...kept].filter(([file]) => isOnPage(entryOf(file))).map(([, runs]) => ({ runs })));

/** Whether a table's runs stand in the page's tables: those of equal cost, of other starts and of windows read otherwise do not. */
export const isOnPage = ({ equal, start, read }: KeptTable) => !(equal || start || read);

/** What a step of each table of equal cost takes, in forward passes of the batch of the experiment's first one. */
export type Passes = ReadonlyMap<string, number>;

export async function passesOf(kept: KeptRuns): Promise<Passes> {
  const passes = new Map<string, number>();
  for (const { file, equal } of KEPT) {
    const unit = kept.get(KEPT.find((entry) => equal && entry.equal === equal)?.file ?? '') ?? [];
    const runs = kept.get(file) ?? [];
    if (equal && unit.length > 0 && runs.length > 0) passes.set(file, await passesAStep(runs, unit));
  }
  return passes;
}

/** One row a line, so that changes can be read. */
export const formatMeasured = (rows: readonly MethodResult[]): string =>
  `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;

const BLOCK =
  /(<!-- (table|dependence|equal|starts|lengths|horizons|why) ([\w.-]+) -->\n)[\s\S]*?(<!-- end -->)/g;
const NUMBER = /(-?\d+(?:\.(\d+))?)( %)?(<!-- ([\w.-]+): ([^,>]+?)(?:, (median|min|max|pooled))? -->)/g;
/** A number that no kept run stands for: it was noted while settings were tuned. */
const NOTED = /\d+(?:\.\d+)?<!-- tuning -->/g;

/**
 * docs/results.md with its tables and the numbers of its sentences as the kept runs give them. A table stands between
 * `<!-- table FILE -->` and `<!-- end -->` (what errors depend on: `<!-- dependence EXPERIMENT -->`, at equal cost:
 * `<!-- equal EXPERIMENT -->`, from other starts: `<!-- starts EXPERIMENT -->`, by how much of a window is read: `<!-- lengths EXPERIMENT -->`,
 * by horizon: `<!-- horizons FILE -->`); a number stands before `<!-- FILE: METHOD -->`, or `<!-- FILE: METHOD, min|max|pooled -->`, and keeps its count of decimals. What `npm run why` measured stands between `<!-- why NAME -->` and `<!-- end -->`, and before
 * `<!-- why: PATH -->` with a path of scripts/why/summaries.ts.
 * @throws Error for what the manifest or the file does not have
 */
export function regenerate(
  text: string,
  kept: KeptRuns,
  why: KeptWhy | undefined = keptWhy(),
  passes: Passes = new Map(),
): string {
  const results = measuredFrom(kept);
  return text
    .replace(BLOCK, (_, start: string, kind: string, name: string, end: string) => {
      const blocks: Record<string, () => string> = {
        table: () => tableBlock(name, kept),
        dependence: () => dependenceBlock(name, results),
        equal: () => equalBlock(name, kept, passes),
        starts: () => startsBlock(name, kept),
        lengths: () => lengthsBlock(name, kept),
        horizons: () => horizonsBlock(name, kept),
        why: () => (why ? whyBlock(why, name) : 'Not measured yet.\n'),
      };
      return `${start}\n${blocks[kind]()}\n${end}`;
    })
    .replace(NUMBER, (whole, _, decimals: string | undefined, percent: string | undefined, ...rest) => {
      const [source, file, method, of = 'median'] = rest;
      const value = file === 'why' ? measuredAt(why, method, of) : statistic(kept, file, method, of);
      if (value === undefined) return whole;
      return `${(percent ? 100 * value : value).toFixed(decimals?.length ?? 0)}${percent ?? ''}${source}`;
    });
}

/** Errors in the sentences that name no source. */
export function unsourced(text: string): string[] {
  const sentences = text.replace(BLOCK, '').replace(NUMBER, '').replace(NOTED, '');
  return sentences.match(/(?<![\d.])0?\.\d{3,}\b/g) ?? [];
}

/** Files of the manifest that the text has no table of. */
export function untold(text: string): string[] {
  const blocks = new Set([...text.matchAll(BLOCK)].map(([, , kind, name]) => `${kind} ${name}`));
  const blockOf = ({ file, equal, start, read }: KeptTable) =>
    (equal && `equal ${equal}`) ??
    (start && `starts ${start}`) ??
    (read && `lengths ${read}`) ??
    `table ${file}`;
  return KEPT.filter((entry) => !blocks.has(blockOf(entry))).map(({ file }) => file);
}

function entryOf(file: string): KeptTable {
  const entry = KEPT.find((table) => table.file === file);
  if (!entry) throw new Error(`docs/results.md: no table “${file}” in scripts/results/manifest.ts`);
  return entry;
}

function tableBlock(file: string, kept: KeptRuns): string {
  const entry = entryOf(file);
  const runs = kept.get(file) ?? [];
  const command = `    ${commandOf(entry)}\n`;
  if (runs.length === 0) return `${command}\nNot computed yet.\n`;
  const commits = [...new Set(runs.map(({ commit }) => commit))].join(', ');
  const minutes = Math.ceil(runs.reduce((sum, { seconds }) => sum + seconds, 0) / 60);
  const summary = `${runs.length} runs, ${minutes} minute${minutes > 1 ? 's' : ''} if one follows the other; commit ${commits}.`;
  return `${command}\n${formatTable(tableOf(runs, requestOf(entry).seeds.length), 'md')}\n${summary}\n`;
}

/** Each method with its own settings, and what its run spent in all. */
function equalBlock(experiment: string, kept: KeptRuns, passes: Passes): string {
  const tables = KEPT.filter(({ equal }) => equal === experiment);
  const header = [
    'method',
    'settings',
    'steps',
    'passes a step',
    'passes in all',
    'relative L2: median [min, max]',
  ];
  const rows = tables.map((table) => {
    const each = passes.get(table.file);
    const runs = kept.get(table.file) ?? [];
    const [method] = requestOf(table).methods;
    if (each === undefined || runs.length === 0) return [method, 'not computed yet', '', '', '', ''];
    const [{ config }] = runs;
    const [row] = tableOf(runs).rows;
    const settings = [
      ...(isUsed('K', config) ? [`K ${config.K}`] : []),
      `batch ${formatField('batch', config.batch)}`,
      `η ${config.rate}`,
      ...(usedByMethod('law', config) ? [`law ${config.law}`] : []),
      ...(config.hold > 1 ? [`batch held ${config.hold}`] : []),
    ];
    return [
      method,
      settings.join(', '),
      formatCount(config.steps),
      passesSaid(each),
      formatCount(Math.round(each * config.steps)),
      formatSummary(row.error),
    ];
  });
  const commands = tables.map((table) => `    ${commandOf(table)}`);
  const rule = header.map((_, column) => (column < 2 ? '---' : '---:'));
  const lines = [header, rule, ...rows].map((parts) => `| ${parts.join(' | ')} |`);
  return `${commands.join('\n')}\n\n${lines.join('\n')}\n`;
}

/** Start and network of each table of starts, with the same methods from the experiment's own start. */
function startsBlock(experiment: string, kept: KeptRuns): string {
  const tables = KEPT.filter(({ start }) => start === experiment);
  const methods = new Set(tables.flatMap((table) => requestOf(table).methods));
  const own = (kept.get(experiment) ?? []).filter(({ method }) => methods.has(method));
  const rows = [own, ...tables.map(({ file }) => kept.get(file) ?? [])].flatMap((runs) =>
    tableOf(runs).rows.map((row) => {
      const { config } = runs.find(({ method }) => method === row.method)!;
      return [
        formatField('hidden', config.hidden),
        String(config.rank),
        config.neuron,
        `${config.init}${config.fitted ? ', read-out fitted' : ''}`,
        row.method,
        usedByMethod('rate', config) ? String(config.rate) : '–',
        formatCount(config.steps),
        formatSummary(row.error),
      ];
    }),
  );
  const commands = tables.map((table) => `    ${commandOf(table)}`);
  if (rows.length === 0) return `${commands.join('\n')}\n\nNot computed yet.\n`;
  const header = [
    ...['hidden layers', 'rank', 'neuron', 'start', 'method', 'rate', 'steps'],
    'relative L2: median [min, max]',
  ];
  const rule = ['---', '---:', '---', '---', '---', '---:', '---:', '---:'];
  const lines = [header, rule, ...rows].map((parts) => `| ${parts.join(' | ')} |`);
  return `${commands.join('\n')}\n\n${lines.join('\n')}\n`;
}

/** Numbers of time steps, one a sample, that are told. */
const LENGTHS = [1, 3, 6, 13, 18, 24];

/** Median over the seeds of each method's error when it reads only the last samples of its windows, by where it learned to read them. */
function lengthsBlock(experiment: string, kept: KeptRuns): string {
  const tables = KEPT.filter(({ read }) => read === experiment);
  const commands = tables.map((table) => `    ${commandOf(table)}`);
  const rows = tables.flatMap(({ file }) => {
    const runs = kept.get(file) ?? [];
    return tableOf(runs).rows.map(({ method }) => {
      const own = runs.filter((run) => run.method === method);
      const errorAt = (run: (typeof own)[number], n: number) =>
        run.lengths!.find(({ steps }) => steps === n)!.error;
      const errors = LENGTHS.map((n) => formatError(median(own.map((run) => errorAt(run, n)))));
      return [method, String(own[0].config.readTime), ...errors];
    });
  });
  if (rows.length === 0) return `${commands.join('\n')}\n\nNot computed yet.\n`;
  const header = ['last samples read', 'learned to read at', ...LENGTHS.map(String)];
  const rule = ['---', '---', ...LENGTHS.map(() => '---:')];
  const lines = [header, rule, ...rows].map((parts) => `| ${parts.join(' | ')} |`);
  return `${commands.join('\n')}\n\n${lines.join('\n')}\n`;
}

/** Horizons that are told. */
const HORIZONS = [1, 2, 4, 5, 6, 8, 17, 34];

/** Median over the seeds of each method's error, horizon by horizon. */
function horizonsBlock(file: string, kept: KeptRuns): string {
  const runs = kept.get(file) ?? [];
  if (runs.length === 0) return 'Not computed yet.\n';
  const rows = tableOf(runs).rows.map(({ method }) => {
    const own = runs.filter((run) => run.method === method);
    return [method, ...HORIZONS.map((h) => formatError(median(own.map((run) => run.horizons![h - 1]))))];
  });
  const header = ['horizon', ...HORIZONS.map(String)];
  const rule = ['---', ...HORIZONS.map(() => '---:')];
  return `${[header, rule, ...rows].map((parts) => `| ${parts.join(' | ')} |`).join('\n')}\n`;
}

function dependenceBlock(experiment: string, results: readonly MethodResult[]): string {
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  const rows = dependenceOf(experiment as ExperimentName, results).map(({ text, cells }) => [
    text,
    ...cells.map((cell) => (cell ? formatMeasuredError(cell) : '–')),
  ]);
  const header = ['recipe `paper`', ...DEPENDENCE_METHODS];
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return `${[header, rule, ...rows].map(line).join('\n')}\n`;
}

const formatMeasuredError = ({ median, min, max, runs }: MethodResult) =>
  formatSummary({ median: finite(median), min: finite(min), max: finite(max), count: runs });
const finite = (error: number | null) => error ?? Number.POSITIVE_INFINITY;

/** Undefined before it was measured. */
const measuredAt = (why: KeptWhy | undefined, path: string, of: string): number | undefined =>
  why && summaryAt(why, path)[of as 'median' | 'min' | 'max'];

/** Undefined while the runs are still to be computed. */
function statistic(kept: KeptRuns, file: string, method: string, of: string): number | undefined {
  const entry = entryOf(file);
  if (!requestOf(entry).methods.includes(method))
    throw new Error(`docs/results.md: no runs of “${method}” in ${file}`);
  const runs = (kept.get(file) ?? []).filter((run) => run.method === method);
  if (runs.length === 0) return undefined;
  const [row] = tableOf(runs).rows;
  const value = of === 'pooled' ? row.pooled?.median : row.error[of as 'median' | 'min' | 'max'];
  if (value === undefined || !Number.isFinite(value))
    throw new Error(`docs/results.md: ${of} of ${method} in ${file} is ${formatError(value ?? Number.NaN)}`);
  return value;
}
