import { RandomSequence, Stream } from '../snn/random.ts';
import { cholesky } from './linear-algebra.ts';

/**
 * Training and test functions come from disjoint random streams. The number is part of the key: never change
 * one.
 */
export const FieldPart = { train: 1, test: 2 } as const;
type FieldPartId = (typeof FieldPart)[keyof typeof FieldPart];

/** Added to the kernel's diagonal, because the kernel of a smooth field is singular to rounding. */
const JITTER = 1e-10;
const MAX_JITTER = 1e-4;

/** A Gaussian random field restricted to nodes: its samples are L z with z ~ N(0, I). */
interface GaussianField {
  readonly nodes: Float64Array;
  /** L, lower triangular, nodes × nodes row by row. */
  readonly factor: Float64Array;
  /** What was added to the kernel's diagonal. */
  readonly jitter: number;
}

/**
 * The field with mean 0 and covariance exp(-(x - x')² / 2ℓ²), variance 1, on the given nodes (ℓ in their
 * unit). L Lᵀ = kernel + jitter · I with the smallest jitter of 1e-10, 1e-9, … that lets the factorisation
 * succeed; a sample so carries white noise of standard deviation √jitter. Throws RangeError unless ℓ is
 * positive and finite and the nodes are finite and not empty.
 */
export function gaussianField(nodes: Float64Array, lengthScale: number): GaussianField {
  if (!(lengthScale > 0 && Number.isFinite(lengthScale))) {
    throw new RangeError(`lengthScale must be a positive number, not ${lengthScale}`);
  }
  if (nodes.length === 0 || !nodes.every(Number.isFinite))
    throw new RangeError('nodes must be finite numbers');
  const n = nodes.length;
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++)
      kernel[i * n + j] = Math.exp(-(((nodes[i] - nodes[j]) / lengthScale) ** 2) / 2);
  }
  for (let jitter = JITTER; jitter < MAX_JITTER; jitter *= 10) {
    for (let i = 0; i < n; i++) kernel[i * n + i] = 1 + jitter;
    const factor = cholesky(kernel, n);
    if (factor) return { nodes, factor, jitter };
  }
  throw new RangeError(`no Cholesky factor for lengthScale ${lengthScale} on ${n} nodes`);
}

/**
 * Function number `index` of a part at the field's nodes. It depends on (field, seed, part, index) and on
 * nothing else, so it does not change with the number of functions drawn; with ℓ alone it changes smoothly.
 */
export function sampleField(
  field: GaussianField,
  seed: number,
  part: FieldPartId,
  index: number,
): Float64Array {
  const n = field.nodes.length;
  const random = new RandomSequence(seed, Stream.data, index, part);
  const z = Float64Array.from({ length: n }, () => random.normal());
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += field.factor[i * n + j] * z[j];
    values[i] = sum;
  }
  return values;
}
