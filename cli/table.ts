import { nameOfTable } from '../src/problems/table.ts';
import { isBaseline, isTrained } from '../src/training/baseline-config.ts';
import { closenessToBP, describeCloseness } from '../src/training/closeness.ts';
import { type Config, formatField, usedByMethod } from '../src/training/config.ts';
import { type Learned, learnedBy } from '../src/training/learned.ts';
import { configStanding, type PaperStanding } from '../src/training/paper.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { type Summary, summarise } from '../src/training/summary.ts';
import type { RunResult } from './results.ts';
import type { TableFormat } from './table-formats.ts';

/** One method of a table. */
interface Row {
  readonly method: string;
  readonly learned: Learned;
  /** Undefined for the hat, which has none, and for baselines that do not depend on it. */
  readonly boundary?: Config['boundary'];
  /** Whether the paper's figure may stand beside these runs. */
  readonly paper: PaperStanding;
  /** Test error over the seeds: for operator experiments the mean over the test functions. */
  readonly error: Summary;
  /** All test functions at once; operator experiments only. */
  readonly pooled?: Summary;
  readonly seeds: readonly number[];
  /** Seeds that have no result, because their run failed or was stopped. */
  readonly missing: number;
  /** Undefined for a baseline that is not trained step by step. */
  readonly steps?: number;
  /** Directions a step; undefined under BP, which has none. */
  readonly K?: number;
}

interface Table {
  /** What holds for all rows. */
  readonly caption: string;
  readonly operator: boolean;
  /** How RFG-L and RFG-G lie to BP, in sentences; empty where runs for it are missing. */
  readonly claims: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * The table of some finished runs of one experiment: methods in the order in which they come, baselines after them.
 * @param runCount runs of each method that were asked for; a row that has fewer says so.
 */
export function tableOf(results: readonly RunResult[], runCount = 0): Table {
  const names = [...new Set(results.map((result) => result.method))];
  const methods = [...names.filter((name) => !isBaseline(name)), ...names.filter(isBaseline)];
  const operator = results.some((result) => result.pooled !== undefined);
  const rows = methods.map((method): Row => {
    const runs = results.filter((result) => result.method === method);
    // A setting that came after the run counts as its default.
    const config = resolveConfig(runs[0].config);
    const computed = isBaseline(method) && !isTrained(method);
    return {
      method,
      learned: learnedBy(method, config),
      boundary: operator && !computed ? config.boundary : undefined,
      paper: isBaseline(method) ? { kind: 'unreported' } : configStanding(config),
      error: summarise(runs.map((run) => run.error)),
      pooled: operator ? summarise(runs.map((run) => run.pooled ?? null)) : undefined,
      seeds: runs.map((run) => run.config.seed),
      missing: Math.max(0, runCount - runs.length),
      steps: computed ? undefined : config.steps,
      K: usedByMethod('K', config) ? config.K : undefined,
    };
  });
  return { caption: captionOf(results), operator, claims: claimsOf(results, operator), rows };
}

function claimsOf(results: readonly RunResult[], operator: boolean): string[] {
  const claims = (error: (result: RunResult) => number | null) =>
    closenessToBP(
      results.map((result) => ({ method: result.method, seed: result.config.seed, error: error(result) })),
    );
  const pooled = operator ? claims((result) => result.pooled ?? null) : [];
  return claims((result) => result.error).map((claim, i) => {
    const also = pooled[i] ? ` (pooled: ${pooled[i].closer} of ${pooled[i].seeds})` : '';
    return `${describeCloseness(claim)}${also}.`;
  });
}

/** In the order in which each is said first, without repetition. */
function captionOf(results: readonly RunResult[]): string {
  const distinct = (values: readonly (string | number)[]) => [...new Set(values)].join(', ');
  const names = new Set([
    'experiment',
    'recipe',
    'surrogate',
    'gradient',
    'scope',
    'flipout',
    'localLosses',
    'seed',
    'dataSeed',
  ]);
  const settings = results.flatMap(({ pins, config }) =>
    Object.keys(pins)
      .filter((name) => !names.has(name))
      // Of a table its name.
      .map((name) =>
        name === 'data'
          ? `data=${nameOfTable(config.data)}`
          : `${name}=${formatField(name as never, config[name as never])}`,
      ),
  );
  const parts = [
    distinct(results.map(({ config }) => config.experiment)),
    `recipe ${distinct(results.map(({ config }) => config.recipe))}`,
    `seeds ${distinct(results.map(({ config }) => config.seed))}`,
    `data seed ${distinct(results.map(({ config }) => config.dataSeed))}`,
    `engine ${distinct(results.map(({ engine }) => engine))}`,
  ];
  if (settings.length > 0) parts.push(distinct(settings));
  return parts.join('; ');
}

/** The table as text. */
export function formatTable(table: Table, format: TableFormat): string {
  if (format === 'csv') return formatCsv(table);
  return format === 'md' ? formatMarkdown(table) : formatLatex(table);
}

/** Whether the median is at or below the paper's figure, in words; where the setting is another one, in what. */
function verdict({ paper, error }: Row): string {
  if (paper.kind === 'unreported') return paper.otherExperiment ? 'not in the paper' : 'not reported';
  if (paper.kind === 'holds') return error.median <= paper.figure ? 'at or below' : 'above';
  const differences = paper.differences.map(({ field, stated, expected, ours }) => {
    const [own, theirs] = [ours, expected].map((value) => formatField(field, value as never));
    return `${field} ${own} (${stated ? 'paper' : 'our default'} ${theirs})`;
  });
  return `setting differs: ${differences.join('; ')}`;
}

function paperCell(paper: PaperStanding): string {
  if (paper.kind === 'unreported') return paper.otherExperiment ? 'not in the paper' : 'not reported';
  return paper.kind === 'holds' ? formatError(paper.figure) : '–';
}

function header(operator: boolean): string[] {
  const ours = 'median [min, max]';
  const errors = operator ? [`mean over functions: ${ours}`, `pooled: ${ours}`] : [`relative L2: ${ours}`];
  const what = ['method', 'learned', ...(operator ? ['boundary'] : [])];
  return [...what, 'paper', ...errors, 'against the paper', 'seeds', 'steps', 'K'];
}

/** Columns of words: method, learned and, in operator experiments, boundary. */
const textColumns = (operator: boolean) => (operator ? 3 : 2);

function cells(row: Row): string[] {
  return [
    row.method,
    row.learned,
    ...(row.pooled ? [row.boundary ?? '–'] : []),
    paperCell(row.paper),
    formatSummary(row.error),
    ...(row.pooled ? [formatSummary(row.pooled)] : []),
    row.paper.kind === 'unreported' ? '–' : verdict(row),
    row.missing > 0 ? `${row.seeds.length} of ${row.seeds.length + row.missing}` : String(row.seeds.length),
    row.steps === undefined ? '–' : String(row.steps),
    row.K === undefined ? '–' : String(row.K),
  ];
}

/** “0.0290 [0.0274, 0.0301]”. */
export function formatSummary({ median, min, max }: Summary): string {
  return `${formatError(median)} [${formatError(min)}, ${formatError(max)}]`;
}

/** Four decimals, as in the paper, unless nothing would be left of it; a run that diverged has no error. */
export function formatError(error: number): string {
  if (!Number.isFinite(error)) return 'diverged';
  return error > 0 && error < 0.001 ? error.toExponential(1) : error.toFixed(4);
}

function formatMarkdown({ caption, operator, claims, rows }: Table): string {
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  const rule = header(operator).map((_, column) => (column < textColumns(operator) ? '---' : '---:'));
  const table = `${caption}\n\n${[header(operator), rule, ...rows.map(cells)].map(line).join('\n')}\n`;
  return claims.length > 0 ? `${table}\n${claims.join('\n')}\n` : table;
}

function formatLatex({ caption, operator, rows }: Table): string {
  const escaped = (text: string) => text.replaceAll('–', '--').replace(/[&%$#_{}]/g, '\\$&');
  const line = (parts: readonly string[]) => `  ${parts.map(escaped).join(' & ')} \\\\`;
  const wordColumns = textColumns(operator);
  const columns = 'l'.repeat(wordColumns) + 'r'.repeat(header(operator).length - wordColumns);
  return [
    `% ${caption}`,
    `\\begin{tabular}{${columns}}`,
    '  \\hline',
    line(header(operator)),
    '  \\hline',
    ...rows.map((row) => line(cells(row))),
    '  \\hline',
    '\\end{tabular}',
    '',
  ].join('\n');
}

/** A text as one field, also where a setting's value has commas. */
const quote = (text: string) => (/[,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Full precision, one number a field; what is not known is left empty. */
function formatCsv({ caption, operator, rows }: Table): string {
  const names = ['median', 'min', 'max'] as const;
  const heads = operator ? [...names, ...names.map((name) => `pooled_${name}`)] : names;
  const number = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '' : Number.isFinite(value) ? String(value) : 'diverged';
  const lines = rows.map((row) =>
    [
      row.method,
      `"${row.learned}"`,
      ...(operator ? [row.boundary ?? ''] : []),
      number(row.paper.kind === 'holds' ? row.paper.figure : undefined),
      ...names.map((name) => number(row.error[name])),
      ...(operator ? names.map((name) => number(row.pooled?.[name])) : []),
      quote(verdict(row)),
      row.seeds.join(' '),
      number(row.steps),
      number(row.K),
    ].join(','),
  );
  return `# ${caption}\nmethod,learned,${operator ? 'boundary,' : ''}paper,${heads.join(',')},against_paper,seeds,steps,K\n${lines.join('\n')}\n`;
}
