import type { Layer } from '../../src/snn/network.ts';
import { RIDGE, ROUNDS } from '../../src/training/indirect/ridge.ts';
import { Reverse } from './reverse.ts';
import { Stage, type Trail, zeros } from './stage.ts';

type Matrix = number[][];

/** ANN: rates in place of spikes, forward and back. */
export class RateNetwork extends Stage {
  /** Rates of every row of a factor, in the shape of a simulation's. */
  forward(m: number, theta: ArrayLike<number>): Trail {
    const { meter } = this;
    const { network, layout } = this.task.specs;
    const { rows } = this.data.factors[m];
    meter.part('rates');
    const rates = Array.from({ length: rows }, (_, row) => {
      let below: number[] = [];
      return layout.hidden[m].map((layer) => {
        const fed = (j: number) => (layer.depth === 0 ? this.fedTo(layer, row, j) : below);
        below = this.affine(layer, theta, fed).map((z) => {
          meter.keep(32);
          const r = meter.subtract(meter.multiply(z, 1 / network.threshold), 0.5 / network.T);
          return Math.min(1, Math.max(0, r));
        });
        return below;
      });
    });
    return { rates, tangentRates: [], spikes: [], surrogate: [], currents: [] };
  }

  backward(
    m: number,
    theta: ArrayLike<number>,
    { rates }: Trail,
    adjoints: readonly Matrix[],
    gradient: Float64Array,
  ): void {
    const { meter } = this;
    const { network, layout } = this.task.specs;
    adjoints.forEach((ofRow, row) => {
      for (const layer of [...layout.hidden[m]].reverse()) {
        rates[row][layer.depth].forEach((r, j) => {
          const x = layer.depth > 0 ? rates[row][layer.depth - 1] : this.fedTo(layer, row, j);
          const passes = r > 0 && r < 1;
          const z = meter.multiply(passes ? ofRow[layer.depth][j] : 0, 1 / network.threshold);
          gradient[layer.biases + j] = meter.add(gradient[layer.biases + j], z);
          for (let i = 0; i < layer.inputs; i++) {
            const w = layer.weights + j * layer.inputs + i;
            gradient[w] = meter.add(gradient[w], meter.multiply(z, x[i]));
            if (layer.depth === 0) continue;
            const into = ofRow[layer.depth - 1];
            into[i] = meter.add(into[i], meter.multiply(theta[w], z));
          }
        });
      }
    });
  }
}

/** RF: ridge regression of the read-outs, factor by factor. */
export class RidgeFit extends Stage {
  /** @param rates of the last hidden layer: [factor][row][neuron]. */
  fit(theta: Float64Array, rates: readonly Matrix[]): Float64Array {
    const { meter } = this;
    const { layout, network } = this.task.specs;
    const [{ layers, rank }] = layout.heads;
    const readouts = layers.map((index) => layout.layers[index]);
    const fitted = theta.slice();
    meter.part('fit');
    const features = rates.map((ofRows, m) =>
      ofRows.map((r, row) => {
        const scale = this.data.factors[m].scale[row];
        const centred = network.centre === 0 ? r : r.map((rate) => meter.subtract(rate, network.centre));
        return [...centred.map((rate) => meter.multiply(scale, rate)), scale];
      }),
    );
    const grams = features.map((phi) => this.transposed(phi, phi));
    const q = readouts.map((layer, m) => this.applied(features[m], weightsOf(layer, theta)));
    const reverse = new Reverse(meter, this.task, this.data);
    for (let round = 0; round < (readouts.length > 1 ? ROUNDS : 1); round++)
      readouts.forEach((layer, m) => {
        const along = reverse.headAdjoint(Array.from(this.data.target), q, m, rank);
        const half = this.solved(grams[m], this.transposed(features[m], along));
        let others: Matrix = Array.from({ length: rank }, () => new Array<number>(rank).fill(1));
        q.forEach((values, k) => {
          if (k === m) return;
          const gram = this.transposed(values, values);
          others = others.map((line, i) => line.map((value, j) => meter.multiply(value, gram[i][j])));
        });
        const weights = this.solved(others, columns(half));
        weights.forEach((line, i) => {
          for (let j = 0; j < layer.inputs; j++) fitted[layer.weights + i * layer.inputs + j] = line[j];
          fitted[layer.biases + i] = line[layer.inputs];
        });
        q[m] = this.applied(features[m], weights);
      });
    return fitted;
  }

  /** A Wᵀ. */
  private applied(a: Matrix, w: Matrix): Matrix {
    return a.map((line) => w.map((weights) => this.dot(line, weights)));
  }

  /** AᵀB. */
  private transposed(a: Matrix, b: Matrix): Matrix {
    const [left, right] = [columns(a), columns(b)];
    return left.map((x) => right.map((y) => this.dot(x, y)));
  }

  private dot(a: readonly number[], b: readonly number[]): number {
    return a.reduce((sum, value, i) => this.meter.add(sum, this.meter.multiply(value, b[i])), 0);
  }

  /** (A + αI)⁻¹ B: Cholesky, then forward and back substitution. */
  private solved(a: Matrix, b: Matrix): Matrix {
    const { meter } = this;
    const n = a.length;
    const mean = a.reduce((sum, line, i) => meter.add(sum, meter.divide(line[i], n)), 0);
    const ridge = meter.multiply(RIDGE, mean);
    const l = a.map((line, i) => line.map((value, j) => (i === j ? meter.add(value, ridge) : value)));
    const less = (value: number, x: number, y: number) => meter.subtract(value, meter.multiply(x, y));
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        for (let k = 0; k < j; k++) l[i][j] = less(l[i][j], l[i][k], l[j][k]);
        l[i][j] = i === j ? meter.root(l[i][j]) : meter.divide(l[i][j], l[j][j]);
      }
    const x = b.map((line) => [...line]);
    const down = [...x.keys()];
    for (const i of down)
      for (let c = 0; c < x[i].length; c++) {
        for (let k = 0; k < i; k++) x[i][c] = less(x[i][c], l[i][k], x[k][c]);
        x[i][c] = meter.divide(x[i][c], l[i][i]);
      }
    for (const i of down.reverse())
      for (let c = 0; c < x[i].length; c++) {
        for (let k = i + 1; k < n; k++) x[i][c] = less(x[i][c], l[k][i], x[k][c]);
        x[i][c] = meter.divide(x[i][c], l[i][i]);
      }
    return x;
  }
}

const columns = (a: Matrix): Matrix => a[0].map((_, j) => a.map((line) => line[j]));

function weightsOf(layer: Layer, theta: ArrayLike<number>): Matrix {
  return zeros(layer.outputs).map((_, i) => [
    ...zeros(layer.inputs).map((_, j) => theta[layer.weights + i * layer.inputs + j]),
    theta[layer.biases + i],
  ]);
}
