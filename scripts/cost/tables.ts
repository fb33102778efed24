import { loadEngine } from '../../cli/engines.ts';
import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { generateNow } from '../../src/problems/problem.ts';
import type { Dataset } from '../../src/snn/network.ts';
import { median } from '../../src/snn/statistics.ts';
import { isBaseline } from '../../src/training/baseline-config.ts';
import {
  type Config,
  FIELD_NAMES,
  FIELDS,
  methodName,
  type Pinned,
  usedByMethod,
} from '../../src/training/config.ts';
import { type SpikeCounts, type StepCost, stepCost } from '../../src/training/cost.ts';
import { type CountedMethod, countBeside, methodsBeside } from '../../src/training/cost-beside.ts';
import { initialState, type Task } from '../../src/training/engine.ts';
import { energy, HOROWITZ, type Operations, operations, sum, times } from '../../src/training/operations.ts';
import { comparableFigure } from '../../src/training/paper.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { countSpikes } from '../../src/training/spike-counts.ts';
import { REACHED_ERRORS } from '../../src/views/compare/reach.ts';
import { formatCount, formatDuration, formatSI } from '../../src/views/format.ts';
import {
  against,
  pairOf,
  passesSaid,
  passesSentence,
  readingsOf,
  shareOf,
} from '../../src/views/inside/cost/readings.ts';

/** The part of a results file of `npm run reproduce` that is read here. */
export interface ResultsFile {
  readonly runs: readonly ResultRun[];
}
export interface ResultRun {
  readonly method: string;
  readonly pins: Pinned;
  readonly config: Partial<Config>;
  readonly curve: readonly { readonly step: number; readonly error: number | null }[];
  readonly stepsPerSecond: number;
}

/** The engine of the kept runs. */
const engine = await loadEngine('wasm');
const datasets = new Map<string, Dataset>();

/** Training inputs of a configuration; solutions, which no spike depends on, only where all of them are quick. */
async function inputsOf(config: Config): Promise<Dataset> {
  const params = problemParams(config);
  const key = JSON.stringify([config.experiment, params]);
  const cached = datasets.get(key);
  if (cached) return cached;
  const problem = EXPERIMENTS[config.experiment];
  await problem.load?.(params);
  const stream = problem.open?.(params);
  if (stream) for (const _ of stream.begin());
  const data = (stream?.data ?? generateNow(problem, params)).train;
  datasets.set(key, data);
  return data;
}

const taskOf = async (config: Config): Promise<Task> => ({
  specs: specsOf(config),
  data: await inputsOf(config),
});

const spikes = new Map<string, Promise<SpikeCounts>>();

/** Spikes of a run's first step. Where no simulation has shifted weights, they depend on network, weights and batch alone. */
async function spikesOf(config: Config): Promise<SpikeCounts> {
  const task = await taskOf(config);
  const { network, method, batch, initialisation, fitted } = task.specs;
  const own = method.derivation === 'differences' || method.derivation === 'fit';
  const key = JSON.stringify(
    own ? config : [config.seed, problemParams(config), network, batch, initialisation, fitted],
  );
  const counts = spikes.get(key) ?? countSpikes(engine, task, initialState(task, config.seed));
  spikes.set(key, counts);
  return counts;
}

/** What the first step of a run costs, at its initial weights. */
async function firstStep(config: Config): Promise<StepCost> {
  return stepCost(specsOf(config), await spikesOf(config));
}

/** Mean over the seeds of a method's first steps, all of them on the functions of the first seed. */
async function meanStep(configs: readonly Config[]): Promise<{ step: Operations; forward: Operations }> {
  const [{ dataSeed }] = configs;
  const steps = await Promise.all(configs.map((config) => firstStep({ ...config, dataSeed })));
  return {
    step: times(1 / steps.length, sum(...steps)),
    forward: times(1 / steps.length, sum(...steps.map(({ forward }) => forward))),
  };
}

/** What a step of one method's runs costs, in forward passes of the batch of another's. */
export async function passesAStep(runs: readonly ResultRun[], unit: readonly ResultRun[]): Promise<number> {
  const { step } = await meanStep(configsOf(runs));
  return operations(step) / operations((await meanStep(configsOf(unit))).forward);
}

/** Whole configurations, by their seeds. */
const configsOf = (runs: readonly ResultRun[]): Config[] =>
  runs.map(({ config }) => whole(config)).sort((a, b) => a.seed - b.seed);

/** The first step of a run by BP, RFG and WP. */
async function firstStepByMethods(config: Config): Promise<CountedMethod[]> {
  const task = await taskOf(config);
  const state = initialState(task, config.seed);
  const counted: CountedMethod[] = [];
  for (const method of methodsBeside(config))
    counted.push(await countBeside(engine, { task, state }, method));
  return counted;
}

const joule = (pJ: number) => `${formatSI(pJ * 1e-12)}J`;
const table = (header: readonly string[], align: string, rows: readonly (readonly string[])[]) =>
  [
    `| ${header.join(' | ')} |`,
    `| ${[...align].map((side) => (side === 'r' ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

const PAPER_HAT: Pinned = { recipe: 'paper', batch: [128], seed: 1 };
const STEPS: readonly (readonly [name: string, pins: Pinned])[] = [
  ['SG-BP', {}],
  ['SG-RFG-G', { gradient: 'RFG', scope: 'G' }],
  ['SG-RFG-L', { gradient: 'RFG', scope: 'L' }],
  ['SG-RFG-A', { gradient: 'RFG', scope: 'A' }],
  ['WSG-BP', { surrogate: 'WSG' }],
  ['WP-G', { gradient: 'WP', scope: 'G' }],
  ['WP-L', { gradient: 'WP', scope: 'L' }],
  ['WP-A', { gradient: 'WP', scope: 'A' }],
  ['ANN', { gradient: 'ANN' }],
  ['RF, its one step', { gradient: 'RF' }],
];

/** Operations, passes, memory and energy of the hat's first step, method by method. */
async function stepTable(): Promise<string> {
  const rows: string[][] = [];
  for (const [name, pins] of STEPS) {
    const cost = await firstStep(resolveConfig({ ...PAPER_HAT, ...pins }));
    const passes = cost.forwardEquivalents;
    rows.push([
      name,
      formatCount(cost.additions),
      formatCount(cost.multiplications),
      passes >= 10 ? passes.toFixed(1) : passes.toFixed(2),
      formatCount(cost.bytesForGradient),
      joule(energy(cost, HOROWITZ)),
    ]);
  }
  const header = ['method', 'additions', 'multiplications', 'forward passes', 'bytes kept', 'energy'];
  return table(header, 'lrrrrr', rows);
}

/** Time steps up to the most that there can be. */
const TIMES = [24, 64, 128, 256];
/** One direction a step; delays do not grow with the time steps. */
const FORECAST: Pinned = { experiment: 'forecast', batch: [32, 34], K: 1, longestDelay: 23, seed: 1 };
const DRAWN = { law: 'rademacher' } as const;
const OVER_TIME: readonly Pinned[] = [
  {},
  { gradient: 'RFG', scope: 'G', ...DRAWN },
  { gradient: 'RFG', scope: 'L', ...DRAWN },
  { gradient: 'RFG', scope: 'A', ...DRAWN },
  { gradient: 'WP', scope: 'A', ...DRAWN },
];

/** Bytes that a step of the forecast keeps for its gradient, by the number of time steps. */
async function memoryTable(): Promise<string> {
  const rows: string[][] = [];
  for (const pins of OVER_TIME) {
    const configs = TIMES.map((T) => resolveConfig({ ...FORECAST, ...pins, T }));
    const costs = await Promise.all(configs.map(firstStep));
    rows.push([
      methodName(configs[0]),
      ...costs.map(({ bytesForGradient }) => formatCount(bytesForGradient)),
    ]);
  }
  return table(['method', ...TIMES.map((T) => `T = ${T}`)], `l${'r'.repeat(TIMES.length)}`, rows);
}

/** Every reading of “66 % less” beside the others, for one configuration. */
async function readingsTable(pins: Pinned): Promise<string> {
  const methods = await firstStepByMethods(resolveConfig(pins));
  const bp = methods[0];
  const rows = methods.map(({ method, K, paper, cost, sweeps }) => [
    method,
    K === undefined ? '–' : String(K),
    paper === undefined ? '–' : String(paper),
    cost.forwardEquivalents.toFixed(2),
    method === bp.method ? '' : against(operations(cost), operations(bp.cost)),
    sweeps.backward > 0 ? `${sweeps.forward} and ${sweeps.backward} back` : String(sweeps.forward),
    formatCount(cost.bytesForGradient),
    method === bp.method ? '' : shareOf(cost.bytesForGradient, bp.cost.bytesForGradient),
  ]);
  return table(
    ['method', 'K', 'paper counts', 'passes', 'against BP', 'sweeps over time', 'bytes kept', 'of BP’s'],
    'lrrrrrrr',
    rows,
  );
}

/** The sentence and the readings that the page has too. */
async function readings(pins: Pinned): Promise<string> {
  const config = resolveConfig(pins);
  const methods = await firstStepByMethods(config);
  return readingsOf(methods, config.T)
    .map((reading) => `- ${reading}`)
    .join('\n');
}

async function sentence(pins: Pinned): Promise<string> {
  const pair = pairOf(await firstStepByMethods(resolveConfig(pins)));
  if (!pair) throw new Error('BP and layer-wise RFG are not among the methods that were counted');
  return passesSentence(pair);
}

/** Fields by which runs of one table may differ. */
const OF_A_METHOD: readonly string[] = ['surrogate', 'gradient', 'scope', 'localLosses', 'flipout'];
const OF_A_SEED: readonly string[] = ['seed', 'dataSeed'];
/** Other fields that a table may have set. */
const OF_A_TABLE: readonly string[] = ['experiment', 'recipe', 'boundary'];

const whole = (config: Partial<Config>): Config =>
  ({ ...Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].default])), ...config }) as Config;

/**
 * Kept runs by table: experiment, recipe and boundary. Left out: runs with any other setting of their own, and baselines, which
 * have no spikes to be counted.
 */
export function tablesOf(files: readonly ResultsFile[]): Map<string, ResultRun[]> {
  const tables = new Map<string, ResultRun[]>();
  for (const run of files.flatMap((file) => file.runs)) {
    const set = Object.keys(run.pins);
    if (isBaseline(run.method)) continue;
    if (!set.every((name) => [...OF_A_METHOD, ...OF_A_SEED, ...OF_A_TABLE].includes(name))) continue;
    const { experiment, recipe, boundary } = whole(run.config);
    const title = `${experiment}, recipe ${recipe}${EXPERIMENTS[experiment].operator ? `, ${boundary} boundary` : ''}`;
    tables.set(title, [...(tables.get(title) ?? []), run]);
  }
  return new Map([...tables].sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b)));
}
const order = (title: string) => FIELDS.experiment.choices!.findIndex((name) => title.startsWith(name));

/** First evaluated step of a run at or below an error; infinite where there is none. */
export function reachedAt({ curve }: Pick<ResultRun, 'curve'>, error: number): number {
  return (
    curve.find((point) => point.error !== null && point.error <= error)?.step ?? Number.POSITIVE_INFINITY
  );
}

/** BP, RFG, WP; then what is beyond the paper. */
const ORDER = [/BP/, /RFG-[GL](-LL)?$/, /WP/, /RFG/, /ANN/, /RF/];
const rank = (method: string) => ORDER.findIndex((kind) => kind.test(method));

const three = (value: number) =>
  value >= 1000 ? formatCount(Number(value.toPrecision(3))) : Number(value.toPrecision(3)).toString();

/** Steps, passes, time and energy of one method until an error, medians over its runs. */
export function reached(
  runs: readonly ResultRun[],
  error: number | undefined,
  { passes, pJ }: { readonly passes: number; readonly pJ: number },
): string {
  if (error === undefined) return '–';
  const steps = runs.map((run) => reachedAt(run, error));
  const count = steps.filter(Number.isFinite).length;
  const middle = median(steps);
  if (!Number.isFinite(middle)) return count > 0 ? `not reached (${count} of ${runs.length})` : 'not reached';
  const ms = median(runs.map((run, i) => (1000 * steps[i]) / run.stepsPerSecond));
  const seeds = count < runs.length ? ` (${count} of ${runs.length})` : '';
  return `${three(passes * middle)} · ${formatCount(middle)} · ${formatDuration(ms)} · ${joule(pJ * middle)}${seeds}`;
}

/** What it costs to come to an error, for every table of kept runs. */
async function reachTables(files: readonly ResultsFile[]): Promise<string> {
  const parts: string[] = [];
  for (const [title, runs] of tablesOf(files)) {
    const methods = [...new Set(runs.map(({ method }) => method))].sort((a, b) => rank(a) - rank(b));
    const ofMethod = (method: string) => runs.filter((run) => run.method === method);
    const first = (method: string) => configsOf(ofMethod(method))[0];
    const unit = methods.includes('SG-BP') ? 'SG-BP' : methods[0];
    const papers = methods.map((method) => comparableFigure([{ step: 0, config: first(method) }]));
    const withPaper = papers.some((figure) => figure !== undefined);
    const rows: string[][] = [];
    for (const [i, method] of methods.entries()) {
      const config = first(method);
      const { step } = await meanStep(configsOf(ofMethod(method)));
      const passes = await passesAStep(ofMethod(method), ofMethod(unit));
      const each = { passes, pJ: energy(step, HOROWITZ) };
      const paper = papers[i];
      rows.push([
        method,
        usedByMethod('K', config) ? String(config.K) : '–',
        config.batch.join(' × '),
        passesSaid(each.passes),
        ...REACHED_ERRORS.map((error) => reached(ofMethod(method), error, each)),
        ...(withPaper
          ? [paper === undefined ? '–' : `${paper}: ${reached(ofMethod(method), paper, each)}`]
          : []),
      ]);
    }
    const header = ['method', 'K', 'batch', 'passes a step', ...REACHED_ERRORS.map((error) => `to ${error}`)];
    parts.push(
      `### ${title}\n\nUnit: a forward pass over the batch of ${unit}, ${first(unit).batch.join(' × ')}.\n\n${table(
        [...header, ...(withPaper ? ['to the paper’s figure'] : [])],
        `lrrr${'l'.repeat(REACHED_ERRORS.length + Number(withPaper))}`,
        rows,
      )}`,
    );
  }
  return parts.join('\n\n');
}

/** Text between `<!-- name -->` and `<!-- end -->` of a document becomes what is given for that name. */
export function filled(document: string, blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const begin = `<!-- ${name} -->\n`;
    const from = text.indexOf(begin);
    const to = text.indexOf('<!-- end -->', from);
    if (from < 0 || to < 0) throw new Error(`the document has no block “${name}”`);
    return `${text.slice(0, from + begin.length)}\n${block}\n\n${text.slice(to)}`;
  }, document);
}

/** Everything in docs/cost.md that is computed. */
export async function blocks(files: readonly ResultsFile[]): Promise<Record<string, string>> {
  return {
    sentence: await sentence({ gradient: 'RFG' }),
    steps: await stepTable(),
    'readings of the paper': await readings(PAPER_HAT),
    'methods of the paper': await readingsTable(PAPER_HAT),
    'methods of the page': await readingsTable({ gradient: 'RFG' }),
    'memory over time': await memoryTable(),
    reached: await reachTables(files),
  };
}
