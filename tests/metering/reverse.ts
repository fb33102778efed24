import { isHeld, timeWeights } from '../../src/snn/network.ts';
import { kernelsOf, SynapseAdjoints } from '../../src/snn/synapse.ts';
import { type HeadPass, Stage, type Trail, zeros } from './stage.ts';

/** BP: adjoints of the heads, then the scan back through time of every factor. */
export class Reverse extends Stage {
  gradient(theta: ArrayLike<number>, trails: readonly Trail[], passes: readonly HeadPass[]): Float64Array {
    const gradient = new Float64Array(this.task.specs.layout.size);
    const adjoints = this.heads(theta, trails, passes, gradient);
    for (const [m, trail] of trails.entries()) this.scan(m, theta, trail, adjoints[m], gradient);
    return gradient;
  }

  /** Adds the heads' part of the gradient; ∂L/∂r̄ as [factor][row][depth][neuron]. */
  heads(
    theta: ArrayLike<number>,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
    gradient: Float64Array,
  ): number[][][][] {
    const { meter } = this;
    const { layout } = this.task.specs;
    const plus = (j: number, value: number) => {
      gradient[j] = meter.add(gradient[j], value);
    };
    meter.part('reverse');
    const rateAdjoint = trails.map((trail) => trail.rates.map((rates) => rates.map((r) => zeros(r.length))));
    for (const { head, centred, q, error } of passes)
      head.layers.forEach((index, m) => {
        const layer = layout.layers[index];
        this.headAdjoint(error, q, m, head.rank).forEach((adjoint, row) => {
          const into = rateAdjoint[m][row][layer.depth];
          adjoint.forEach((unscaled, i) => {
            const a = meter.multiply(this.data.factors[m].scale[row], unscaled);
            plus(layer.biases + i, a);
            for (let j = 0; j < layer.inputs; j++) {
              const w = layer.weights + i * layer.inputs + j;
              plus(w, meter.multiply(a, centred[m][row][j]));
              into[j] = meter.add(into[j], meter.multiply(theta[w], a));
            }
          });
        });
      });
    return rateAdjoint;
  }

  /** ∂L/∂q_m[row]_i. */
  headAdjoint(error: readonly number[], q: readonly number[][][], m: number, rank: number): number[][] {
    const { meter } = this;
    const adjoint = q[m].map(() => zeros(rank));
    const index = q.map(() => 0);
    for (const e of error) {
      for (let i = 0; i < rank; i++) {
        let product = e;
        for (let k = 0; k < q.length; k++) if (k !== m) product = meter.multiply(product, q[k][index[k]][i]);
        adjoint[index[m]][i] = meter.add(adjoint[index[m]][i], product);
      }
      for (let k = q.length - 1; k >= 0 && ++index[k] === q[k].length; k--) index[k] = 0;
    }
    return adjoint;
  }

  private scan(
    m: number,
    theta: ArrayLike<number>,
    trail: Trail,
    rateAdjoint: readonly number[][][],
    gradient: Float64Array,
  ): void {
    const { meter } = this;
    const plus = (j: number, value: number) => {
      gradient[j] = meter.add(gradient[j], value);
    };
    const { network, layout } = this.task.specs;
    const layers = layout.hidden[m];
    const { width, inputs } = this.data.factors[m];
    const { sequence, inputs: each } = network.factors[m];
    const held = isHeld(network, m);
    rateAdjoint.forEach((ofRow, row) => {
      const share = network.readDecay === undefined ? undefined : timeWeights(network);
      const perStep = ofRow.map((r) => (share ? r : r.map((value) => meter.multiply(value, 1 / network.T))));
      const adjoint = layers.map((layer) => zeros(layer.outputs));
      const kernels = layers.map((layer) => kernelsOf(network, layer));
      const synapses = kernels.map((one) => one && new SynapseAdjoints(one, network.T, meter));
      // Of the currents: those of the membranes where there are no synapses.
      const sent = layers.map((layer, d) => (synapses[d] ? zeros(layer.outputs) : adjoint[d]));
      const sums = zeros(layers[0].outputs);
      for (let t = network.T - 1; t >= 0; t--)
        for (const layer of [...layers].reverse()) {
          const next = layers[layer.depth + 1];
          const biases = zeros(layer.outputs);
          for (let j = 0; j < layer.outputs; j++) {
            const own = perStep[layer.depth][j];
            let spike = share ? meter.multiply(share[t], own) : own;
            for (let i = 0; next && i < next.outputs; i++) {
              const w = theta[next.weights + i * next.inputs + j];
              spike = meter.add(spike, meter.multiply(w, sent[next.depth][i]));
            }
            const f = trail.surrogate[row][t][layer.depth][j];
            const spiked = trail.spikes[row][t][layer.depth][j];
            const leak = kernels[layer.depth]?.leak[j];
            adjoint[layer.depth][j] = this.neuron.adjoint(adjoint[layer.depth][j], spiked, f, spike, leak);
          }
          const synapse = synapses[layer.depth];
          const toBias = (j: number, value: number) => {
            biases[j] = value;
          };
          if (synapse) synapse.back(t, adjoint[layer.depth], sent[layer.depth], toBias);
          else
            adjoint[layer.depth].forEach((value, j) => {
              toBias(j, value);
            });
          sent[layer.depth].forEach((a, j) => {
            if (layer.depth === 0 && held) {
              sums[j] = meter.add(sums[j], a);
              return;
            }
            plus(layer.biases + j, biases[j]);
            if (layer.depth === 0)
              for (let i = 0; i < each; i++)
                plus(
                  layer.weights + j * each + i,
                  meter.multiply(a, inputs[row * width + (sequence ? t * each : 0) + i]),
                );
            else
              trail.spikes[row][t][layer.depth - 1].forEach((s, i) => {
                if (s === 1) plus(layer.weights + j * layer.inputs + i, a);
              });
          });
        }
      if (!held) return;
      sums.forEach((sum, j) => {
        plus(layers[0].biases + j, sum);
        for (let i = 0; i < width; i++)
          plus(layers[0].weights + j * width + i, meter.multiply(sum, inputs[row * width + i]));
      });
    });
  }
}
