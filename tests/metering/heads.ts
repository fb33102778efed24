import type { Head } from '../../src/snn/network.ts';
import { type HeadPass, type Moving, Stage, type Trail, zeros } from './stage.ts';

/** Read-outs, products and losses of all heads, and their derivative along a tangent. */
export class Heads extends Stage {
  passes(theta: ArrayLike<number>, trails: readonly Trail[], want: 'loss' | 'error'): HeadPass[] {
    return this.task.specs.layout.heads.map((head) => this.pass(head, theta, trails, want));
  }

  pass(
    head: Head,
    theta: ArrayLike<number>,
    trails: readonly Trail[],
    want: 'output' | 'loss' | 'error',
  ): HeadPass {
    const { meter } = this;
    const { layout } = this.task.specs;
    meter.part(head === layout.heads[0] ? 'output' : 'local');
    const { centred, q } = this.projections(head, theta, trails);
    const y = this.product(q, head.rank);
    const error: number[] = [];
    let squares = 0;
    if (want === 'output') return { head, centred, q, loss: 0, error };
    y.forEach((value, n) => {
      const difference = meter.subtract(value, this.data.target[n]);
      squares = meter.add(squares, meter.multiply(difference, difference));
      if (want === 'error') error.push(meter.multiply((2 * head.weight) / y.length, difference));
    });
    return { head, centred, q, loss: meter.multiply(squares, head.weight / y.length), error };
  }

  projections(
    head: Head,
    theta: ArrayLike<number>,
    trails: readonly (Pick<Trail, 'rates'> | undefined)[],
  ): Pick<HeadPass, 'centred' | 'q'> {
    const { meter } = this;
    const { layout, network } = this.task.specs;
    const centred = head.layers.map((index, m) =>
      (trails[m]?.rates ?? []).map((rates) => {
        const r = rates[layout.layers[index].depth];
        return network.centre === 0 ? r : r.map((rate) => meter.subtract(rate, network.centre));
      }),
    );
    const q = head.layers.map((index, m) =>
      centred[m].map((r, row) =>
        this.affine(layout.layers[index], theta, r).map((p) =>
          meter.multiply(this.data.factors[m].scale[row], p),
        ),
      ),
    );
    return { centred, q };
  }

  total(passes: readonly HeadPass[]): number {
    return passes.reduce((loss, pass) => {
      this.meter.part(pass === passes[0] ? 'output' : 'local');
      return this.meter.add(loss, pass.loss);
    }, 0);
  }

  /** Σ_i Π_m q_m[n_m]_i on the tensor product of the rows, last index fastest. */
  private product(q: readonly number[][][], rank: number): number[] {
    const { meter } = this;
    let prefix = q[0];
    for (const next of q.slice(1))
      prefix = prefix.flatMap((left) => next.map((right) => left.map((p, i) => meter.multiply(p, right[i]))));
    return prefix.map((values) => {
      let y = 0;
      for (let i = 0; i < rank; i++) y = meter.add(y, values[i]);
      return y;
    });
  }

  /** ∇L · θ̇ of one tangent. */
  number(
    tangent: Moving,
    k: number,
    theta: ArrayLike<number>,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
  ): number {
    const { meter } = this;
    const { layout } = this.task.specs;
    meter.part('tangents');
    let derivative = 0;
    for (const { head, centred, q, error } of passes) {
      let sum: number[] | undefined;
      head.layers.forEach((index, m) => {
        const layer = layout.layers[index];
        const own = tangent.layers.has(layer);
        const through = this.moves(layout.hidden[m][layer.depth], tangent);
        if (!own && !through) return;
        const moving = centred[m].map((r, row) => {
          let p = own ? this.affine(layer, tangent.direction, r) : zeros(layer.outputs);
          if (through) {
            const rates = trails[m].tangentRates[k][row][layer.depth];
            p = p.map((value, i) => {
              for (let j = 0; j < layer.inputs; j++)
                value = meter.add(
                  value,
                  meter.multiply(theta[layer.weights + i * layer.inputs + j], rates[j]),
                );
              return value;
            });
          }
          return p.map((value) => meter.multiply(this.data.factors[m].scale[row], value));
        });
        const part = this.product(
          q.map((values, other) => (other === m ? moving : values)),
          head.rank,
        );
        sum = sum ? sum.map((value, n) => meter.add(value, part[n])) : part;
      });
      sum?.forEach((value, n) => {
        derivative = meter.add(derivative, meter.multiply(error[n], value));
      });
    }
    return derivative;
  }
}
