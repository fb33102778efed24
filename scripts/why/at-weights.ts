import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { generateNow } from '../../src/problems/problem.ts';
import { gather } from '../../src/snn/batch.ts';
import { type DirectionLaw, drawDirections } from '../../src/snn/directions.ts';
import { reverseMode } from '../../src/snn/method.ts';
import type { Dataset, Layer } from '../../src/snn/network.ts';
import type { Config, Pinned } from '../../src/training/config.ts';
import { type Engine, initialState, type RunState, type Task } from '../../src/training/engine.ts';
import { microscopeSeed } from '../../src/training/microscope.ts';
import { directionLength, directionVectors, planStep } from '../../src/training/plan.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';

/** A run by WP-A as the recipe `live` trains it, data of operators varied with the seed as in the tables. */
export const configOf = (experiment: Config['experiment'], seed: number, more: Pinned = {}): Config =>
  resolveConfig({
    ...{ experiment, recipe: 'live', gradient: 'WP', scope: 'A', seed },
    ...(EXPERIMENTS[experiment].operator ? { dataSeed: seed } : {}),
    ...more,
  });

/** Training data of a configuration. */
export const dataOf = (config: Config): Dataset =>
  generateNow(EXPERIMENTS[config.experiment], problemParams(config)).train;

/** Which estimate of WP-A is drawn, and with which ε. */
export interface Shake {
  readonly law: DirectionLaw;
  readonly K: number;
  readonly epsilon: number;
}

/** The weights of a run after some steps, at which gradients are estimated on any batch under `config`. */
export class AtWeights {
  private constructor(
    private readonly engine: Engine,
    readonly config: Config,
    readonly data: Dataset,
    readonly state: RunState,
    private readonly training: Config,
  ) {}

  /** @param training under which the run is trained, on the same data */
  static start(engine: Engine, config: Config, training = config): AtWeights {
    const data = dataOf(config);
    const state = initialState({ specs: specsOf(training), data }, config.seed);
    return new AtWeights(engine, config, data, state, training);
  }

  /** The same run after so many steps in all. */
  async after(steps: number): Promise<AtWeights> {
    const task = { specs: specsOf(this.training), data: this.data };
    let { state } = this;
    while (state.step < steps)
      [{ state }] = await this.engine.advance([{ task, state }], Math.min(500, steps - state.step));
    return new AtWeights(this.engine, this.config, this.data, state, this.training);
  }

  private get task(): Task {
    return { specs: specsOf(this.config), data: this.data };
  }

  get hidden(): readonly Layer[] {
    return this.task.specs.layout.hidden.flat();
  }

  /** The batch of the step `ahead` of the next one. */
  batch(ahead = 0): Dataset {
    const { rows } = planStep(this.task, this.state, ahead, new Float32Array(directionLength(this.task)));
    return gather(this.data, rows);
  }

  /** BP's gradient with the run's surrogate. */
  backprop(batch: Dataset): Promise<Float64Array> {
    const { network, method } = this.task.specs;
    return this.gradient({ network, data: batch, method: reverseMode(method), directions: [] });
  }

  /** Draw `n` of an estimate on a batch. */
  estimate(batch: Dataset, { law, K, epsilon }: Shake, n: number): Promise<Float64Array> {
    const config = { ...this.config, law, K, epsilon, batch: batch.factors.map(({ rows }) => rows) };
    const task = { specs: specsOf(config), data: batch };
    const { network, layout, method, directions } = task.specs;
    const buffer = new Float32Array(directionLength(task));
    drawDirections(directions, layout, microscopeSeed(this.state), n, buffer);
    return this.gradient({ network, data: batch, method, directions: directionVectors(task, buffer) });
  }

  private async gradient(
    request: Omit<Parameters<Engine['gradient']>[0], 'theta' | 'samples'>,
  ): Promise<Float64Array> {
    const { theta, seed, step } = this.state;
    const samples = { kind: 'drawn', seed, step } as const;
    const { gradient } = await this.engine.gradient({ ...request, theta, samples });
    return Float64Array.from(gradient);
  }
}
