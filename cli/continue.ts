import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import process from 'node:process';
import { ConfigError } from '../src/settings/fields.ts';
import { methodName } from '../src/training/config.ts';
import { Run } from '../src/training/run.ts';
import { formatRun, RunFileError, readRun } from '../src/training/run-file.ts';
import type { Continuation } from './arguments.ts';
import { loadEngine } from './engines.ts';
import { UsageError } from './faults.ts';
import { formatDuration, type Terminal } from './progress.ts';
import { formatError } from './table.ts';
import { CURVE_STEPS } from './train.ts';

const REPORT_MS = 500;

/**
 * Goes on with a run of a file as the page would, and writes a run file that the page opens: whole at any moment, also when it is
 * stopped on the way.
 * @returns one line about the run as it stands
 * @throws UsageError
 */
export async function continueRun(
  request: Continuation,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<string> {
  const { run: saved, about } = readFile(request.file);
  const engine = await loadEngine(request.engine);
  try {
    const run = await Run.open(saved, engine);
    const first = run.step;
    const steps = request.steps ?? run.config.steps - first;
    if (steps <= 0)
      throw new UsageError(
        '--steps',
        'nothing',
        `a number of steps: the run is at the end of its ${first} steps`,
      );
    await train(run, first + steps, terminal, signal);
    const error = await run.error('stated');
    const { dir, name } = parse(request.file);
    const out = request.out ?? join(dir, `${name}-${run.step}.json`);
    const line = `steps ${first} to ${run.step}: npm run reproduce -- --continue, engine ${request.engine}`;
    write(out, formatRun(run.saved(), [...about, line]));
    const state =
      run.divergedAt === undefined ? `error ${formatError(error)}` : `diverged at step ${run.divergedAt}`;
    return `${methodName(run.config)} seed ${run.state.seed}, step ${run.step}: ${state}; ${out}\n`;
  } finally {
    engine.dispose();
  }
}

/** Up to step `end`, with the error measured where the command line always does. */
async function train(run: Run, end: number, terminal: Terminal, signal?: AbortSignal): Promise<void> {
  const startMs = performance.now();
  const first = run.step;
  let lastReport = startMs;
  const report = ({ step }: Run) => {
    if (!terminal.isTTY || performance.now() - lastReport < REPORT_MS) return;
    lastReport = performance.now();
    const left = ((lastReport - startMs) / (step - first)) * (end - step);
    terminal.write(`\r\x1b[Kstep ${step}/${end}  ETA ${formatDuration(left / 1000)}`);
  };
  const stops = [...CURVE_STEPS.filter((step) => step > first && step < end), end];
  for (const stop of stops) {
    // Not in one go: a stop is heard between pieces.
    while (run.step < stop && run.divergedAt === undefined && !signal?.aborted)
      await run.advance(Math.min(PIECE, stop - run.step), report);
    if (run.step === stop) await run.error('coarse');
  }
  if (terminal.isTTY) terminal.write('\r\x1b[K');
}

/** Steps after which a stop is heard at the latest. */
const PIECE = 200;

function readFile(path: string) {
  try {
    return readRun(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError('--continue', path, 'a run file that is there');
    if (error instanceof RunFileError || error instanceof ConfigError || code !== undefined)
      throw new UsageError('--continue', path, `a run file (${message})`);
    throw error;
  }
}

function write(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    throw new UsageError(
      '--out',
      path,
      `a file that can be written in ${dirname(path)} (${(error as Error).message})`,
    );
  }
}
