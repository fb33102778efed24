import type { Request } from './arguments.ts';
import { computeRuns } from './pool.ts';
import { ProgressLines, type Terminal } from './progress.ts';
import { provenance } from './provenance.ts';
import { Results, type RunResult, type ShardHeader } from './results.ts';
import { type PlannedRun, planRuns } from './runs.ts';
import { inShard, type Shard } from './shards.ts';
import { formatTable, tableOf } from './table.ts';

/** What a shard's file says of itself. */
function headerOf(request: Request, shard: Shard): ShardHeader {
  const { experiment, recipe, methods, seeds, set, varyData, engine, weights } = request;
  return { ...shard, request: { experiment, recipe, methods, seeds, set, varyData, engine, weights } };
}

interface Reproduction {
  /** Table of all runs of the request that are finished; empty when none is. */
  readonly table: string;
  readonly results: readonly RunResult[];
  /** Runs that were computed now, and runs that ended without a result. */
  readonly computed: number;
  readonly failed: number;
}

/** Computes the runs of a request that the results file does not have yet. @throws UsageError, ConfigError */
export async function reproduce(
  request: Request,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<Reproduction> {
  const planned = inShard(planRuns(request), request.shard);
  const results = new Results(request.out, request.shard && headerOf(request, request.shard));
  const origin = provenance();
  const earlierRuns = planned.filter((run) => results.find(run));
  const missing = planned.filter((run) => !results.find(run));
  const lines = new ProgressLines(terminal, missing.length);
  if (earlierRuns.length > 0) lines.say(keptLine(earlierRuns, results, origin.commit));
  let failed = 0;

  await computeRuns(
    missing,
    {
      started: (run, worker) => lines.started(run, worker),
      progress: (run, worker, progress) => lines.progress(run, worker, progress),
      done(run, worker, outcome) {
        results.add({ ...run, ...outcome, ...origin });
        lines.done(run, worker, outcome);
      },
      failed(run, worker, message) {
        failed++;
        lines.failed(run, worker, message);
      },
    },
    { jobs: request.jobs, liveError: terminal.isTTY, weights: request.weights, signal },
  );

  lines.end();
  results.order(planned);
  // A kept run may have been asked for in other words: the table shows those of this request.
  const outcomes = planned.flatMap((run) => {
    const result = results.find(run);
    return result ? [{ ...result, pins: run.pins }] : [];
  });
  const computed = outcomes.length - earlierRuns.length;
  if (signal?.aborted) lines.say(`stopped: ${outcomes.length} of ${planned.length} runs are finished`);
  if (failed > 0) lines.say(`${failed} run(s) failed and are missing from the table`);
  const table =
    outcomes.length > 0 ? formatTable(tableOf(outcomes, request.seeds.length), request.table) : '';
  return { table, results: outcomes, computed, failed };
}

/** Says which runs are not computed again, and of which code they come if it is not this one. */
function keptLine(runs: readonly PlannedRun[], results: Results, commit: string | undefined): string {
  const origins = new Set(runs.map((run) => results.find(run)?.commit ?? 'unknown'));
  origins.delete(commit ?? 'unknown');
  const others = origins.size > 0 ? `, some computed by other code (${[...origins].join(', ')})` : '';
  return `${runs.length} finished run(s) kept${others}`;
}
