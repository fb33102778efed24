import { timeWeights } from '../../snn/network.ts';
import { normalTable } from '../../snn/normal-table.ts';
import { kernelsOf, sequenceGains, sequenceWeights } from '../../snn/synapse.ts';
import type { RunState } from '../../training/engine.ts';
import { nextPiece, type Pulse } from '../../training/pulse.ts';
import { Arena } from './arena.ts';
import type { Job } from './job.ts';
import type { Exports } from './module.ts';
import { type Placement, place } from './place.ts';
import { FACTOR, LAYER, RECORD_BYTES, TASK, writeHead, writeRecord } from './records.ts';

/** 2^r on [-½, ½]: relative error below 8e-8 (minimax). */
const EXP2 = [
  1.0000000716546846, 0.6931469670647554, 0.24022119723840904, 0.05550713273508805, 0.00967554133441664,
  0.001327647198903427,
];

/** Rows of the first piece of a gradient: how long one takes is not known yet. */
const FIRST_ROWS = 4;
const MOST_ROWS = 2 ** 30;

/** One instance of the compiled kernels with its own memory, laid out for one job at a time. */
export class Machine {
  readonly exports: Exports;
  private placement: Placement | undefined;
  /** Plans that lie in memory at once. */
  plans = 0;
  /** What a training step of the job took, in ms; undefined before the first. */
  msPerStep: number | undefined;
  /** Rows of the next piece of a gradient. */
  private rows = FIRST_ROWS;

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(module, {}).exports as Exports;
  }

  /** Where things lie. */
  get placed(): Placement {
    if (!this.placement) throw new Error('the machine has not been laid out for a job');
    return this.placement;
  }

  /**
   * Lays the memory out for a job and fills in everything that stays the same from step to step. @throws
   * RangeError
   */
  open(job: Job): void {
    this.placement = undefined;
    this.msPerStep = undefined;
    this.rows = FIRST_ROWS;
    const arena = new Arena(this.exports.heapBase());
    const placement = place(job, arena, this.exports.sampleScratchBytes);
    arena.open(this.exports.memory);
    this.placement = placement;
    this.plans = job.plans;
    this.writeRecords(placement);
    this.writeConstants(job, placement);
    job.data.factors.forEach((data, m) => {
      const factor = placement.factors[placement.task.first + m];
      this.floats(factor.inputs, data.rows * data.width).set(data.inputs.subarray(0, data.rows * data.width));
      this.floats(factor.scales, data.rows).set(data.scale.subarray(0, data.rows));
      if (data.readAt && factor.readAt)
        this.integers(factor.readAt, data.rows).set(data.readAt.subarray(0, data.rows));
    });
    this.floats(placement.task.targets, job.data.target.length).set(job.data.target);
    this.exports.setTask(placement.at);
  }

  /** Some more rows of the gradient that was begun; whether it is complete. */
  proceed(): boolean {
    const begun = performance.now();
    const complete = this.exports.proceed(this.rows) !== 0;
    if (!complete) this.rows = Math.min(MOST_ROWS, nextPiece(this.rows, performance.now() - begun));
    return complete;
  }

  /** Loss and gradient from plan entry 0 with the samples of training step `step`. @throws Interrupted by the pulse */
  async computeGradient(step: number, pulse?: Pulse): Promise<void> {
    this.exports.begin(step, 0);
    if (!pulse) this.exports.proceed(MOST_ROWS);
    else while (!this.proceed()) await pulse();
  }

  /** A view of `count` float32 numbers in memory; it dies when the memory grows. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, at >>> 0, count);
  }

  private integers(at: number, count: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, at >>> 0, count);
  }

  set seed(seed: number) {
    const field = Object.keys(TASK).indexOf('seed');
    new DataView(this.exports.memory.buffer).setUint32(this.placed.at + 4 * field, seed, true);
  }

  writeState({ theta, m, v }: { readonly [N in 'theta' | 'm' | 'v']: ArrayLike<number> }): void {
    const P = this.placed.task.parameters;
    this.floats(this.exports.thetaAt(), P).set(theta);
    this.floats(this.exports.mAt(), P).set(m);
    this.floats(this.exports.vAt(), P).set(v);
  }

  readState(): { [N in keyof Pick<RunState, 'theta' | 'm' | 'v'>]: Float32Array } {
    const P = this.placed.task.parameters;
    const copy = (at: number) => this.floats(at, P).slice();
    return { theta: copy(this.exports.thetaAt()), m: copy(this.exports.mAt()), v: copy(this.exports.vAt()) };
  }

  /** Rows of every factor for plan entry `index`. */
  writeRows(index: number, rows: readonly ArrayLike<number>[]): void {
    const { task, factors } = this.placed;
    const plan = task.plan + index * task.planBytes;
    rows.forEach((numbers, m) => {
      new Uint32Array(
        this.exports.memory.buffer,
        plan + factors[task.first + m].indicesAt,
        numbers.length,
      ).set(numbers);
    });
  }

  /** Room for the K directions of plan entry `index`. */
  directions(index: number): Float32Array {
    const { plan, planBytes, planDirections, directionCount, directionLength } = this.placed.task;
    return this.floats(plan + index * planBytes + planDirections, directionCount * directionLength);
  }

  private writeRecords({ at, task, layers, heads, factors }: Placement): void {
    const view = new DataView(this.exports.memory.buffer);
    writeRecord(view, at, TASK, task);
    layers.forEach((layer, i) => {
      writeRecord(view, task.layers + i * RECORD_BYTES.layer, LAYER, layer);
    });
    heads.forEach((head, i) => {
      writeHead(view, task.heads + i * RECORD_BYTES.head, head);
    });
    factors.forEach((factor, i) => {
      writeRecord(view, task.factors + i * RECORD_BYTES.factor, FACTOR, factor);
    });
  }

  private writeConstants(job: Job, { task, heads, ones }: Placement): void {
    this.floats(ones, 4 * Math.max(...heads.map((head) => head.quads))).fill(1);
    const { sigma } = job.method?.surrogate ?? { sigma: 1 };
    const height = 1 / (sigma * Math.sqrt(2 * Math.PI));
    this.floats(task.gaussian, 9).set([
      -Math.LOG2E / (2 * sigma * sigma),
      -100,
      1.5 * 2 ** 23,
      ...EXP2.map((c) => c * height),
    ]);
    let growth = 0;
    const growths = this.floats(task.growth, task.T);
    for (let t = 0; t < task.T; t++) {
      growth = growth * job.network.leak + 1;
      growths[t] = growth;
    }
    this.writeTime(job);
    if (task.normals) this.floats(task.normals, normalTable().length).set(normalTable());
    if (job.explicitSamples) this.writeSamples(job, job.explicitSamples);
  }

  /** What depends on time steps or differs from neuron to neuron. */
  private writeTime({ network }: Job): void {
    const { task, layers, factors } = this.placed;
    const { T } = task;
    network.layout.hidden.forEach(([first], m) => {
      const { sequenceWeights: at, sequenceGains: gainsAt } = factors[task.first + m];
      if (!at) return;
      const { outputs } = first;
      const { tiles } = layers[first.index];
      const weights = sequenceWeights(network, first);
      const out = this.floats(at, 16 * tiles * T).fill(0);
      for (let t = 0; t < T; t++)
        for (let j = 0; j < outputs; j++) out[((j >> 4) * T + t) * 16 + (j & 15)] = weights[t * outputs + j];
      if (!gainsAt) return;
      const gains = sequenceGains(network, first);
      const ofSteps = this.floats(gainsAt, 16 * tiles * T).fill(0);
      for (let step = 0; step < T; step++)
        ofSteps.set(gains.subarray(step * outputs, (step + 1) * outputs), step * 16 * tiles);
    });
    for (const layer of network.layout.hidden.flat()) {
      const { kernels: at, delays, zeros, timeWeights: weights, allTimeWeights, tiles } = layers[layer.index];
      if (weights) this.floats(weights, T).set(timeWeights(network, layer.factor));
      for (let step = 0; step < T && allTimeWeights; step++)
        this.floats(allTimeWeights + 4 * T * step, T).set(timeWeights(network, layer.factor, step));
      if (zeros) this.floats(zeros, 16 * tiles).fill(0);
      const kernels = kernelsOf(network, layer);
      if (!kernels) continue;
      const constants = this.floats(at, 80 * tiles).fill(0);
      const { decay, height, before, leak, delay } = kernels;
      const shares = before.map((one) => 1 - one);
      [decay, height, before, leak, shares].forEach((values, k) => {
        values.forEach((value, j) => {
          constants[(j >> 4) * 80 + 16 * k + (j & 15)] = value;
        });
      });
      this.integers(delays, 16 * tiles)
        .fill(0)
        .set(delay);
    }
  }

  /** values[layer][sample][t][row][neuron] → [t][row][sample][neuron], padded to whole tiles. */
  private writeSamples({ network, rows }: Job, values: readonly Float64Array[]): void {
    const { layout } = network;
    for (const { index, role, factor, outputs } of layout.layers) {
      const layer = this.placed.layers[index];
      if (role !== 'hidden' || !layer.explicitSamples) continue;
      const { samples } = this.placed.task;
      const width = 16 * layer.tiles;
      const out = this.floats(layer.explicitSamples, network.T * rows[factor] * samples * width);
      for (let k = 0; k < samples; k++)
        for (let n = 0; n < network.T * rows[factor]; n++) {
          const start = (k * network.T * rows[factor] + n) * outputs;
          out.set(values[index].subarray(start, start + outputs), (n * samples + k) * width);
        }
    }
  }
}
