import { type Dataset, isHeld, type Layer, timeWeights } from '../../src/snn/network.ts';
import type { WsgSamples } from '../../src/snn/surrogate.ts';
import { kernelsOf, Synapses } from '../../src/snn/synapse.ts';
import type { Task } from '../../src/training/engine.ts';
import type { Meter } from './meter.ts';
import { type Moving, Stage, type Trail, zeros } from './stage.ts';

/** A simulation that begins at a hidden layer with shifted currents; what lies below is as it was. */
interface Again {
  readonly layer: Layer;
  readonly rest: Trail;
  readonly shift: (row: number) => readonly number[];
}

/** Simulation, surrogate and tangents of one factor, row by row and step by step. */
export class Simulator extends Stage {
  constructor(
    meter: Meter,
    task: Task,
    data: Dataset,
    private readonly samples: WsgSamples,
  ) {
    super(meter, task, data);
  }

  simulate(
    m: number,
    theta: ArrayLike<number>,
    moving: readonly Moving[],
    keep: 'nothing' | 'surrogate' | 'history' | 'restart',
    again?: Again,
  ): Trail {
    const { meter, neuron } = this;
    const { network, layout } = this.task.specs;
    const layers = layout.hidden[m];
    const { rows, width, inputs } = this.data.factors[m];
    const { sequence, inputs: each } = network.factors[m];
    const held = isHeld(network, m);
    const tangentRates = moving.map(() => []);
    const trail: Trail = { rates: [], tangentRates, spikes: [], surrogate: [], currents: [] };
    const from = again?.layer.depth ?? 0;
    const surrogate = keep === 'surrogate' || keep === 'history';
    const inverseT = 1 / network.T;
    const share = network.readDecay === undefined ? undefined : timeWeights(network);
    const kernels = layers.map((layer) => kernelsOf(network, layer));
    const synapses = () => kernels.map((one) => one && new Synapses(one, network.T, meter));

    for (let row = 0; row < rows; row++) {
      const fed = (t: number) =>
        Array.from({ length: each }, (_, i) => inputs[row * width + (sequence ? t * each : 0) + i]);
      const x = fed(0);
      meter.part('simulation');
      const shift = again?.shift(row);
      const biases = shift?.map((value, j) => meter.add(this.shiftable(again!, theta, row, j), value));
      const constant = biases && from === 0 ? biases : again || !held ? [] : this.affine(layers[0], theta, x);
      if (keep === 'restart' && held) {
        trail.currents[row] = constant;
        meter.keep(32 * constant.length);
      }
      meter.part('tangents');
      const constantTangent = moving.map((tangent) => {
        if (!tangent.layers.has(layers[0])) return zeros(layers[0].outputs);
        if (tangent.currents) return tangent.currents(layers[0], row);
        if (!held) return [];
        return this.affine(layers[0], tangent.ofRow?.(m, row) ?? tangent.direction, x);
      });
      const paths = [synapses(), ...moving.map(synapses)];
      const charged = (path: number, d: number, t: number, z: number[], bias: (j: number) => number) => {
        const synapse = paths[path][d];
        const out = zeros(z.length);
        synapse?.charge(
          t,
          z,
          z.map((_, j) => bias(j)),
          out,
        );
        return synapse ? out : z;
      };
      const U = layers.map((layer) => zeros(layer.outputs));
      const sums = layers.map((layer) => zeros(layer.outputs));
      const dU = moving.map(() => layers.map((layer) => zeros(layer.outputs)));
      const dSums = moving.map(() => layers.map((layer) => zeros(layer.outputs)));
      trail.spikes[row] = Array.from({ length: network.T }, () => []);
      trail.surrogate[row] = Array.from({ length: network.T }, () => []);

      for (let t = 0; t < network.T; t++) {
        let below: number[] = again && from > 0 ? again.rest.spikes[row][t][from - 1] : [];
        let tangentsBelow: number[][] = moving.map(() => []);
        for (const layer of layers.slice(from)) {
          const d = layer.depth;
          meter.part('simulation');
          const own = d === from ? biases : undefined;
          const Z =
            d > 0
              ? this.sent(layer, theta, below, own)
              : held
                ? constant
                : this.affine(layer, theta, fed(t), own);
          const leak = kernels[d]?.leak;
          const I = charged(0, d, t, Z, (j) => own?.[j] ?? theta[layer.biases + j]);
          const distance = zeros(layer.outputs);
          const S = zeros(layer.outputs);
          for (let j = 0; j < layer.outputs; j++) {
            U[d][j] = neuron.membrane(U[d][j], I[j], leak?.[j]);
            distance[j] = neuron.distance(U[d][j]);
            S[j] = distance[j] >= 0 ? 1 : 0;
          }
          meter.part('surrogate');
          const f = !surrogate ? [] : this.surrogate(layer, distance, t, row);
          meter.part('tangents');
          const moved = moving.map((tangent, k) => {
            if (!this.moves(layer, tangent)) return zeros(layer.outputs);
            const dS = zeros(layer.outputs);
            const dZ = this.tangentCurrent(layer, tangent, theta, {
              row,
              constant: constantTangent[k],
              moment: held ? undefined : fed(t),
              spikes: below,
              tangents: tangentsBelow[k],
            });
            const dI = charged(k + 1, d, t, dZ, (j) => this.biasTangent(layer, tangent, row, j));
            for (let j = 0; j < layer.outputs; j++) {
              const moved = neuron.tangent(dU[k][d][j], dI[j], leak?.[j]);
              dS[j] = meter.multiply(f[j], moved);
              dU[k][d][j] = neuron.resetTangent(moved, S[j]);
              dSums[k][d][j] = meter.add(dSums[k][d][j], share ? meter.multiply(share[t], dS[j]) : dS[j]);
              // U̇, Ṡ and the sum are there for the whole batch, whatever T is; with a synapse İ and what is on its way.
              const { synapse } = network;
              const waiting = synapse?.kind === 'response' ? synapse.longestDelay : 0;
              if (t === 0) meter.keep((3 + (synapse ? 1 : 0) + waiting) * 32);
            }
            return dS;
          });
          meter.part('simulation');
          for (let j = 0; j < layer.outputs; j++) {
            U[d][j] = neuron.reset(U[d][j], S[j]);
            if (S[j] === 1) sums[d][j] = meter.add(sums[d][j], share ? share[t] : 1);
          }
          if (keep === 'restart') {
            if (layer !== layers[layers.length - 1]) meter.keep(layer.outputs);
            trail.spikes[row][t].push(S);
          }
          if (keep === 'history') {
            meter.keep(32 * layer.outputs);
            if (layer !== layers[layers.length - 1] || neuron.readsSpikes) meter.keep(layer.outputs);
            trail.spikes[row][t].push(S);
            trail.surrogate[row][t].push(f);
          }
          below = S;
          tangentsBelow = moved;
        }
      }
      meter.part('simulation');
      trail.rates[row] = sums.map((sum, d) =>
        again && d < from
          ? again.rest.rates[row][d]
          : share
            ? sum
            : sum.map((n) => meter.multiply(n, inverseT)),
      );
      meter.part('tangents');
      moving.forEach((tangent, k) => {
        trail.tangentRates[k][row] = layers.map((layer) =>
          this.moves(layer, tangent)
            ? dSums[k][layer.depth].map((sum) => (share ? sum : meter.multiply(sum, inverseT)))
            : zeros(layer.outputs),
        );
      });
    }
    return trail;
  }

  /** What a shift is added to: a first layer's current, or a bias. */
  private shiftable({ layer, rest }: Again, theta: ArrayLike<number>, row: number, j: number): number {
    return rest.currents[row] && layer.depth === 0 ? rest.currents[row][j] : theta[layer.biases + j];
  }

  /** ḃ, or ξ, of a neuron. */
  private biasTangent(layer: Layer, tangent: Moving, row: number, j: number): number {
    if (!tangent.layers.has(layer)) return 0;
    if (tangent.currents) return tangent.currents(layer, row)[j];
    return (tangent.ofRow?.(layer.factor, row) ?? tangent.direction)[layer.biases + j];
  }

  /** W S + b: every spike is sent through its weights. */
  private sent(
    layer: Layer,
    theta: ArrayLike<number>,
    spikes: readonly number[],
    biases?: readonly number[],
  ): number[] {
    const z = Array.from({ length: layer.outputs }, (_, j) => biases?.[j] ?? theta[layer.biases + j]);
    spikes.forEach((spike, i) => {
      if (spike === 0) return;
      for (let j = 0; j < layer.outputs; j++)
        z[j] = this.meter.add(z[j], theta[layer.weights + j * layer.inputs + i]);
    });
    return z;
  }

  private tangentCurrent(
    layer: Layer,
    tangent: Moving,
    theta: ArrayLike<number>,
    from: { row: number; constant: number[]; moment?: number[]; spikes: number[]; tangents: number[] },
  ): number[] {
    if (layer.depth === 0 && from.moment && tangent.layers.has(layer) && !tangent.currents)
      return this.affine(layer, tangent.ofRow?.(layer.factor, from.row) ?? tangent.direction, from.moment);
    if (layer.depth === 0) return from.constant;
    const z = this.ownCurrent(layer, tangent, from);
    const below = this.task.specs.layout.hidden[layer.factor][layer.depth - 1];
    if (!this.moves(below, tangent)) return z;
    for (let j = 0; j < layer.outputs; j++)
      for (let i = 0; i < layer.inputs; i++) {
        const w = theta[layer.weights + j * layer.inputs + i];
        z[j] = this.meter.add(z[j], this.meter.multiply(w, from.tangents[i]));
      }
    return z;
  }

  /** What the layer's own change sends: Ẇ S + ḃ, or ξ. */
  private ownCurrent(layer: Layer, tangent: Moving, from: { row: number; spikes: number[] }): number[] {
    if (!tangent.layers.has(layer)) return zeros(layer.outputs);
    if (tangent.currents) return tangent.currents(layer, from.row);
    const direction = tangent.ofRow?.(layer.factor, from.row) ?? tangent.direction;
    return this.sent(layer, direction, from.spikes);
  }

  private surrogate(layer: Layer, distance: readonly number[], t: number, row: number): number[] {
    const { meter } = this;
    const { kind, sigma, samples } = this.task.specs.method.surrogate;
    if (kind === 'SG') return distance.map((x) => meter.gaussian(x, sigma));
    const sums = zeros(distance.length);
    const delta = new Float64Array(distance.length);
    for (let k = 0; k < samples; k++) {
      this.samples.fill(layer.index, t, row, k, delta);
      distance.forEach((x, j) => {
        const shift = meter.multiply(sigma, delta[j]);
        const crosses = meter.add(x, shift) >= 0 !== x >= 0;
        sums[j] = meter.add(sums[j], crosses ? Math.abs(shift) : 0);
      });
    }
    return sums.map((sum) => meter.multiply(sum, 1 / (sigma * sigma * samples)));
  }
}
