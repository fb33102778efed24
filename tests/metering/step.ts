/**
 * Test support: one training step computed number by number through a meter that counts what it does. It multiplies
 * nothing by a spike and stores what it must; whether the counts are those of a real step is told by its loss, gradient and
 * update, which the tests compare with the reference engine's.
 */
import { gather } from '../../src/snn/batch.ts';
import { shiftsCurrents } from '../../src/snn/method.ts';
import type { Dataset } from '../../src/snn/network.ts';
import { drawnSamples, type WsgSamples } from '../../src/snn/surrogate.ts';
import type { RunState, Task } from '../../src/training/engine.ts';
import { directionLength, directionVectors, planStep } from '../../src/training/plan.ts';
import { rowsOfLayers } from '../../src/training/reference-engine.ts';
import { Heads } from './heads.ts';
import { RateNetwork, RidgeFit } from './indirect.ts';
import { Meter } from './meter.ts';
import { Nodes } from './nodes.ts';
import { Reverse } from './reverse.ts';
import { movingRows, Rows } from './rows.ts';
import { Simulator } from './simulator.ts';
import type { Moving } from './stage.ts';

interface MeteredStep {
  readonly meter: Meter;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly theta: Float64Array;
  /** What one forward simulation of the batch costs: spikes and output head. */
  readonly forward: Meter;
}

export function meteredStep(task: Task, state: RunState): MeteredStep {
  const drawn = new Float32Array(directionLength(task));
  const plan = planStep(task, state, 0, drawn);
  const data = gather(task.data, plan.rows);
  const { layout, method, optimiser } = task.specs;
  const rows = rowsOfLayers(layout, data);
  const samples = drawnSamples(state.seed, state.step, rows, method.surrogate.samples);
  const directions = directionVectors(task, drawn).map((vector) => Float32Array.from(vector));

  const run = new MeteredRun(task, data, samples, directions);
  const { loss, gradient } = run.gradient(state.theta);
  const theta =
    method.derivation === 'fit'
      ? run.fitted(state, samples)
      : run.update(state, gradient, plan.scalars, optimiser);
  const forward = new MeteredRun(task, data, samples, []);
  const trails = data.factors.map((_, m) => forward.simulator.simulate(m, state.theta, [], 'nothing'));
  forward.heads.pass(layout.heads[0], state.theta, trails, 'output');
  return { meter: run.meter, loss, gradient, theta, forward: forward.meter };
}

class MeteredRun {
  readonly meter = new Meter();
  readonly simulator: Simulator;
  readonly heads: Heads;

  constructor(
    private readonly task: Task,
    private readonly data: Dataset,
    samples: WsgSamples,
    private readonly directions: readonly Float32Array[],
  ) {
    this.simulator = new Simulator(this.meter, task, data, samples);
    this.heads = new Heads(this.meter, task, data);
  }

  gradient(theta: ArrayLike<number>): { loss: number; gradient: Float64Array } {
    const { layout, method } = this.task.specs;
    if (method.derivation === 'rates') return this.rateGradient(theta);
    if (method.derivation === 'fit') return { loss: this.lossOf(theta), gradient: new Float64Array(0) };
    if (shiftsCurrents(method)) return this.nodePerturbation(theta);
    if (method.derivation === 'differences') return this.perturbation(theta);
    const perRow = method.derivation === 'forward' && method.perturbation !== 'parameters';
    const rows = perRow ? movingRows(this.task, this.data, this.directions) : [];
    const moving = perRow ? rows : this.movingParts();
    const trails = this.data.factors.map((_, m) =>
      this.simulator.simulate(m, theta, moving, method.derivation === 'reverse' ? 'history' : 'surrogate'),
    );
    const passes = this.heads.passes(theta, trails, 'error');
    const loss = this.heads.total(passes);
    if (method.derivation === 'reverse')
      return {
        loss,
        gradient: new Reverse(this.meter, this.task, this.data).gradient(theta, trails, passes),
      };
    if (perRow) {
      for (const vector of this.directions) this.meter.keep(32 * vector.length);
      const stage = new Rows(this.meter, this.task, this.data);
      return { loss, gradient: stage.gradient(theta, rows, this.directions.length, trails, passes) };
    }
    const numbers = moving.map((tangent, k) => this.heads.number(tangent, k, theta, trails, passes));
    return { loss, gradient: this.estimate(numbers, layout.size) };
  }

  private nodePerturbation(theta: ArrayLike<number>): { loss: number; gradient: Float64Array } {
    const trails = this.data.factors.map((_, m) => this.simulator.simulate(m, theta, [], 'restart'));
    const passes = this.heads.passes(theta, trails, 'error');
    const loss = this.heads.total(passes);
    const nodes = new Nodes(this.meter, this.task, this.data);
    return { loss, gradient: nodes.estimate(theta, this.directions, this.simulator, trails, passes) };
  }

  private rateGradient(theta: ArrayLike<number>): { loss: number; gradient: Float64Array } {
    const network = new RateNetwork(this.meter, this.task, this.data);
    const trails = this.data.factors.map((_, m) => network.forward(m, theta));
    const passes = this.heads.passes(theta, trails, 'error');
    const loss = this.heads.total(passes);
    const gradient = new Float64Array(theta.length);
    const adjoints = new Reverse(this.meter, this.task, this.data).heads(theta, trails, passes, gradient);
    trails.forEach((trail, m) => {
      network.backward(m, theta, trail, adjoints[m], gradient);
    });
    return { loss, gradient };
  }

  /** Loss of the output alone. */
  private lossOf(theta: ArrayLike<number>): number {
    const trails = this.data.factors.map((_, m) => this.simulator.simulate(m, theta, [], 'nothing'));
    return this.heads.total([this.heads.pass(this.task.specs.layout.heads[0], theta, trails, 'loss')]);
  }

  /** RF: the read-outs fitted to all training data, in the first step after the method took over. */
  fitted(state: RunState, samples: WsgSamples): Float64Array {
    if (state.momentSteps > 0) return state.theta;
    const { task, meter } = this;
    meter.pin('fit');
    const all = new Simulator(meter, task, task.data, samples);
    const rates = task.data.factors.map((_, m) =>
      all.simulate(m, state.theta, [], 'nothing').rates.map((ofRow) => ofRow[ofRow.length - 1]),
    );
    return new RidgeFit(meter, task, task.data).fit(state.theta, rates);
  }

  /** G: a tangent for each direction; L: one for each direction and layer. */
  private movingParts(): Moving[] {
    const { layout, method } = this.task.specs;
    if (method.derivation === 'reverse') return [];
    return this.directions.flatMap((direction): Moving[] =>
      method.layerwise
        ? layout.layers.map((layer) => ({ direction, layers: new Set([layer]) }))
        : [{ direction, layers: new Set(layout.layers) }],
    );
  }

  private estimate(numbers: readonly number[], size: number): Float64Array {
    const { meter } = this;
    const { layout, method } = this.task.specs;
    const gradient = new Float64Array(size);
    const groups = numbers.length / this.directions.length;
    meter.part('estimate');
    this.directions.forEach((direction, k) => {
      meter.keep(32 * size);
      for (const layer of layout.layers) {
        const c = numbers[k * groups + (groups === 1 ? 0 : layer.index)];
        const share = 1 / (this.directions.length * method.scales[layer.index] ** 2);
        const factor = meter.multiply(c, share);
        for (let j = layer.weights; j < layer.end; j++)
          gradient[j] = meter.add(gradient[j], meter.multiply(factor, direction[j]));
      }
    });
    return gradient;
  }

  private perturbation(theta: ArrayLike<number>): { loss: number; gradient: Float64Array } {
    const { meter } = this;
    const { layout, method } = this.task.specs;
    const lossAt = (at: ArrayLike<number>) => {
      const trails = this.data.factors.map((_, m) => this.simulator.simulate(m, at, [], 'nothing'));
      return this.heads.total(this.heads.passes(at, trails, 'loss'));
    };
    const loss = lossAt(theta);
    meter.keep(32 * layout.size);
    meter.pin('perturbed');
    const numbers = this.movingParts().map(({ direction, layers }) => {
      const [plus, minus] = [Float64Array.from(theta), Float64Array.from(theta)];
      for (const layer of layers)
        for (let j = layer.weights; j < layer.end; j++) {
          const shift = meter.multiply(method.epsilon, direction[j]);
          plus[j] = meter.add(theta[j], shift);
          minus[j] = meter.subtract(theta[j], shift);
        }
      const difference = meter.subtract(lossAt(plus), lossAt(minus));
      return meter.multiply(difference, 1 / (2 * method.epsilon));
    });
    meter.unpin();
    return { loss, gradient: this.estimate(numbers, layout.size) };
  }

  update(
    state: RunState,
    gradient: Float64Array,
    scalars: { learningRate: number; correction1: number; correction2: number },
    spec: Task['specs']['optimiser'],
  ): Float64Array {
    const { meter } = this;
    const theta = state.theta.slice();
    meter.part('update');
    let norm = 1;
    if (spec.kind === 'normalised') {
      let squares = 0;
      for (const g of gradient) squares = meter.add(squares, meter.multiply(g, g));
      norm = meter.add(meter.root(squares), spec.epsilon);
    }
    for (const layer of this.task.specs.layout.layers) {
      let learningRate = meter.multiply(scalars.learningRate, spec.rateFactors[layer.index]);
      if (spec.kind === 'normalised') learningRate = meter.divide(learningRate, norm);
      if (spec.kind === 'adam') learningRate = meter.multiply(learningRate, scalars.correction1);
      for (let j = layer.weights; j < layer.end; j++) {
        const g = gradient[j];
        let by: number;
        if (spec.kind === 'adam') {
          const m = meter.add(meter.multiply(spec.beta1, state.m[j]), meter.multiply(1 - spec.beta1, g));
          const square = meter.multiply(g, g);
          const v = meter.add(meter.multiply(spec.beta2, state.v[j]), meter.multiply(1 - spec.beta2, square));
          const root = meter.root(meter.multiply(v, scalars.correction2));
          by = meter.divide(meter.multiply(learningRate, m), meter.add(root, spec.epsilon));
        } else by = meter.multiply(learningRate, g);
        theta[j] = meter.subtract(theta[j], by);
      }
    }
    return theta;
  }
}
