import { renameSync } from 'node:fs';
import { UsageError } from '../../cli/faults.ts';
import type { Terminal } from '../../cli/progress.ts';
import { reproduce } from '../../cli/reproduction.ts';
import { writeRuns } from '../../cli/results.ts';
import { requestOf, runsAt, standing } from './kept.ts';
import type { KeptTable } from './manifest.ts';

/** Files of a table. */
interface Places {
  /** Where it is kept once it is complete. */
  readonly destination: string;
  /** Where it lies until then. */
  readonly unfinished: string;
  /** Files of other places whose runs are taken over. */
  readonly others?: readonly string[];
}

interface CompletionOptions {
  /** Runs of other commits than this one count as missing. */
  readonly anew: boolean;
  readonly jobs: number;
  /** Of the code at hand, as `provenance` has it. */
  readonly commit: string | undefined;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal;
  /** Why a commit cannot stand, as `commitFault` has it. */
  readonly fault?: (commit: string | undefined) => string | undefined;
}

/**
 * Computes what is missing of a table and puts it in its place when all is there; says whether it is. What was computed of it
 * before, in any of the places, is taken over. @throws UsageError where runs are to be computed by code that differs from its commit
 */
export async function complete(
  table: KeptTable,
  { destination, unfinished, others = [] }: Places,
  { anew, jobs, commit, terminal, signal, fault }: CompletionOptions,
): Promise<boolean> {
  const say = (text: string) => terminal.write(`${table.file}: ${text}\n`);
  const before = runsAt(destination);
  const atHand = [...others.flatMap(runsAt), ...runsAt(unfinished), ...before];
  const usable = atHand.filter((run) => !anew || run.commit === commit);
  const { sound, missing } = standing(table, usable, fault);
  if (missing.length === 0) {
    if (JSON.stringify(sound) !== JSON.stringify(before)) writeRuns(destination, sound);
    say('complete');
    return true;
  }
  if (!commit || commit.endsWith('+'))
    throw new UsageError(
      'commit',
      commit ?? 'none',
      `a clean one, for ${missing.length} runs of ${table.file}`,
    );
  say(`${sound.length} runs kept, ${missing.length} to compute`);
  writeRuns(unfinished, sound);
  await reproduce({ ...requestOf(table), jobs, out: unfinished }, terminal, signal);
  const after = standing(table, runsAt(unfinished), fault);
  if (after.missing.length > 0) {
    say(`${after.missing.length} runs are still missing`);
    return false;
  }
  writeRuns(unfinished, after.sound);
  renameSync(unfinished, destination);
  say('complete');
  return true;
}
