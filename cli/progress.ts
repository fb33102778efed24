import type { PlannedRun } from './runs.ts';
import { formatError } from './table.ts';
import type { Outcome, Progress } from './train.ts';

/** Where progress is written: process.stderr, or something like it in tests. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Progress of all runs. On a terminal: one line for each run being computed, redrawn in place; elsewhere only one line
 * for each finished run.
 */
export class ProgressLines {
  private readonly active = new Map<number, string>();
  private lines = 0;
  private count = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly total: number,
  ) {}

  started(run: PlannedRun, worker: number): void {
    this.active.set(worker, `${label(run)}: starting`);
    this.redraw();
  }

  progress(run: PlannedRun, worker: number, { step, steps, stepsPerSecond, error }: Progress): void {
    const secondsLeft = stepsPerSecond > 0 ? (steps - step) / stepsPerSecond : Number.NaN;
    const errorText = error === undefined ? '' : `  error ${error.toFixed(4)}`;
    const speed = `${formatSpeed(stepsPerSecond)} steps/s  ETA ${formatDuration(secondsLeft)}`;
    this.active.set(worker, `${label(run)}: ${step}/${steps}${errorText}  ${speed}`);
    this.redraw();
  }

  done(run: PlannedRun, worker: number, outcome: Outcome): void {
    const { error, divergedAt, seconds, stepsPerSecond } = outcome;
    const result = error === null ? `diverged at step ${divergedAt}` : `error ${formatError(error)}`;
    const speed = stepsPerSecond > 0 ? `  ${formatSpeed(stepsPerSecond)} steps/s` : '';
    this.finish(worker, `${label(run)}: ${result}  ${formatDuration(seconds)}${speed}`);
  }

  failed(run: PlannedRun, worker: number, message: string): void {
    this.finish(worker, `${label(run)}: failed: ${message}`);
  }

  /** A line of its own, above the running ones. */
  say(line: string): void {
    this.erase();
    this.terminal.write(`${line}\n`);
    this.redraw();
  }

  /** Leaves the terminal clean. */
  end(): void {
    this.active.clear();
    this.erase();
  }

  private finish(worker: number, line: string): void {
    this.active.delete(worker);
    this.count++;
    this.say(`[${this.count}/${this.total}] ${line}`);
  }

  private erase(): void {
    if (this.lines > 0) this.terminal.write(`\x1b[${this.lines}A\x1b[J`);
    this.lines = 0;
  }

  private redraw(): void {
    if (!this.terminal.isTTY) return;
    this.erase();
    const width = (this.terminal.columns ?? 80) - 1;
    for (const line of this.active.values()) this.terminal.write(`${line.slice(0, width)}\n`);
    this.lines = this.active.size;
  }
}

function label({ method, config }: PlannedRun): string {
  return `${method} seed ${config.seed}`;
}

function formatSpeed(stepsPerSecond: number): string {
  return stepsPerSecond >= 10 ? stepsPerSecond.toFixed(0) : stepsPerSecond.toFixed(2);
}

/** 4.2 s, 1:05, 2:03:09; “?” for what is not known. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
