import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import type { Config, Pinned } from '../src/training/config.ts';
import type { Request } from './arguments.ts';
import { UsageError } from './faults.ts';
import { identityOf, type PlannedRun } from './runs.ts';
import { formatShard, type Shard } from './shards.ts';
import type { Outcome } from './train.ts';

/** A finished run as the results file keeps it. */
export interface RunResult extends Outcome {
  readonly method: string;
  readonly engine: string;
  /** What was set outright. */
  readonly pins: Pinned;
  /** Every setting. */
  readonly config: Config;
  /** Version of Node. */
  readonly node: string;
  /** Commit of the code, with “+” when files differ from it. */
  readonly commit?: string;
}

const FORMAT = 'spiking-playground-results';
const VERSION = 1;

const errors = {
  error: v.nullable(v.number()),
  median: v.optional(v.nullable(v.number())),
  pooled: v.optional(v.nullable(v.number())),
};
const FILE = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  shard: v.optional(
    v.object({
      part: v.number(),
      of: v.number(),
      request: v.object({
        experiment: v.string(),
        recipe: v.string(),
        methods: v.array(v.string()),
        seeds: v.array(v.number()),
        set: v.record(v.string(), v.unknown()),
        varyData: v.boolean(),
        engine: v.string(),
        weights: v.boolean(),
      }),
    }),
  ),
  runs: v.array(
    v.looseObject({
      ...errors,
      method: v.string(),
      engine: v.string(),
      pins: v.record(v.string(), v.unknown()),
      config: v.record(v.string(), v.unknown()),
      divergedAt: v.optional(v.number()),
      curve: v.array(v.object({ step: v.number(), ...errors, training: v.optional(v.nullable(v.number())) })),
      horizons: v.optional(v.array(v.number())),
      lengths: v.optional(v.array(v.object({ steps: v.number(), error: v.number() }))),
      weights: v.optional(v.string()),
      seconds: v.number(),
      stepsPerSecond: v.number(),
      node: v.string(),
      commit: v.optional(v.string()),
    }),
  ),
});

/** Which part of the runs of which request a file holds. */
export interface ShardHeader extends Shard {
  readonly request: ShardRequest;
}

/** All of a request that its runs depend on. */
export type ShardRequest = Pick<
  Request,
  'experiment' | 'recipe' | 'methods' | 'seeds' | 'set' | 'varyData' | 'engine' | 'weights'
>;

/** A results file as it was read. */
export interface ResultsFile {
  readonly runs: RunResult[];
  readonly shard?: ShardHeader;
}

/** Finished runs by their identity, in memory and, given a path, in a JSON file that is whole at any moment. */
export class Results {
  private readonly runs = new Map<string, RunResult>();

  /** Reads the file when there is one. @throws UsageError when it is something else or cannot be written. */
  constructor(
    private readonly path?: string,
    private readonly shard?: ShardHeader,
  ) {
    if (path === undefined) return;
    this.merge(path);
    try {
      if (!existsSync(dirname(path))) mkdirSync(dirname(path));
      this.write();
    } catch (error) {
      throw new UsageError('--out', path, `a file that can be written (${(error as Error).message})`);
    }
  }

  find(run: Pick<PlannedRun, 'method' | 'config'> & { readonly engine: string }): RunResult | undefined {
    return this.runs.get(identityOf(run));
  }

  add(result: RunResult): void {
    this.runs.set(identityOf(result), result);
    this.write();
  }

  /** Puts the given runs in this order behind all others, so that the file does not depend on which finished first. */
  order(planned: readonly PlannedRun[]): void {
    for (const run of planned) {
      const result = this.find(run);
      if (!result) continue;
      this.runs.delete(identityOf(run));
      this.runs.set(identityOf(run), result);
    }
    this.write();
  }

  /** Takes over the runs of the file that are not known yet. */
  private merge(path: string): void {
    if (!existsSync(path)) return;
    const { runs, shard } = readResults(path);
    if (runs.length > 0 && JSON.stringify(shard) !== JSON.stringify(this.shard)) {
      const holds = shard ? `shard ${formatShard(shard)} of some request` : 'results without --shard';
      throw new UsageError('--out', path, `a file of its own for each shard; this one has ${holds}`);
    }
    for (const run of runs) if (!this.find(run)) this.runs.set(identityOf(run), run);
  }

  /**
   * Writes beside the file and renames: a stop at any moment leaves the old file or the new one. Runs that another
   * command has added meanwhile stay.
   */
  private write(): void {
    if (this.path === undefined) return;
    this.merge(this.path);
    writeRuns(this.path, [...this.runs.values()], this.shard);
  }
}

/** Writes a results file with these runs and no others; it is whole at any moment. */
export function writeRuns(path: string, runs: readonly RunResult[], shard?: ShardHeader): void {
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, formatFile(runs, shard));
  renameSync(beside, path);
}

/** A file with one line per run, so that changes of results can be read in a diff. */
function formatFile(runs: readonly RunResult[], shard: ShardHeader | undefined): string {
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n');
  const list = runs.length === 0 ? '[]' : `[\n${lines}\n  ]`;
  const part = shard ? `  "shard": ${JSON.stringify(shard)},\n` : '';
  return `{\n  "format": "${FORMAT}",\n  "version": ${VERSION},\n${part}  "runs": ${list}\n}\n`;
}

/** The runs of a results file. @throws UsageError when it is something else */
export const readRuns = (path: string): RunResult[] => readResults(path).runs;

/** @throws UsageError when it is something else */
export function readResults(path: string, option = '--out'): ResultsFile {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    v.parse(FILE, content);
    // As it was read: fields stay in their order, and a file that is written again is the same.
    return content as ResultsFile;
  } catch (error) {
    const allowed = option === '--out' ? 'a new file or a results file' : 'results files';
    throw new UsageError(option, path, `${allowed} (${(error as Error).message})`);
  }
}
