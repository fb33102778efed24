import type { Layout } from '../../../snn/network.ts';
import { cosine } from '../../../training/explain.ts';

/** How an estimate stands to BP's gradient in one layer. */
interface LayerComparison {
  readonly name: string;
  readonly cosine: number;
  /** Length of the estimate over the length of the gradient; undefined where the gradient is zero. */
  readonly ratio?: number;
}

/** Cosine and ratio of lengths, layer by layer. */
export function compareLayers(
  layout: Layout,
  estimate: Float64Array,
  backprop: Float64Array,
): LayerComparison[] {
  return layout.layers.map(({ name, weights, end }) => {
    const [own, exact] = [estimate.subarray(weights, end), backprop.subarray(weights, end)];
    const length = norm(exact);
    return { name, cosine: cosine(own, exact), ratio: length > 0 ? norm(own) / length : undefined };
  });
}

/** ‖v‖. */
function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
