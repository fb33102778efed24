import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArguments, type Request } from '../../cli/arguments.ts';
import { commitFault } from '../../cli/provenance.ts';
import { type RunResult, readRuns } from '../../cli/results.ts';
import { identityOf, type PlannedRun, planRuns } from '../../cli/runs.ts';
import { isBaseline } from '../../src/training/baseline-config.ts';
import type { KeptTable } from './manifest.ts';

export const FOLDER = fileURLToPath(new URL('../../docs/results/', import.meta.url));

export const pathOf = ({ file }: KeptTable) => `${FOLDER}${file}.json`;

/** The command line that computes a table. */
export const commandOf = ({ file, options }: KeptTable) =>
  `npm run reproduce -- ${options} --out docs/results/${file}.json`;

/** What a table asks for. @throws UsageError, ConfigError */
export function requestOf({ file, options }: KeptTable): Request {
  const request = parseArguments(options.split(' '));
  if (request === 'help' || request.kind !== 'table') throw new Error(`${file}: ${options} is no table`);
  return request;
}

/** The runs of a results file; none where there is no file. @throws UsageError when it is something else */
export const runsAt = (path: string): RunResult[] => (existsSync(path) ? readRuns(path) : []);

export const runsOf = (table: KeptTable): RunResult[] => runsAt(pathOf(table));

const faults = new Map<string | undefined, string | undefined>();

/** git is asked once about each commit. */
function knownFault(commit: string | undefined): string | undefined {
  if (!faults.has(commit)) faults.set(commit, commitFault(commit));
  return faults.get(commit);
}

/** Why a run cannot stand for the planned one; undefined where it can. */
function runFault(run: RunResult, { weights }: Request, fault: typeof knownFault): string | undefined {
  if (weights && run.error !== null && !isBaseline(run.method) && !run.weights)
    return 'no weights are kept with it';
  return fault(run.commit);
}

/** Runs of a table that are sound, in the order of the table; planned runs that have none are missing. */
interface Standing {
  readonly sound: readonly RunResult[];
  readonly missing: readonly PlannedRun[];
  /** Runs at hand that the table does not ask for, or that are not sound. */
  readonly refused: readonly string[];
}

/** What some runs give of a table. */
export function standing(table: KeptTable, runs: readonly RunResult[], fault = knownFault): Standing {
  const request = requestOf(table);
  const planned = new Map(planRuns(request).map((run) => [identityOf(run), run]));
  const sound = new Map<string, RunResult>();
  const refused: string[] = [];
  for (const run of runs) {
    const identity = identityOf(run);
    const plan = planned.get(identity);
    const why = plan ? runFault(run, request, fault) : 'the table does not ask for it';
    if (why) refused.push(`${table.file}: ${run.method}, seed ${run.config.seed}: ${why}`);
    else if (plan) sound.set(identity, { ...run, pins: plan.pins });
  }
  return {
    sound: [...planned.keys()].flatMap((identity) => sound.get(identity) ?? []),
    missing: [...planned].filter(([identity]) => !sound.has(identity)).map(([, run]) => run),
    refused,
  };
}
