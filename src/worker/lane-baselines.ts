import type { Parts } from '../problems/parts.ts';
import { type ProblemData, relativeL2 } from '../problems/problem.ts';
import { rowsFrom } from '../snn/batch.ts';
import type { Dataset } from '../snn/network.ts';
import { BASELINES_OF, type BaselineName, baselineConfig, isTrained } from '../training/baseline-config.ts';
import { advanceTanh, baselineOutput, tanhOutputs } from '../training/baselines.ts';
import type { Config } from '../training/config.ts';
import { initialState, type RunState, type Task } from '../training/engine.ts';
import { specsOf } from '../training/specs.ts';
import type { BaselinesReport, Metric } from './protocol.ts';

/** Length of a piece: training waits for it. */
const PIECE_MS = 20;
/** Points whose outputs are computed at one go, about. */
const POINTS_OF_PART = 40_000;
/** Errors a decade of steps. */
const A_DECADE = 12;

/** Baselines of one lane for its data and settings as they were when it was opened, computed in pieces. */
export class LaneBaselines {
  private readonly config: Config;
  private readonly errors: { name: BaselineName; error: number }[] = [];
  private readonly curve: Metric[] = [];
  private step = 0;
  private done = false;
  private readonly work: Parts<undefined>;

  /** @param data undefined while solutions are missing. */
  constructor(
    private readonly data: ProblemData | undefined,
    config: Config,
    private readonly now: () => number,
  ) {
    this.config = baselineConfig(config);
    this.work = data ? this.all(data) : nothing();
  }

  get report(): BaselinesReport {
    return {
      errors: [...this.errors],
      curve: [...this.curve],
      steps: this.config.steps,
      step: this.step,
      state: this.data ? (this.done ? 'done' : 'working') : 'waiting',
    };
  }

  /** Goes on for a moment. */
  more(): BaselinesReport {
    const until = this.now() + PIECE_MS;
    while (this.data && !this.done && this.now() < until) this.done = this.work.next().done === true;
    return this.report;
  }

  private *all(data: ProblemData): Parts<undefined> {
    for (const name of BASELINES_OF[this.config.experiment]) {
      if (isTrained(name)) yield* this.train(data);
      else {
        const output = yield* baselineOutput(name, this.config, data);
        this.errors.push({ name, error: relativeL2(output, data.test) });
      }
      yield;
    }
    return undefined;
  }

  private *train(data: ProblemData): Parts<undefined> {
    const { steps, seed } = this.config;
    const task: Task = { specs: specsOf(this.config), data: data.train };
    let state = initialState(task, seed);
    for (const stop of measuredSteps(steps)) {
      while (state.step < stop) {
        const chunk = advanceTanh({ task, state }, 1);
        if (chunk.divergedAt !== undefined) return undefined;
        state = chunk.state;
        this.step = state.step;
        yield;
      }
      this.curve.push({ step: stop, grid: 'coarse', value: yield* error(task, state, data.coarse) });
    }
    this.curve.push({ step: steps, grid: 'stated', value: yield* error(task, state, data.test) });
    return undefined;
  }
}

// biome-ignore lint/correctness/useYield: there is nothing to do
function* nothing(): Parts<undefined> {
  return undefined;
}

/** 0, then evenly spread over log steps, and the last. */
export function measuredSteps(last: number): number[] {
  const stops = new Set([0]);
  for (let k = 0; 10 ** (k / A_DECADE) < last; k++) stops.add(Math.round(10 ** (k / A_DECADE)));
  return [...stops.add(last)];
}

/** Relative L2 error of the tanh network, some rows of the first factor at a time. */
function* error({ specs }: Task, { theta }: RunState, data: Dataset): Parts<number> {
  const [first, ...others] = data.factors;
  const output = new Float64Array(data.target.length);
  const points = output.length / first.rows;
  const most = Math.max(1, Math.floor(POINTS_OF_PART / points));
  for (let from = 0; from < first.rows; from += most) {
    const some: Dataset = { factors: [rowsFrom(first, from, most), ...others], target: new Float64Array(0) };
    output.set(tanhOutputs(specs.network, theta, some), from * points);
    yield;
  }
  return relativeL2(output, data);
}
