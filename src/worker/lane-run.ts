import { PROBLEMS } from '../problems/index.ts';
import type { DataProgress, ProblemData } from '../problems/problem.ts';
import { silence } from '../snn/silence.ts';
import type { Config } from '../training/config.ts';
import {
  type Chunk,
  type Engine,
  initialState,
  type RunState,
  resetMoments,
  type Task,
} from '../training/engine.ts';
import { type ExplainedStep, explainStep } from '../training/explain.ts';
import { changeBetween } from '../training/presets.ts';
import { problemParams, specsOf } from '../training/specs.ts';
import { Timeline } from '../training/timeline.ts';
import { operatorView, type Shown } from './evaluation.ts';
import type { LaneOpened, ViewRequest } from './protocol.ts';

/** Most bytes that one lane's checkpoints may take. */
const CHECKPOINT_BYTES = 64e6;

/** One run: its data, its state, its past, and what is shown of it. Knows no clock and no messages. */
export class LaneRun {
  private task: Task;
  private timeline: Timeline<Config>;
  state: RunState;
  /** Losses of every step so far, a growing buffer of which `state.step` entries count. */
  losses = new Float64Array(4096);

  constructor(
    public config: Config,
    private data: ProblemData,
    public view: ViewRequest,
    resumed?: RunState,
  ) {
    this.task = { specs: specsOf(config), data: data.train };
    this.state = resumed ?? initialState(this.task, config.seed);
    this.timeline = this.newTimeline();
  }

  get opened(): LaneOpened {
    const { test, coarse, unit, operator } = this.data;
    return {
      test,
      coarse,
      unit,
      parameters: this.task.specs.layout.size,
      operator: operator && operatorView(operator),
    };
  }

  /** Last step that can be sought. */
  get end(): number {
    return Math.max(this.timeline.end, this.state.step);
  }

  private newTimeline(): Timeline<Config> {
    const bytes = 3 * 8 * this.state.theta.length;
    return new Timeline(
      this.state,
      this.config,
      Math.max(8, Math.min(240, Math.floor(CHECKPOINT_BYTES / bytes))),
    );
  }

  /** Request for the engine to go on from here. */
  get request() {
    return { task: this.task, state: this.state };
  }

  /** Takes over what the engine computed; what had been known beyond the old state is forgotten. */
  accept(chunk: Chunk): void {
    this.timeline.truncate(this.state.step);
    this.keepLosses(this.state.step, chunk.losses);
    this.state = chunk.state;
    this.timeline.record(chunk.state);
  }

  private keepLosses(first: number, losses: Float64Array): void {
    const needed = first + losses.length;
    if (needed > this.losses.length) {
      const grown = new Float64Array(Math.max(needed, 2 * this.losses.length));
      grown.set(this.losses);
      this.losses = grown;
    }
    this.losses.set(losses, first);
  }

  /** Back to the first state of the run. */
  reset(): void {
    this.state = initialState(this.task, this.config.seed);
    this.timeline = this.newTimeline();
  }

  /** Marks where training rests, so that this very state can be sought. */
  rest(): void {
    this.timeline.record(this.state, true);
  }

  /**
   * Goes on under `config`. Method, optimiser, schedule and the like keep weights and schedule position and reset the
   * moments; local heads are added at their initial weights or dropped; shape, T, problem or seed start the run anew.
   */
  change(config: Config, data: ProblemData): 'none' | 'keep' | 'reset' {
    const { kind } = changeBetween(this.config, config);
    if (kind === 'none') return kind;
    const theta = this.state.theta;
    this.config = config;
    this.data = data;
    this.task = { specs: specsOf(config), data: data.train };
    if (kind === 'reset') {
      this.reset();
      return kind;
    }
    const size = this.task.specs.layout.size;
    const carried = size === theta.length ? theta : initialState(this.task, config.seed).theta;
    if (carried !== theta) carried.set(theta.subarray(0, Math.min(size, theta.length)));
    const blank = new Float64Array(size);
    this.state = resetMoments({ ...this.state, theta: carried, m: blank, v: blank });
    this.timeline.change(this.state, config);
    return kind;
  }

  /** The state after `step` steps, replayed from the nearest checkpoint under the configurations that held then. */
  async seek(engine: Engine, step: number): Promise<void> {
    const target = Math.max(this.timeline.start.step, Math.min(step, this.end));
    let state = this.timeline.before(target);
    while (state.step < target) {
      const { config, until } = this.timeline.configAt(state.step);
      const task = config === this.config ? this.task : { specs: specsOf(config), data: this.data.train };
      const [chunk] = await engine.advance([{ task, state }], Math.min(until, target) - state.step);
      if (chunk.divergedAt !== undefined) break;
      state = chunk.state;
    }
    this.config = this.timeline.configAt(state.step).config;
    this.task = { specs: specsOf(this.config), data: this.data.train };
    this.state = state;
  }

  /** The network as it is shown: with the view's silenced neurons and T. */
  get shown(): Shown {
    const { network, layout } = this.task.specs;
    const { silenced, inferenceT } = this.view;
    return {
      network: inferenceT ? { ...network, T: inferenceT } : network,
      layout,
      theta: silenced.length > 0 ? silence(network, layout, this.state.theta, silenced) : this.state.theta,
      data: this.data,
      view: this.view,
      step: this.state.step,
    };
  }

  /** Whether what is shown is the network as trained: no neuron silenced, the T of the training. */
  get shownAsTrained(): boolean {
    return this.view.silenced.length === 0 && (this.view.inferenceT ?? this.config.T) === this.config.T;
  }

  /** What the next step would do, taken apart. */
  explain(engine: Engine): Promise<ExplainedStep> {
    return explainStep(engine, this.task, this.state);
  }
}

/** Makes the data of a configuration's problem, reporting progress. */
export async function makeData(
  config: Config,
  report: (progress: DataProgress) => void,
): Promise<ProblemData> {
  const problem = PROBLEMS[config.experiment];
  const params = problemParams(config);
  await problem.load?.(params);
  const steps = problem.generate(params);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    report(next.value);
  }
}
