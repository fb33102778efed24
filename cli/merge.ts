import type { Merger } from './arguments.ts';
import { UsageError } from './faults.ts';
import { type ResultsFile, readResults, type ShardHeader, type ShardRequest, writeRuns } from './results.ts';
import { identityOf, type PlannedRun, planRuns } from './runs.ts';
import { formatShard, inShard } from './shards.ts';
import { formatTable, tableOf } from './table.ts';

/** Options by the fields of a shard's request. */
const OPTION_OF: Readonly<Record<keyof ShardRequest, string>> = {
  experiment: '--experiment',
  recipe: '--recipe',
  methods: '--methods',
  seeds: '--seeds',
  set: '--set',
  varyData: '--vary-data',
  engine: '--engine',
  weights: '--weights',
};

interface ShardFile extends ResultsFile {
  readonly name: string;
  readonly shard: ShardHeader;
}

const refuse = (value: string, allowed: string): never => {
  throw new UsageError('--merge', value, allowed);
};

/**
 * One results file, and its table, from those of all shards of a request: what the request gives without shards.
 * @throws UsageError naming files that overlap, lack runs, or are of another request
 */
export function mergeShards({ files, table, out }: Merger): string {
  const shards = files.map(readShard);
  const [first] = shards;
  for (const shard of shards) checkSameRequest(shard, first);
  checkParts(shards);
  const planned = plannedOf(first.shard);
  const found = new Map(shards.flatMap(({ runs }) => runs.map((run) => [identityOf(run), run] as const)));
  for (const shard of shards) checkRuns(shard, inShard(planned, shard.shard));
  const runs = planned.map((run) => found.get(identityOf(run))!);
  if (out !== undefined) writeRuns(out, runs);
  return formatTable(tableOf(runs, first.shard.request.seeds.length), table);
}

function readShard(name: string): ShardFile {
  const { runs, shard } = readResults(name, '--merge');
  return shard ? { name, runs, shard } : refuse(name, 'results files that were made with --shard');
}

function checkSameRequest({ name, shard }: ShardFile, first: ShardFile): void {
  for (const [field, option] of Object.entries(OPTION_OF) as [keyof ShardRequest, string][]) {
    const [its, expected] = [shard, first.shard].map(({ request }) => JSON.stringify(request[field]));
    if (its !== expected) refuse(`${name}: ${option} ${its}`, `${option} ${expected}, as in ${first.name}`);
  }
  if (shard.of !== first.shard.of)
    refuse(`${name}: shard ${formatShard(shard)}`, `shards of ${first.shard.of}, as ${first.name} is`);
}

function checkParts(shards: readonly ShardFile[]): void {
  const names = new Map<number, string>();
  for (const { name, shard } of shards) {
    const other = names.get(shard.part);
    if (other !== undefined)
      refuse(`${name}: shard ${formatShard(shard)}`, `each shard once; ${other} is it too`);
    names.set(shard.part, name);
  }
  const { of } = shards[0].shard;
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((part) => !names.has(part));
  if (missing.length > 0)
    refuse(
      shards.map(({ name }) => name).join(' '),
      `all ${of} shards; ${missing.map((part) => formatShard({ part, of })).join(', ')} missing`,
    );
}

/** The runs of a file have to be those of its shard, no more and no fewer. */
function checkRuns({ name, runs }: ShardFile, planned: readonly PlannedRun[]): void {
  const wanted = new Set(planned.map(identityOf));
  const stranger = runs.find((run) => !wanted.has(identityOf(run)));
  if (stranger) refuse(`${name}: ${labelOf(stranger)}`, 'runs of its shard with the settings of its request');
  const found = new Set(runs.map(identityOf));
  const missing = planned.filter((run) => !found.has(identityOf(run)));
  if (missing.length > 0)
    refuse(
      name,
      `complete files; ${missing.map(labelOf).join(', ')} missing: the same command goes on with it`,
    );
}

const labelOf = ({ method, config }: Pick<PlannedRun, 'method' | 'config'>) =>
  `${method} seed ${config.seed}`;

const plannedOf = ({ request }: ShardHeader): PlannedRun[] =>
  planRuns({ ...request, kind: 'table', jobs: 1, table: 'md' });
