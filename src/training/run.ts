import { relativeL2 } from '../problems/problem.ts';
import { ChunkSize, chunksUntil } from './chunks.ts';
import { type Config, methodName } from './config.ts';
import { DataStore } from './data-store.ts';
import { type Engine, goOnUnder, initialState, type RunState, type Task } from './engine.ts';
import { changeBetween } from './presets.ts';
import type { ChangeLog, Metric, SavedRun } from './saved-run.ts';
import { specsOf } from './specs.ts';

/** What an engine has to do for a run. */
export type RunEngine = Pick<Engine, 'advance' | 'outputs'>;

/** A chunk is as many steps as fit in about this time, in ms. */
const CHUNK_MS = 100;

/**
 * One training run without a page: the configuration, its data, its state and its past. It goes on exactly as the page's run does, to
 * the last bit on the same engine, changes that are planned included.
 */
export class Run {
  private readonly size = new ChunkSize(CHUNK_MS);
  private lossesSoFar: Float64Array;
  private metricsSoFar: readonly Metric[];
  private task: Task;
  /** Step whose loss or weights were not finite: the run stands before it and goes no further. */
  divergedAt: number | undefined;

  private constructor(
    private readonly engine: RunEngine,
    private readonly store: DataStore,
    private past: ChangeLog,
    private planned: ChangeLog,
    private current: RunState,
    task: Task,
    saved?: SavedRun,
  ) {
    this.task = task;
    this.lossesSoFar = saved?.losses ?? new Float64Array(0);
    this.metricsSoFar = saved?.metrics ?? [];
  }

  /** A run before its first step. @param store keeps data of several runs that share them */
  static async start(config: Config, engine: RunEngine, store = new DataStore(1)): Promise<Run> {
    const task = await taskOf(config, store);
    return new Run(engine, store, [{ step: 0, config }], [], initialState(task, config.seed), task);
  }

  /** A run as it was saved, by the page or by `saved()`. */
  static async open(saved: SavedRun, engine: RunEngine, store = new DataStore(1)): Promise<Run> {
    const { log, state } = saved;
    const past = log.filter((change) => change.step <= state.step);
    const task = await taskOf(past[past.length - 1].config, store);
    return new Run(engine, store, past, log.slice(past.length), state, task, saved);
  }

  /** The configuration in force. */
  get config(): Config {
    return this.past[this.past.length - 1].config;
  }

  /** Training steps done. */
  get step(): number {
    return this.current.step;
  }

  /** θ, moments and counters as they stand; never changed, each step makes new ones. */
  get state(): RunState {
    return this.current;
  }

  /** Loss of every step so far, before its update; NaN where it is not known. */
  get losses(): Float64Array {
    return this.lossesSoFar;
  }

  /** Mean relative L2 errors that were measured, by step. */
  get metrics(): readonly Metric[] {
    return this.metricsSoFar;
  }

  /**
   * So many training steps, or fewer if the run diverges; changes that were planned are made on the way.
   * @param report called after every chunk, about ten times a second
   * @throws Error of the engine, which leaves the run where it was
   */
  async advance(steps: number, report?: (run: Run) => void | Promise<void>): Promise<void> {
    const end = this.step + steps;
    while (this.step < end && this.divergedAt === undefined) {
      const [next] = this.planned;
      const stop = next ? Math.min(next.step, end) : end;
      for await (const chunk of chunksUntil(
        this.engine,
        { task: this.task, state: this.current },
        stop,
        this.size,
      )) {
        this.keepLosses(chunk.losses);
        this.current = chunk.state;
        this.divergedAt = chunk.divergedAt;
        await report?.(this);
      }
      if (next && this.step === next.step) await this.goOn(next.config, this.planned.slice(1));
    }
  }

  /**
   * Goes on under another configuration: weights and schedule position stay, moments are reset; changes planned for later are dropped.
   * @throws RangeError when a setting in it starts a run anew, as T and the network's shape do
   */
  async change(config: Config): Promise<void> {
    const { kind } = changeBetween(this.config, config);
    if (kind === 'reset')
      throw new RangeError(
        `${methodName(config)} with other shape, T, data or seed is another run: start it anew`,
      );
    if (kind === 'keep') await this.goOn(config, []);
  }

  /** Network's output on the data of a grid. @param grid `stated`: the test data; `coarse`: some of them */
  async outputs(grid: Metric['grid'] = 'stated'): Promise<Float32Array | Float64Array> {
    const data = await this.dataOn(grid);
    return this.engine.outputs(this.task.specs.network, this.current.theta, data);
  }

  /** Mean relative L2 error ‖y - u‖/‖u‖ over the test functions, kept with the run. */
  async error(grid: Metric['grid'] = 'stated'): Promise<number> {
    const value = relativeL2(await this.outputs(grid), await this.dataOn(grid));
    const others = this.metricsSoFar.filter((metric) => metric.step !== this.step || metric.grid !== grid);
    this.metricsSoFar = [...others, { step: this.step, value, grid }];
    return value;
  }

  /** All of it, to go on from later: `formatRun` makes a file of it that the page opens. */
  saved(): SavedRun {
    return {
      log: [...this.past, ...this.planned],
      state: this.current,
      losses: this.lossesSoFar,
      metrics: this.metricsSoFar,
    };
  }

  private async dataOn(grid: Metric['grid']) {
    const { test, coarse } = await this.store.allDataOf(this.config);
    return grid === 'stated' ? test : coarse;
  }

  private async goOn(config: Config, planned: ChangeLog): Promise<void> {
    this.task = await taskOf(config, this.store);
    this.current = goOnUnder(this.current, this.task);
    this.past = [...this.past.filter((change) => change.step < this.step), { step: this.step, config }];
    this.planned = planned;
  }

  /** Losses from the present step on; what was not measured before is NaN. */
  private keepLosses(losses: Float64Array): void {
    const all = new Float64Array(this.step + losses.length).fill(Number.NaN);
    all.set(this.lossesSoFar.subarray(0, this.step));
    all.set(losses, this.step);
    this.lossesSoFar = all;
  }
}

async function taskOf(config: Config, store: DataStore): Promise<Task> {
  return { specs: specsOf(config), data: (await store.allDataOf(config)).train };
}
