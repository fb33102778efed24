import type { RunState } from './engine.ts';

/** From `step` on a run goes on under `config`. */
export interface ConfigChange<C> {
  readonly step: number;
  readonly config: C;
  /** Of a run's start alone: θ that it starts from, where that is not its seed's. */
  readonly theta?: Float64Array;
}

/**
 * Checkpoints of a run, thinned so that they stay dense near the start and few in all: any moment of the run is the
 * nearest earlier checkpoint and a replay from it.
 */
export class Timeline<C> {
  private checkpoints: RunState[] = [];
  private changes: ConfigChange<C>[] = [];

  /**
   * @param limit most checkpoints kept; with more, every second one of the denser half is dropped.
   * @param past changes before `start` when the run is resumed; the first entry is its start.
   */
  constructor(
    start: RunState,
    config: C,
    private readonly limit = 240,
    past: readonly ConfigChange<C>[] = [],
  ) {
    this.checkpoints.push(start);
    this.changes = past.length > 0 ? [...past] : [{ step: start.step, config }];
  }

  /** Last step that has a checkpoint. */
  get end(): number {
    return this.checkpoints[this.checkpoints.length - 1].step;
  }

  get start(): RunState {
    return this.checkpoints[0];
  }

  /** Changes of the configuration in mid-run, oldest first; the first entry is the start. */
  get log(): readonly ConfigChange<C>[] {
    return this.changes;
  }

  /** Keeps `state` when it lies far enough from the last one: at least 1/64 of its step on. */
  record(state: RunState, force = false): void {
    const gap = state.step - this.end;
    if (gap <= 0 || (!force && gap < state.step / 64)) return;
    this.checkpoints.push(state);
    if (this.checkpoints.length > this.limit) this.thin();
  }

  /**
   * Keeps `state`, which was reached again in a replay, when it lies far enough from its neighbours.
   * @param force keeps it in any case, in place of the one of its step
   */
  insert(state: RunState, force = false): void {
    const { step } = state;
    const gap = force ? 0 : step / 64;
    if (force) this.checkpoints = this.checkpoints.filter((other) => other.step !== step);
    if (this.checkpoints.some((other) => Math.abs(other.step - step) <= gap)) return;
    this.checkpoints.push(state);
    this.checkpoints.sort((a, b) => a.step - b.step);
    if (this.checkpoints.length > this.limit) this.thin();
  }

  /** From `state` on the run goes on under `config`; the state is kept as a checkpoint of its own. */
  change(state: RunState, config: C): void {
    this.truncate(state.step);
    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.step < state.step);
    this.checkpoints.push(state);
    this.changes = this.changes.filter((entry) => entry.step < state.step);
    this.changes.push({ step: state.step, config });
  }

  /** Forgets all that came after `step`. */
  truncate(step: number): void {
    if (this.end > step) this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.step <= step);
    if (this.changes[this.changes.length - 1].step > step)
      this.changes = this.changes.filter((entry) => entry.step <= step);
  }

  /** Nearest checkpoint at or before `step`, and the configuration in force from `step` on. */
  before(step: number): RunState {
    let latest = this.checkpoints[0];
    for (const checkpoint of this.checkpoints) if (checkpoint.step <= step) latest = checkpoint;
    return latest;
  }

  /** Configuration that the step after `step` is done with, and the step of the next change if there is one. */
  configAt(step: number): { config: C; until: number } {
    let index = 0;
    this.changes.forEach((entry, i) => {
      if (entry.step <= step) index = i;
    });
    return {
      config: this.changes[index].config,
      until: this.changes[index + 1]?.step ?? Number.POSITIVE_INFINITY,
    };
  }

  private thin(): void {
    const last = this.checkpoints.length - 1;
    const pinned = new Set(this.changes.map((entry) => entry.step));
    const gaps = this.checkpoints.map((c, i) =>
      i === 0 || i === last || pinned.has(c.step)
        ? Number.POSITIVE_INFINITY
        : (this.checkpoints[i + 1].step - this.checkpoints[i - 1].step) / (c.step + 16),
    );
    let closest = 1;
    for (let i = 1; i < last; i++) if (gaps[i] < gaps[closest]) closest = i;
    if (gaps[closest] < Number.POSITIVE_INFINITY) this.checkpoints.splice(closest, 1);
  }
}
