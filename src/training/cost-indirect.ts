import { ROUNDS } from './indirect/ridge.ts';
import { count, dense, type Operations, products, sum, times } from './operations.ts';
import type { Specs } from './specs.ts';

/** What the methods without a gradient of the spiking network cost, by the rules of cost.ts. */

/** ANN: z = W r + b and r = clip(z/ϑ - 1/(2T)) of every rate neuron, once a row. */
export function rateForward({ layout, batch }: Specs): Operations {
  return sum(
    ...layout.hidden.flat().map((layer) => {
      const neurons = batch.rows[layer.factor] * layer.outputs;
      return sum(dense(neurons * layer.inputs), count(neurons, neurons));
    }),
  );
}

/** ANN: z̄ = r̄'/ϑ, ∂L/∂b, ∂L/∂W = z̄ rᵀ, and Wᵀ z̄ but for the inputs. */
export function rateReverse({ layout, batch }: Specs): Operations {
  return sum(
    ...layout.hidden.flat().map((layer) => {
      const neurons = batch.rows[layer.factor] * layer.outputs;
      return sum(count(neurons, neurons), dense(neurons * layer.inputs * (layer.depth > 0 ? 2 : 1)));
    }),
  );
}

/** RF: the fit of the read-outs to mean rates on `rows` of each factor; see indirect/ridge.ts. */
export function ridgeFit({ network, layout }: Specs, rows: readonly number[]): Operations {
  const [{ layers, rank }] = layout.heads;
  const widths = layers.map((index) => layout.layers[index].inputs + 1);
  const points = rows.reduce((n, r) => n * r, 1);
  const centred = network.centre === 0 ? 0 : 1;
  const prepared = widths.map((n, m) =>
    sum(
      count(centred * rows[m] * (n - 1), rows[m] * (n - 1)),
      dense(rows[m] * n * n), // ΦᵀΦ
      dense(rows[m] * n * rank), // q
    ),
  );
  const round = widths.map((n, m) => {
    const others = rows.filter((_, k) => k !== m);
    return sum(
      count(points * rank, points * rank * others.length), // ∂⟨u, y⟩/∂q
      dense(rows[m] * n * rank), // Φᵀ of it
      solve(n, rank),
      ...others.map((r) => sum(dense(r * rank * rank), products(rank * rank))), // G
      solve(rank, n),
      dense(rows[m] * n * rank), // q anew
    );
  });
  return sum(...prepared, times(widths.length > 1 ? ROUNDS : 1, sum(...round)));
}

/** (A + αI)⁻¹ B by Cholesky's decomposition, A n × n, B n × m. */
function solve(n: number, m: number): Operations {
  const ridge = sum(count(2 * n, n), products(1));
  const decomposition = sum(dense(((n - 1) * n * (n + 1)) / 6), products((n * (n + 1)) / 2));
  const substitution = times(2 * m, sum(dense((n * (n - 1)) / 2), products(n)));
  return sum(ridge, decomposition, substitution);
}
