import { type Dataset, type Head, isHeld, type Layer } from '../../src/snn/network.ts';
import { Neuron } from '../../src/snn/neuron.ts';
import { sequenceWeights } from '../../src/snn/synapse.ts';
import type { Task } from '../../src/training/engine.ts';
import type { Meter } from './meter.ts';

/** A tangent: direction, and the layers whose parameters move with it. */
export interface Moving {
  readonly direction: ArrayLike<number>;
  readonly layers: ReadonlySet<Layer>;
  /** Where every row moves in its own way: its direction, or its currents in the layer where the tangent starts. */
  readonly ofRow?: (m: number, row: number) => ArrayLike<number>;
  readonly currents?: (layer: Layer, row: number) => number[];
}

/** What the simulation of one factor leaves: mean rates, tangents of them, and what BP looks back at. */
export interface Trail {
  readonly rates: number[][][];
  readonly tangentRates: number[][][][];
  readonly spikes: number[][][][];
  readonly surrogate: number[][][][];
  /** Currents of the first layer: [row][neuron]. */
  readonly currents: number[][];
}

export interface HeadPass {
  readonly head: Head;
  readonly centred: number[][][];
  readonly q: number[][][];
  readonly loss: number;
  readonly error: number[];
}

export const zeros = (n: number) => new Array<number>(n).fill(0);

/** What the stages of a metered step share: the meter, the task, the batch, and affine maps of real numbers. */
export class Stage {
  /** With the meter's arithmetic. */
  protected readonly neuron: Neuron;

  constructor(
    readonly meter: Meter,
    protected readonly task: Task,
    protected readonly data: Dataset,
  ) {
    this.neuron = new Neuron(task.specs.network, meter);
  }

  /** Whether a hidden layer's spikes move with the tangent: its own parameters or those of a layer below do. */
  protected moves(layer: Layer, { layers }: Moving): boolean {
    return this.task.specs.layout.hidden[layer.factor].slice(0, layer.depth + 1).some((l) => layers.has(l));
  }

  /** W x + b of real numbers x, the same for all outputs or not, b being the layer's or those that are given. */
  protected affine(
    layer: Layer,
    theta: ArrayLike<number>,
    x: readonly number[] | ((output: number) => readonly number[]),
    biases?: readonly number[],
  ): number[] {
    return Array.from({ length: layer.outputs }, (_, j) => {
      let z = biases?.[j] ?? theta[layer.biases + j];
      const own = typeof x === 'function' ? x(j) : x;
      for (let i = 0; i < layer.inputs; i++)
        z = this.meter.add(z, this.meter.multiply(theta[layer.weights + j * layer.inputs + i], own[i]));
      return z;
    });
  }

  private readonly means = new Map<string, readonly number[]>();

  /** What a first layer's neuron is fed in a row: its inputs, or their mean over time, which is taken once. */
  protected fedTo(layer: Layer, row: number, j: number): readonly number[] {
    const { network } = this.task.specs;
    const { inputs, width } = this.data.factors[layer.factor];
    const of = (t: number) =>
      Array.from({ length: layer.inputs }, (_, i) => inputs[row * width + t * layer.inputs + i]);
    if (isHeld(network, layer.factor)) return of(0);
    const key = `${layer.factor} ${row} ${j}`;
    const known = this.means.get(key);
    if (known) return known;
    const weights = sequenceWeights(network, layer);
    let sums = zeros(layer.inputs);
    for (let t = 0; t < network.T; t++)
      sums = of(network.factors[layer.factor].sequence ? t : 0).map((x, i) =>
        this.meter.add(sums[i], this.meter.multiply(weights[t * layer.outputs + j], x)),
      );
    this.means.set(key, sums);
    return sums;
  }
}
