import { PROBLEMS } from '../problems/index.ts';
import { type DataProgress, type ProblemData, relativeL2 } from '../problems/problem.ts';
import { gather } from '../snn/batch.ts';
import type { Dataset } from '../snn/network.ts';
import { silence } from '../snn/silence.ts';
import type { Config } from '../training/config.ts';
import { activityOf, type LayerActivity } from '../training/diagnosis.ts';
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
import type { LaneOpened, Metric, Prediction, ProbeTrace, ViewRequest } from './protocol.ts';

const ACTIVITY_ROWS = 121;

/** Most bytes that one lane's checkpoints may take. */
const CHECKPOINT_BYTES = 64e6;

/** One run: its data, its state, its past, and what is evaluated of it. Knows no clock and no messages. */
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
    return {
      test: this.data.test,
      coarse: this.data.coarse,
      unit: this.data.unit,
      parameters: this.task.specs.layout.size,
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

  private get shown() {
    const { network, layout } = this.task.specs;
    const { silenced, inferenceT } = this.view;
    return {
      network: inferenceT ? { ...network, T: inferenceT } : network,
      layout,
      theta: silenced.length > 0 ? silence(network, layout, this.state.theta, silenced) : this.state.theta,
    };
  }

  /** Whether what is shown is the network as trained: no neuron silenced, the T of the training. */
  get shownAsTrained(): boolean {
    return this.view.silenced.length === 0 && (this.view.inferenceT ?? this.config.T) === this.config.T;
  }

  /** Output on a grid and its relative L2 error, with the view's silenced neurons and T. */
  async evaluate(engine: Engine, grid: Metric['grid']): Promise<Prediction> {
    const { network, layout, theta } = this.shown;
    const data = grid === 'coarse' ? this.data.coarse : this.data.test;
    const output = await engine.outputs(network, layout, theta, data);
    const values = Float32Array.from(output, (y) => y * this.data.unit);
    return { step: this.state.step, grid, values, error: relativeL2(output, data) };
  }

  /** Spikes, membranes and output at the probe. */
  async probe(engine: Engine): Promise<ProbeTrace> {
    const { network, layout, theta } = this.shown;
    const data: Dataset = {
      factors: this.view.probe.map((row) => ({
        rows: 1,
        width: row.length,
        inputs: Float32Array.from(row),
        scale: Float32Array.of(1),
      })),
      target: new Float32Array(0),
    };
    const traces = [];
    for (let factor = 0; factor < network.factors.length; factor++)
      traces.push(await engine.trace(network, layout, theta, factor, data));
    const output = await engine.outputs(network, layout, theta, data);
    return {
      T: network.T,
      spikes: traces.map((trace) => [...trace.spikes]),
      membranes: traces.map((trace) => trace.membranes.map((m) => Float32Array.from(m))),
      output: output[0] * this.data.unit,
    };
  }

  /** How every hidden layer fires over a sample of the coarse grid. */
  async activity(engine: Engine): Promise<LayerActivity[]> {
    const { network, layout, theta } = this.shown;
    const found: LayerActivity[] = [];
    for (let factor = 0; factor < network.factors.length; factor++) {
      const rows = thinned(this.data.coarse.factors[factor].rows, ACTIVITY_ROWS);
      const sample = gather(
        { ...this.data.coarse, target: new Float32Array(0) },
        this.data.coarse.factors.map((_, m) => (m === factor ? rows : Uint32Array.of(0))),
      );
      found.push(
        ...activityOf(
          await engine.trace(network, layout, theta, factor, sample),
          factor,
          network.factors[factor].hidden,
        ),
      );
    }
    return found;
  }

  /** What the next step would do, taken apart. */
  explain(engine: Engine): Promise<ExplainedStep> {
    return explainStep(engine, this.task, this.state);
  }

  /** Mean rates of one hidden layer over the coarse grid: [row][neuron]. */
  async rates(engine: Engine, factor: number, depth: number): Promise<Float32Array> {
    const { network, layout, theta } = this.shown;
    const trace = await engine.trace(network, layout, theta, factor, this.data.coarse);
    return Float32Array.from(trace.rates[depth]);
  }
}

/** At most `count` of `rows` row numbers, evenly spread. */
function thinned(rows: number, count: number): Uint32Array {
  const kept = Math.min(rows, count);
  return Uint32Array.from({ length: kept }, (_, i) => Math.floor(((i + 0.5) * rows) / kept));
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
