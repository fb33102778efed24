import { relativeL2 } from '../problems/problem.ts';
import type { Dataset, FactorData, Network } from '../snn/network.ts';
import type { Engine } from './engine.ts';

/** Whether a network reads a sequence. */
export const readsSequence = ({ factors }: Pick<Network, 'factors'>): boolean =>
  factors.some(({ sequence }) => sequence);

/** Lengths of a window at which errors are measured, at most. */
const LENGTHS = 12;

/** Numbers of last time steps, whole samples up to all of them, spaced as on a logarithmic axis. */
export function windowLengths({
  T,
  sampleSteps,
}: {
  readonly T: number;
  readonly sampleSteps: number;
}): number[] {
  const most = T / sampleSteps;
  const samples = Array.from({ length: LENGTHS }, (_, i) => Math.round(most ** (i / (LENGTHS - 1))));
  return [...new Set(samples)].map((count) => count * sampleSteps);
}

/**
 * Relative L2 errors of a network that is fed no more than the last so many time steps of its sequences, from the first one on, and read
 * after them. @throws RangeError for more time steps than it has
 */
export async function errorsByLength(
  engine: Pick<Engine, 'outputs'>,
  network: Network,
  theta: Float64Array,
  set: Dataset,
  lengths: readonly number[],
): Promise<number[]> {
  // Of mean rates only a filter that forgets nothing is read at another time.
  const factors = network.factors.map((factor) =>
    factor.sequence ? { ...factor, readDecay: factor.readDecay ?? 1 } : factor,
  );
  const errors: number[] = [];
  for (const steps of lengths)
    errors.push(
      relativeL2(await engine.outputs({ ...network, factors }, theta, fedLast(network, set, steps)), set),
    );
  return errors;
}

function fedLast({ T, factors }: Network, set: Dataset, steps: number): Dataset {
  if (steps > T) throw new RangeError(`time steps: ${steps} is not allowed; allowed: at most ${T}`);
  const cut = set.factors.map((factor, m): FactorData => {
    if (!factors[m].sequence) return factor;
    const { rows, width } = factor;
    const left = (width / T) * (T - steps);
    const inputs = new Float32Array(factor.inputs.length);
    for (let row = 0; row < rows; row++)
      inputs.set(factor.inputs.subarray(row * width + left, (row + 1) * width), row * width);
    return { ...factor, inputs, readAt: new Uint16Array(rows).fill(steps - 1) };
  });
  return { ...set, factors: cut };
}
