import type { Dataset, Layer } from '../../src/snn/network.ts';
import { rowDirection, rowPlaces } from '../../src/snn/row-directions.ts';
import type { Task } from '../../src/training/engine.ts';
import { Reverse } from './reverse.ts';
import { type HeadPass, type Moving, Stage, type Trail, zeros } from './stage.ts';

/** A tangent along which every row moves in its own way. */
type MovingRows = Moving & { readonly ofRow: NonNullable<Moving['ofRow']> };

/** Under the law `mean` of A: nothing but linear layers above it, so that one direction has the mean over all signs. */
export const takesMean = ({ layout, directions }: Task['specs'], { factor, depth, role }: Layer): boolean =>
  directions.law === 'mean' && role === 'hidden' && depth === layout.hidden[factor].length - 1;

/** Flipout: a tangent for each direction (G), or for each direction and layer; A: for each draw and hidden layer. */
export function movingRows({ specs }: Task, data: Dataset, vectors: readonly Float32Array[]): MovingRows[] {
  const { layout, method } = specs;
  const kind = method.perturbation;
  const places = rowPlaces(
    layout,
    kind,
    data.factors.map(({ rows }) => rows),
  );
  const groups = method.layerwise ? layout.layers.map((layer) => [layer]) : [layout.layers];
  return vectors.flatMap((vector, k) =>
    groups
      .filter(([layer]) => kind === 'flipout' || layer.role === 'hidden')
      .filter(([layer]) => k === 0 || !takesMean(specs, layer))
      .map((layers): MovingRows => {
        const only = method.layerwise ? layers[0].index : undefined;
        const ofRow = (m: number, row: number) => rowDirection(layout, kind, places, vector, m, row, only);
        const currents = ({ index, outputs }: Layer, row: number) => {
          const { at, each } = places[index];
          return Array.from(vector.subarray(at + row * each, at + row * each + outputs));
        };
        const moving = { direction: [], layers: new Set(layers), ofRow };
        return kind === 'activity' ? { ...moving, currents } : moving;
      }),
  );
}

/** Flipout and activity perturbation after the simulation: every row's number, and what it adds to the gradient. */
export class Rows extends Stage {
  gradient(
    theta: ArrayLike<number>,
    moving: readonly MovingRows[],
    draws: number,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
  ): Float64Array {
    const { meter } = this;
    const { layout, method } = this.task.specs;
    const gradient = new Float64Array(layout.size);
    const plus = (j: number, value: number) => {
      gradient[j] = meter.add(gradient[j], value);
    };
    meter.part('tangents');
    const adjoints = this.scaledAdjoints(this.adjoints(passes));
    for (const [k, tangent] of moving.entries()) {
      const [layer] = tangent.layers;
      if (tangent.currents && takesMean(this.task.specs, layer)) {
        meter.part('tangents');
        const changes = this.changes(theta, layer, k, trails, passes, adjoints);
        meter.part('estimate');
        changes.forEach((change, row) => {
          this.activity(layer, row, undefined, change, trails, plus);
        });
        continue;
      }
      const numbers = this.numbers(theta, tangent, k, trails, passes, adjoints);
      meter.part('estimate');
      for (const layer of tangent.layers)
        numbers[layer.factor].forEach((c, row) => {
          const scale = tangent.currents ? 1 : method.scales[layer.index];
          const share = meter.multiply(c, 1 / (draws * scale ** 2));
          if (tangent.currents) this.activity(layer, row, share, tangent.currents(layer, row), trails, plus);
          else {
            const direction = tangent.ofRow(layer.factor, row);
            for (let j = layer.weights; j < layer.end; j++) plus(j, meter.multiply(share, direction[j]));
          }
        });
    }
    if (method.perturbation === 'activity') this.deltaRule(passes, adjoints, plus);
    return gradient;
  }

  /** ∂L/∂q: [head][factor][row][i]. */
  protected adjoints(passes: readonly HeadPass[]): number[][][][] {
    const reverse = new Reverse(this.meter, this.task, this.data);
    return passes.map(({ head, q, error }) =>
      head.layers.map((_, m) => reverse.headAdjoint(error, q, m, head.rank)),
    );
  }

  protected scaledAdjoints(adjoints: readonly number[][][][]): number[][][][] {
    return adjoints.map((ofHead) =>
      ofHead.map((ofFactor, m) =>
        ofFactor.map((ofRow, row) =>
          ofRow.map((a) => this.meter.multiply(this.data.factors[m].scale[row], a)),
        ),
      ),
    );
  }

  /** What each neuron of a last layer, moved alone, changes of the loss of every row. */
  private changes(
    theta: ArrayLike<number>,
    { factor, depth, outputs }: Layer,
    k: number,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
    adjoints: readonly number[][][][],
  ): number[][] {
    const { meter } = this;
    const { layout } = this.task.specs;
    return trails[factor].tangentRates[k].map((ofRow, row) => {
      const pulls = zeros(outputs);
      passes.forEach(({ head }, h) => {
        const reader = layout.layers[head.layers[factor]];
        if (reader.depth !== depth) return;
        adjoints[h][factor][row].forEach((a, i) => {
          pulls.forEach((pull, j) => {
            pulls[j] = meter.add(pull, meter.multiply(theta[reader.weights + i * reader.inputs + j], a));
          });
        });
      });
      return pulls.map((pull, j) => meter.multiply(pull, ofRow[depth][j]));
    });
  }

  /** c[factor][row]. */
  private numbers(
    theta: ArrayLike<number>,
    tangent: MovingRows,
    k: number,
    trails: readonly Trail[],
    passes: readonly HeadPass[],
    adjoints: readonly number[][][][],
  ): number[][] {
    const { meter } = this;
    const { layout } = this.task.specs;
    const numbers = this.data.factors.map(({ rows }) => zeros(rows));
    meter.part('tangents');
    passes.forEach(({ head, centred }, h) => {
      head.layers.forEach((index, m) => {
        const layer = layout.layers[index];
        const own = tangent.layers.has(layer);
        const through = this.moves(layout.hidden[m][layer.depth], tangent);
        if (!own && !through) return;
        centred[m].forEach((r, row) => {
          const direction = tangent.ofRow(m, row);
          const p = own ? this.affine(layer, direction, r) : zeros(layer.outputs);
          const rates = trails[m].tangentRates[k][row][layer.depth];
          p.forEach((value, i) => {
            let sum = value;
            for (let j = 0; through && j < layer.inputs; j++)
              sum = meter.add(sum, meter.multiply(theta[layer.weights + i * layer.inputs + j], rates[j]));
            numbers[m][row] = meter.add(numbers[m][row], meter.multiply(adjoints[h][m][row][i], sum));
          });
        });
      });
    });
    return numbers;
  }

  protected activity(
    layer: Layer,
    row: number,
    share: number | undefined,
    xi: readonly number[],
    trails: readonly Pick<Trail, 'rates'>[],
    plus: (j: number, value: number) => void,
  ): void {
    const { meter } = this;
    xi.forEach((value, j) => {
      const g = share === undefined ? value : meter.multiply(share, value);
      plus(layer.biases + j, g);
      const fed = layer.depth === 0 ? this.fedTo(layer, row, j) : [];
      for (let i = 0; i < layer.inputs; i++) {
        const source = layer.depth > 0 ? trails[layer.factor].rates[row][layer.depth - 1][i] : fed[i];
        plus(layer.weights + j * layer.inputs + i, meter.multiply(g, source));
      }
    });
  }

  protected deltaRule(
    passes: readonly HeadPass[],
    adjoints: readonly number[][][][],
    plus: (j: number, value: number) => void,
  ): void {
    const { meter } = this;
    meter.part('estimate');
    passes.forEach(({ head, centred }, h) => {
      head.layers.forEach((index, m) => {
        const { biases, weights, inputs } = this.task.specs.layout.layers[index];
        adjoints[h][m].forEach((ofRow, row) => {
          ofRow.forEach((a, i) => {
            plus(biases + i, a);
            for (let j = 0; j < inputs; j++)
              plus(weights + i * inputs + j, meter.multiply(a, centred[m][row][j]));
          });
        });
      });
    });
  }
}
