import { availableParallelism } from 'node:os';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { withValues } from '../scripts/npm-options.mjs';
import { forecastExperiment } from '../src/experiments/forecast.ts';
import { ownData } from '../src/experiments/own-data.ts';
import { type ExperimentName, FIELDS, type Pinned, parseField } from '../src/training/config.ts';
import { seriesTextOf, tableOf } from './data.ts';
import { ENGINES, type NodeEngine } from './engines.ts';
import { UsageError } from './faults.ts';
import { parseMethods } from './methods.ts';
import { parseSeeds } from './seeds.ts';
import { parseShard, type Shard } from './shards.ts';
import { TABLE_FORMATS, type TableFormat } from './table-formats.ts';

/** What the command line asks for. */
export type Command = Request | Continuation | Merger | 'help';

/** A table of runs. */
export interface Request {
  readonly kind: 'table';
  readonly experiment: ExperimentName;
  readonly recipe: 'paper' | 'live';
  readonly methods: readonly string[];
  readonly seeds: readonly number[];
  /** Fields set outright by `--set`. */
  readonly set: Pinned;
  /** Each run takes its seed for the data as well. */
  readonly varyData: boolean;
  readonly jobs: number;
  readonly engine: NodeEngine;
  readonly table: TableFormat;
  /** Results carry the final weights. */
  readonly weights: boolean;
  /** Results file; without it only the table is printed. */
  readonly out?: string;
  /** Only this part of the runs. */
  readonly shard?: Shard;
}

/** One run goes on from a run file. */
export interface Continuation {
  readonly kind: 'continue';
  readonly file: string;
  /** Steps to train; to the end of the run's schedule without it. */
  readonly steps?: number;
  readonly engine: NodeEngine;
  readonly out?: string;
}

/** Results files of shards become one. */
export interface Merger {
  readonly kind: 'merge';
  readonly files: readonly string[];
  readonly table: TableFormat;
  readonly out?: string;
}

export const USAGE = `npm run reproduce -- --experiment hat --methods all --seeds 1..5

  --experiment  ${FIELDS.experiment.allowed} (default ${FIELDS.experiment.default})
  --methods     all rows of the paper's table (default), or names: SG-BP,SG-RFG-L,WP-G;
                baselines, or some of them: nothing-learned,autoregression,least-squares,polynomial,tanh-BP
  --seeds       1..5 (default), or 3,7: initial weights, batches, directions and WSG samples
  --data        a CSV or TSV file that is learned (experiment own-data), or a series that is forecast (--experiment forecast)
  --columns     its inputs and, last, its target, where more than three columns hold numbers: year,height,price; of a series
                its time and values, or the values alone
  --vary-data   the data have the run's seed too; otherwise all runs share dataSeed (1)
  --recipe      paper (default): closest to the paper, K = 1; live: tuned, what the page starts with
  --set         any other setting, key=value, repeatable: --set steps=2000 --set dataSeed=3
  --jobs        runs computed side by side (default: one for each core)
  --engine      ${ENGINES.join(', ')} (default ${ENGINES[0]})
  --weights     keep the final weights in the results file
  --out         results file (JSON): finished runs are kept and not run again
  --table       ${TABLE_FORMATS.join(', ')} (default ${TABLE_FORMATS[0]}), printed when all is done
  --shard       2/5: only the second fifth of the runs, for several machines; needs --out
  --help

npm run reproduce -- --merge a.json b.json … --out all.json

  one results file and its table from those of all shards

npm run reproduce -- --continue run.json --steps 5000

  goes on with a run that the page saved (Share, Save run), bit for bit as the page would
  --steps       steps to train (default: to the end of the run's schedule)
  --engine      as above; other engines than the page's round otherwise
  --out         run file (default: run-STEP.json beside it), which the page opens`;

/** Fields that have an option of their own. */
const OPTION_OF: Readonly<Record<string, string>> = {
  experiment: '--experiment',
  recipe: '--recipe',
  surrogate: '--methods',
  gradient: '--methods',
  scope: '--methods',
  localLosses: '--methods',
  flipout: '--methods',
  seed: '--seeds',
  data: '--data',
};

export const OPTIONS = {
  experiment: { type: 'string', default: FIELDS.experiment.default },
  methods: { type: 'string', default: 'all' },
  seeds: { type: 'string', default: '1..5' },
  data: { type: 'string' },
  columns: { type: 'string' },
  'vary-data': { type: 'boolean', default: false },
  recipe: { type: 'string', default: 'paper' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  jobs: { type: 'string', default: String(availableParallelism()) },
  engine: { type: 'string', default: ENGINES[0] },
  weights: { type: 'boolean', default: false },
  out: { type: 'string' },
  table: { type: 'string', default: TABLE_FORMATS[0] },
  shard: { type: 'string' },
  merge: { type: 'boolean', default: false },
  continue: { type: 'string' },
  steps: { type: 'string' },
  help: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options'];

/** What the words after the command ask for; 'help' for its description. @throws UsageError, ConfigError */
export function parseArguments(words: readonly string[]): Command {
  const parsed = parseWords(words);
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  if (values.continue !== undefined) return parseContinuation(parsed);
  if (values.merge) return parseMerger(parsed);
  if (values.steps !== undefined)
    throw new UsageError(
      '--steps',
      values.steps,
      `--set steps=${values.steps}; --steps goes with --continue`,
    );
  const experiment = experimentOf(parsed);
  const settings = parseSettings([...values.set, ...positionals]);
  const set = { ...settings, ...parseTable(values, experiment, settings) };
  if (values['vary-data'] && set.dataSeed !== undefined)
    throw new UsageError('--set', `dataSeed=${set.dataSeed}`, 'no dataSeed together with --vary-data');
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  if (shard && values.out === undefined)
    throw new UsageError(
      '--shard',
      values.shard!,
      '--out with it: the results of all shards are merged from their files',
    );
  return {
    kind: 'table',
    experiment,
    recipe: oneOf('--recipe', values.recipe, FIELDS.recipe.choices!),
    methods: parseMethods(values.methods, experiment),
    seeds: parseSeeds(values.seeds),
    set,
    varyData: values['vary-data'],
    jobs: parseJobs(values.jobs),
    engine: oneOf('--engine', values.engine, ENGINES),
    weights: values.weights,
    table: oneOf('--table', values.table, TABLE_FORMATS),
    out: values.out,
    ...(shard && { shard }),
  };
}

type Parsed = ReturnType<typeof parseWords>;

/** A table names its experiment by itself; a series is one of the forecast. */
function experimentOf({ values, tokens }: Parsed): ExperimentName {
  const named = tokens?.some((token) => token.kind === 'option' && token.name === 'experiment');
  const experiment = oneOf('--experiment', values.experiment, FIELDS.experiment.choices!);
  if (values.data === undefined) return experiment;
  if (!named) return ownData.id;
  if (experiment !== ownData.id && experiment !== forecastExperiment.id)
    throw new UsageError(
      '--experiment',
      experiment,
      `${ownData.id} or ${forecastExperiment.id} together with --data`,
    );
  return experiment;
}

function parseTable(
  { data, columns }: Parsed['values'],
  experiment: ExperimentName,
  { series }: Pinned,
): Pinned {
  if (data !== undefined && series !== undefined && series !== 'own')
    throw new UsageError('--set', `series=${series}`, 'no other series together with --data');
  if (data !== undefined && experiment === forecastExperiment.id)
    return { series: 'own', data: seriesTextOf(data, columns) };
  if (data !== undefined) return { data: tableOf(data, columns) };
  if (columns !== undefined) throw new UsageError('--columns', columns, '--data with it');
  if (series === 'own')
    throw new UsageError('--set', 'series=own', '--data with it: a file of times and values');
  return {};
}

function parseContinuation({ values, positionals, tokens }: Parsed): Continuation {
  only('--continue', tokens, ['continue', 'steps', 'engine', 'out']);
  if (positionals.length > 0) throw new UsageError('--continue', positionals[0], 'one run file');
  const steps =
    values.steps === undefined ? undefined : /^\d{1,9}$/.test(values.steps) && Number(values.steps);
  if (steps === false || steps === 0) throw new UsageError('--steps', values.steps!, 'a whole number from 1');
  const engine = oneOf('--engine', values.engine, ENGINES);
  return { kind: 'continue', file: values.continue!, steps, engine, out: values.out };
}

function parseMerger({ values, positionals, tokens }: Parsed): Merger {
  only('--merge', tokens, ['merge', 'table', 'out']);
  if (positionals.length === 0) throw new UsageError('--merge', '', 'results files of all shards after it');
  const table = oneOf('--table', values.table, TABLE_FORMATS);
  return { kind: 'merge', files: positionals, table, out: values.out };
}

/** @throws UsageError naming an option that has no meaning beside another */
function only(beside: string, tokens: Parsed['tokens'], names: readonly string[]): void {
  for (const token of tokens ?? [])
    if (token.kind === 'option' && !names.includes(token.name))
      throw new UsageError(beside, `--${token.name}`, names.map((name) => `--${name}`).join(', '));
}

/** Words after the options are further settings, so that `--set a=1 b=2` works. */
function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: withValues(words, OPTIONS),
      options: OPTIONS,
      allowPositionals: true,
      tokens: true,
    });
  } catch (error) {
    const [name] = /--?[\w-]+/.exec((error as Error).message) ?? [words.join(' ')];
    const option = Object.keys(OPTIONS).find((option) => `--${option}` === name) as
      | keyof typeof OPTIONS
      | undefined;
    if (!option) {
      const allowed = Object.keys(OPTIONS).map((option) => `--${option}`);
      throw new UsageError('option', name, allowed.join(', '), allowed);
    }
    throw OPTIONS[option].type === 'boolean'
      ? new UsageError(name, givenTo(name, words), 'no value')
      : new UsageError(name, '', 'a value after it');
  }
}

/** What stands behind the “=” of an option. */
const givenTo = (name: string, words: readonly string[]) =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const choice = allowed.find((item) => item === value);
  if (choice === undefined) throw new UsageError(option, value, allowed.join(', '), allowed);
  return choice;
}

function parseSettings(settings: readonly string[]): Pinned {
  let set: Pinned = {};
  for (const setting of settings) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (key === undefined) throw new UsageError('--set', setting, 'key=value, such as steps=2000');
    if (OPTION_OF[key]) throw new UsageError('--set', setting, `${OPTION_OF[key]} for this field`);
    set = { ...set, ...parseField(key, value) };
  }
  return set;
}

function parseJobs(text: string): number {
  const jobs = /^\d+$/.test(text) ? Number(text) : 0;
  if (jobs < 1 || jobs > 256) throw new UsageError('--jobs', text, 'a whole number from 1 to 256');
  return jobs;
}
