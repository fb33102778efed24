import type { DataStream, ProblemData } from '../problems/problem.ts';
import { drawBatch } from '../snn/batch.ts';
import { silence } from '../snn/silence.ts';
import { ChunkSize, chunksUntil } from '../training/chunks.ts';
import type { Config } from '../training/config.ts';
import {
  type Chunk,
  type Engine,
  goOnUnder,
  initialState,
  type RunState,
  type Task,
} from '../training/engine.ts';
import { type ExplainedStep, explainStep } from '../training/explain.ts';
import { changeBetween } from '../training/presets.ts';
import { PIECE_MS, type Pulse } from '../training/pulse.ts';
import { type Specs, specsOf } from '../training/specs.ts';
import { Timeline } from '../training/timeline.ts';
import { operatorView, type ShownNetwork } from './evaluation.ts';
import type { ChangeLog, LaneOpened, ViewRequest } from './protocol.ts';
import { RunClock } from './run-clock.ts';

/** Most bytes that one lane's checkpoints may take. */
const CHECKPOINT_BYTES = 64e6;

/** A replay is cut into pieces of this share of the steps done, each of which leaves a checkpoint. */
const REPLAY_SHARE = 1 / 8;
const LEAST_REPLAY = 32;

const NOTHING_ASKED: ViewRequest = { probe: [], silenced: [] };

/** What a run goes on from: a state held from before, the changes before it (its start first), and those still to come. */
interface Resumed {
  readonly state?: RunState;
  readonly past?: ChangeLog;
  readonly planned?: ChangeLog;
  /** Time in ms that training took until `state`, if it is known. */
  readonly ms?: number;
}

/** One run: its data, its state, its past, and what is shown of it. Knows no clock and no messages. */
export class LaneRun {
  private task: Task;
  private timeline: Timeline<Config>;
  /** Changes that the run was opened with: done when their step is reached, as often as it is. */
  private plan: ChangeLog;
  /** Start that a reset returns to, with its plan, until the user changes the run. */
  private script: ChangeLog | undefined;
  /** θ that the run starts from, where that is not its seed's; until it starts anew with another network, problem or seed. */
  private start: Float64Array | undefined;
  /** States in which steps were reached at which the run was changed: changing it there once more goes on from these. */
  private arrivals = new Map<number, RunState>();
  state: RunState;
  /** Losses of every step so far, a growing buffer of which `state.step` entries count. */
  losses = new Float64Array(4096);
  /** Memory that the engine took to train it, in bytes. */
  bytes: number | undefined;
  /** Time that training had taken after each chunk, in ms. */
  private readonly clock: RunClock;
  /** Step from which the present engine computes, as far as it is known. */
  private timedFrom = 0;

  constructor(
    public config: Config,
    private data: ProblemData,
    public view: ViewRequest,
    { state, past = [], planned = [], ms }: Resumed = {},
  ) {
    this.clock = new RunClock({ step: state?.step ?? 0, ms });
    this.timedFrom = state?.step ?? 0;
    this.task = { specs: specsOf(config), data: data.train };
    this.start = past[0]?.theta;
    this.state = state ?? this.firstState();
    this.timeline = this.newTimeline(past);
    // A state held from before has its past in it: without changes on the way it is replayed from the run's start.
    if (state && past.length === 1 && past[0].step === 0 && state.step > 0) {
      this.timeline = this.newTimeline(past, this.firstState());
      this.timeline.record(state, true);
    }
    this.script = [...this.timeline.log, ...planned];
    this.plan = this.script.slice(1);
  }

  get opened(): LaneOpened {
    const { test, coarse, unit, offset, operator } = this.data;
    return {
      test,
      coarse,
      unit,
      offset,
      parameters: this.task.specs.layout.size,
      bytes: this.bytes,
      operator: operator && operatorView(operator),
    };
  }

  /** Last step that can be sought. */
  get end(): number {
    return Math.max(this.timeline.end, this.state.step);
  }

  /** Changes of this run so far, its start first. */
  get log(): ChangeLog {
    return this.timeline.log;
  }

  /** Changes that are still to come after the last of the log. */
  get planned(): ChangeLog {
    const lastStep = this.timeline.log[this.timeline.log.length - 1].step;
    return this.plan.filter((change) => change.step > lastStep);
  }

  /** Training steps, `most` at most, that may be done at once: not past a planned change, with solutions that are known. */
  stepsAtOnce(most: number): number {
    const next = this.plan.find((change) => change.step > this.state.step);
    const allowed = next ? Math.min(most, next.step - this.state.step) : most;
    return this.supplied(this.task.specs, this.state, allowed);
  }

  /** Where solutions that the data still miss come from. */
  get stream(): DataStream | undefined {
    return this.data.stream;
  }

  /** Data with every solution; undefined while some are missing. */
  get allData(): ProblemData | undefined {
    return this.data.stream ? undefined : this.data;
  }

  /** Goes on with what is known of the data by now. */
  renewData(): void {
    if (!this.data.stream) return;
    this.data = this.data.stream.data;
    this.task = { specs: this.task.specs, data: this.data.train };
  }

  /**
   * How many of the `most` steps after a state have batches of solved functions. What a step draws does not depend on what
   * is solved: functions of the first batch that are not are solved now, so that a run is the same at any speed.
   */
  private supplied(specs: Specs, { seed, step }: RunState, most: number): number {
    const { stream } = this.data;
    if (!stream || most <= 0) return most;
    const { batch } = specs;
    const functions = (at: number) => this.needed(specs, seed, at);
    const isSolved = (at: number) => functions(at).every((row) => stream.has(row));
    if (!isSolved(step)) {
      stream.solve(functions(step));
      this.renewData();
    }
    let until = step;
    do until = (Math.floor(until / batch.hold) + 1) * batch.hold;
    while (until - step < most && isSolved(until));
    return Math.min(most, until - step);
  }

  /** Solves what the next step's batch needs, a function at a time, so that `stepsAtOnce` has it. @throws Interrupted */
  async supply(pulse: Pulse): Promise<void> {
    const { stream } = this.data;
    if (!stream) return;
    let anySolved = false;
    for (const row of this.needed(this.task.specs, this.state.seed, this.state.step)) {
      if (stream.has(row)) continue;
      stream.solve([row]);
      anySolved = true;
      await pulse();
    }
    if (anySolved) this.renewData();
  }

  /** Functions that a step looks at; a fit by ridge regression looks at all of them. */
  private needed({ batch, method }: Specs, seed: number, step: number): Uint32Array {
    const available = this.data.train.factors.map((factor) => factor.rows);
    return method.derivation === 'fit'
      ? Uint32Array.from({ length: available[0] }, (_, row) => row)
      : drawBatch(batch, available, seed, step)[0];
  }

  private newTimeline(past?: ChangeLog, start = this.state): Timeline<Config> {
    const bytes = 3 * 8 * start.theta.length;
    return new Timeline(
      start,
      this.config,
      Math.max(8, Math.min(240, Math.floor(CHECKPOINT_BYTES / bytes))),
      past,
    );
  }

  /** State before the first step under the settings in force. */
  private firstState(): RunState {
    const first = initialState(this.task, this.config.seed);
    // Local heads that were added keep their own.
    if (this.start) first.theta.set(this.start.subarray(0, first.theta.length));
    return first;
  }

  /** Request for the engine to go on from here. */
  get request() {
    return { task: this.task, state: this.state };
  }

  /** The run's first step under the configuration in force. */
  get firstRequest() {
    return { task: this.task, state: this.firstState() };
  }

  /** Takes over what the engine computed; what had been known beyond the old state is forgotten. */
  accept(chunk: Chunk, ms = 0): void {
    this.timeline.truncate(this.state.step);
    this.timedFrom = Math.min(this.timedFrom, this.state.step);
    this.clock.record(this.state.step, chunk.state.step, ms);
    for (const step of this.arrivals.keys()) if (step > this.state.step) this.arrivals.delete(step);
    this.keepLosses(this.state.step, chunk.losses);
    this.state = chunk.state;
    this.timeline.record(chunk.state);
    const due = this.plan.find((change) => change.step === chunk.state.step);
    if (due && chunk.losses.length > 0) this.goOn(due.config);
  }

  private keepLosses(first: number, losses: Float64Array): void {
    const needed = first + losses.length;
    if (needed > this.losses.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.losses.length));
      larger.set(this.losses);
      this.losses = larger;
    }
    this.losses.set(losses, first);
  }

  /** Time that training took up to a step, in ms; undefined where it was not measured. */
  msAt(step: number): number | undefined {
    return this.clock.at(step);
  }

  /** Median time of a step in ms, of all that the run did under the configuration in force; undefined until it can be said. */
  get msPerStep(): number | undefined {
    const { log } = this.timeline;
    const next = log.findIndex((change) => change.step > this.state.step);
    const current = log[(next < 0 ? log.length : next) - 1] ?? log[0];
    const from = Math.max(current.step, this.timedFrom);
    return this.clock.median(from, next < 0 ? undefined : log[next].step);
  }

  /** Steps from here on take other times: another engine computes. */
  timeAnew(): void {
    this.timedFrom = this.state.step;
  }

  /** Back to the first state: of the run as it was opened, or under the settings in force once the user changed some. */
  reset(): void {
    if (!this.script) this.plan = [];
    else {
      this.config = this.script[0].config;
      this.task = { specs: specsOf(this.config), data: this.data.train };
    }
    this.state = this.firstState();
    const theta = this.start && { theta: this.start };
    this.timeline = this.newTimeline([{ step: 0, config: this.config, ...theta }]);
    this.arrivals.clear();
    this.clock.truncate(0);
    this.timedFrom = 0;
  }

  /** Marks where training rests, so that this very state can be sought. */
  rest(): void {
    this.timeline.record(this.state, true);
  }

  /**
   * Goes on under `config`. Method, optimiser, schedule and the like keep weights and schedule position and reset the
   * moments; local heads are added at their initial weights or dropped; shape, T, problem or seed start the run anew.
   * Planned changes from here on are dropped.
   */
  change(config: Config, data: ProblemData): 'none' | 'keep' | 'reset' {
    const { kind } = changeBetween(this.config, config);
    if (kind === 'none') return kind;
    this.script = undefined;
    this.plan = this.plan.filter((change) => change.step < this.state.step);
    this.clock.truncate(this.state.step);
    this.data = data;
    if (kind === 'keep' && this.state.step > 0) {
      this.goOn(config);
      return kind;
    }
    if (kind === 'reset') this.start = undefined;
    this.config = config;
    this.task = { specs: specsOf(config), data: data.train };
    this.reset();
    return kind;
  }

  /** Carries the weights over into the network of `config`, moments at zero. */
  private goOn(config: Config): void {
    const arrived = this.arrivals.get(this.state.step) ?? this.state;
    this.arrivals.set(arrived.step, arrived);
    this.config = config;
    this.task = { specs: specsOf(config), data: this.data.train };
    this.state = goOnUnder({ ...this.state, theta: arrived.theta }, this.task);
    this.timeline.change(this.state, config);
  }

  /** Takes states of this very run as checkpoints; of one that was changed they are not. */
  addCheckpoints(states: readonly RunState[]): void {
    if (this.timeline.log.length > 1) return;
    for (const state of states) if (state.step <= this.end) this.timeline.insert(state, true);
  }

  /** Stands where a replay led to. */
  standAt(state: RunState): void {
    this.config = this.timeline.configAt(state.step).config;
    this.task = { specs: specsOf(this.config), data: this.data.train };
    this.state = state;
  }

  /**
   * The state after `step` steps, replayed from the nearest checkpoint under the configurations that held then; the run stays where it is.
   * @param tell is told of each step that was reached
   * @throws Interrupted by the pulse
   */
  async replay(
    engine: Engine,
    step: number,
    pulse: Pulse = () => undefined,
    tell: (step: number, to: number) => void = () => undefined,
  ): Promise<RunState> {
    const target = Math.max(this.timeline.start.step, Math.min(step, this.end));
    let state = this.timeline.before(target);
    const size = new ChunkSize(PIECE_MS);
    while (state.step < target) {
      const { config, until } = this.timeline.configAt(state.step);
      const specs = config === this.config ? this.task.specs : specsOf(config);
      const piece = Math.max(LEAST_REPLAY, Math.floor(state.step * REPLAY_SHARE));
      const steps = this.supplied(specs, state, Math.min(until - state.step, target - state.step, piece));
      const task = specs === this.task.specs ? this.task : { specs, data: this.data.train };
      const end = state.step + steps;
      for await (const chunk of chunksUntil(engine, { task, state }, end, size)) {
        if (chunk.divergedAt !== undefined) break;
        state = chunk.state;
        tell(state.step, target);
        await pulse();
      }
      if (state.step < end) break;
      // Where a change follows, the state after it is kept already.
      if (state.step < until) this.timeline.insert(state);
    }
    return state;
  }

  /** The network as it is shown: with the view's silenced neurons and T. */
  get shown(): ShownNetwork {
    const { network } = this.task.specs;
    const view = this.currentView;
    const { silenced, inferenceT } = view;
    return {
      network: inferenceT ? { ...network, T: inferenceT } : network,
      theta: silenced.length > 0 ? silence(network, this.state.theta, silenced) : this.state.theta,
      data: this.data,
      view,
      step: this.state.step,
    };
  }

  /** The network as it is trained: all its neurons, and the T of the training. */
  get trained(): ShownNetwork {
    const { network } = this.task.specs;
    return { ...this.shown, network, theta: this.state.theta };
  }

  /** Whether what is shown is the network as trained: no neuron silenced, the T of the training. */
  get shownAsTrained(): boolean {
    const { silenced, inferenceT } = this.currentView;
    return silenced.length === 0 && (inferenceT ?? this.config.T) === this.config.T;
  }

  /** What is looked at; a view of another experiment says nothing about this one. */
  private get currentView(): ViewRequest {
    const { experiment } = this.config;
    if ((this.view.experiment ?? experiment) !== experiment) return NOTHING_ASKED;
    // A sequence has as many moments as there are time steps.
    return this.task.specs.network.factors.some(({ sequence }) => sequence)
      ? { ...this.view, inferenceT: undefined }
      : this.view;
  }

  /** What the next step would do, taken apart. */
  explain(engine: Engine): Promise<ExplainedStep> {
    this.supplied(this.task.specs, this.state, 1);
    return explainStep(engine, this.task, this.state);
  }
}
