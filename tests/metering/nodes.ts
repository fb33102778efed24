import type { Head, Layer } from '../../src/snn/network.ts';
import { rowPlaces } from '../../src/snn/row-directions.ts';
import { Heads } from './heads.ts';
import { Rows, takesMean } from './rows.ts';
import type { Simulator } from './simulator.ts';
import { type HeadPass, type Trail, zeros } from './stage.ts';

type Matrix = number[][];

/** q⁺, q⁻ and ∂L/∂q half-way between them of a head, [row][i]. */
interface Moved {
  readonly head: Head;
  readonly upper: Matrix;
  readonly lower: Matrix;
  readonly slopes: Matrix;
}

/** Node perturbation after the simulation at rest: rows at shifted currents, and what their losses add to the gradient. */
export class Nodes extends Rows {
  estimate(
    theta: ArrayLike<number>,
    vectors: readonly Float32Array[],
    simulator: Simulator,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
  ): Float64Array {
    const { meter } = this;
    const { layout, method } = this.task.specs;
    const gradient = new Float64Array(layout.size);
    const plus = (j: number, value: number) => {
      gradient[j] = meter.add(gradient[j], value);
    };
    meter.pin('perturbed');
    const adjoints = this.adjoints(passes);
    const scaled = this.scaledAdjoints(adjoints);
    const curvatures = passes.map((pass) => this.curvatures(pass));
    const rows = this.data.factors.map((factor) => factor.rows);
    const places = rowPlaces(layout, 'activity', rows);
    vectors.forEach((vector, k) => {
      meter.keep(32 * vector.length);
      for (const layer of layout.hidden.flat()) {
        const averaged = takesMean(this.task.specs, layer);
        if (averaged && k > 0) continue;
        meter.pin('perturbed');
        const { at, each } = places[layer.index];
        const xi = (row: number) => Array.from(vector.subarray(at + row * each, at + (row + 1) * each));
        const rest = trails[layer.factor];
        const amounts = rest.rates.map((_, row) =>
          xi(row).map((x) => (averaged ? method.epsilon : meter.multiply(method.epsilon, x))),
        );
        const ratesAt = (sign: number) => {
          const shift = (row: number) => amounts[row].map((amount) => sign * amount);
          return simulator.simulate(layer.factor, theta, [], 'nothing', { layer, rest, shift });
        };
        const [above, below] = [ratesAt(1), ratesAt(-1)];
        const heads = passes.flatMap((pass, h) => {
          if (layout.layers[pass.head.layers[layer.factor]].depth < layer.depth) return [];
          const context = { adjoints: adjoints[h][layer.factor], curvature: curvatures[h][layer.factor] };
          return this.moved(theta, layer, pass, above, below, context);
        });
        if (averaged) {
          const changes = this.changesByNeuron(theta, layer, heads, above, below);
          meter.unpin();
          meter.part('estimate');
          changes.forEach((change, row) => {
            this.activity(layer, row, 1 / (2 * method.epsilon), change, trails, plus);
          });
          continue;
        }
        const changes = zeros(rest.rates.length);
        for (const { upper, lower, slopes } of heads)
          slopes.forEach((slope, row) => {
            slope.forEach((gradient, i) => {
              const moved = meter.subtract(upper[row][i], lower[row][i]);
              changes[row] = meter.add(changes[row], meter.multiply(moved, gradient));
            });
          });
        const numbers = changes.map((change) => meter.multiply(change, 1 / (2 * method.epsilon)));
        meter.unpin();
        meter.part('estimate');
        numbers.forEach((c, row) => {
          this.activity(layer, row, meter.multiply(c, 1 / vectors.length), xi(row), trails, plus);
        });
      }
    });
    meter.unpin();
    this.deltaRule(passes, scaled, plus);
    return gradient;
  }

  /** One head's q⁺ and q⁻ of every row, and ∂L/∂q half-way. */
  private moved(
    theta: ArrayLike<number>,
    { factor }: Layer,
    { head, q }: HeadPass,
    above: Trail,
    below: Trail,
    { adjoints, curvature }: { adjoints: Matrix; curvature: Matrix },
  ): Moved {
    const { meter } = this;
    const points = this.data.factors.reduce((n, { rows }) => n * rows, 1);
    const unit = (2 * head.weight) / points;
    const [upper, lower] = [above, below].map((trail) => this.projected(head, factor, theta, trail));
    const slopes = upper.map((ofRow, row) => {
      const half = ofRow.map((value, i) =>
        meter.subtract(meter.multiply(meter.add(value, lower[row][i]), 0.5), q[factor][row][i]),
      );
      return ofRow.map((_, i) => {
        const slope = half.reduce((sum, h, j) => meter.add(sum, meter.multiply(curvature[i][j], h)), 0);
        return meter.add(adjoints[row][i], meter.multiply(unit, slope));
      });
    });
    return { head, upper, lower, slopes };
  }

  /** What each neuron of a last layer, moved alone, changes of the loss of every row. */
  private changesByNeuron(
    theta: ArrayLike<number>,
    { factor, depth, outputs }: Layer,
    heads: readonly Moved[],
    above: Trail,
    below: Trail,
  ): Matrix {
    const { meter } = this;
    const { scale } = this.data.factors[factor];
    return above.rates.map((rates, row) => {
      const pulls = zeros(outputs);
      for (const { head, slopes } of heads) {
        const { weights, inputs } = this.task.specs.layout.layers[head.layers[factor]];
        slopes[row].forEach((slope, i) => {
          const scaled = meter.multiply(scale[row], slope);
          pulls.forEach((pull, j) => {
            pulls[j] = meter.add(pull, meter.multiply(theta[weights + i * inputs + j], scaled));
          });
        });
      }
      return pulls.map((pull, j) =>
        meter.multiply(meter.subtract(rates[depth][j], below.rates[row][depth][j]), pull),
      );
    });
  }

  /** q of one factor. */
  private projected(head: Head, factor: number, theta: ArrayLike<number>, trail: Trail): Matrix {
    const heads = new Heads(this.meter, this.task, this.data);
    const trails = this.data.factors.map((_, m) => (m === factor ? trail : undefined));
    return heads.projections(head, theta, trails).q[factor];
  }

  /** Π_{k≠m} Q_kᵀ Q_k for every factor m. */
  private curvatures({ head, q }: HeadPass): Matrix[] {
    const { meter } = this;
    const ones = Array.from({ length: head.rank }, () => new Array<number>(head.rank).fill(1));
    if (q.length === 1) return [ones];
    const grams = q.map((rows) =>
      ones.map((line, i) =>
        line.map((_, j) => rows.reduce((sum, r) => meter.add(sum, meter.multiply(r[i], r[j])), 0)),
      ),
    );
    return grams.map((_, m) => {
      const [first, ...rest] = grams.filter((_, k) => k !== m);
      return rest.reduce(
        (product, gram) =>
          product.map((line, i) => line.map((value, j) => meter.multiply(value, gram[i][j]))),
        first,
      );
    });
  }
}
