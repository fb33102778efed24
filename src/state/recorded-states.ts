import { fromBase64, toBase64 } from '../training/base64.ts';
import type { RunState } from '../training/engine.ts';
import recorded from './first-run-states.json' with { type: 'json' };

/** States of one run, without any change on its way. */
interface PackedStates {
  readonly seed: number;
  /** Steps at which they stand, increasing. */
  readonly steps: readonly number[];
  /** Little-endian float32, as WebAssembly computes with: θ, m, v of the first, of the second … */
  readonly numbers: string;
}

/** @throws Error when numbers are no float32: a replay from them would be of another run. */
export function packStates(states: readonly RunState[]): PackedStates {
  const numbers = states.flatMap(({ theta, m, v }) => [...theta, ...m, ...v]);
  const single = Float32Array.from(numbers);
  if (numbers.some((number, i) => number !== single[i])) throw new Error('The states are no float32');
  return {
    seed: states[0].seed,
    steps: states.map(({ step }) => step),
    numbers: toBase64(new Uint8Array(single.buffer)),
  };
}

/** Inverse of `packStates`. */
export function unpackStates({ seed, steps, numbers }: PackedStates): RunState[] {
  const all = Float64Array.from(new Float32Array(fromBase64(numbers).buffer));
  const size = all.length / steps.length / 3;
  return steps.map((step, i) => {
    const part = (n: number) => all.slice((3 * i + n) * size, (3 * i + n + 1) * size);
    return { theta: part(0), m: part(1), v: part(2), step, momentSteps: step, seed };
  });
}

/** States of the recorded run, from which any moment of it is replayed. */
export const recordedStates = (): RunState[] => unpackStates(recorded);
