import { RandomSequence, Stream } from '../snn/random.ts';
import { SeriesPart } from './series/part.ts';
import { wholeNumber } from './whole-number.ts';

/** Turns a window of H samples into inputs over time: T steps of `width` numbers. */
export interface Coding {
  readonly history: number;
  readonly T: number;
  readonly width: number;
  /**
   * Writes [t][channel], T · width numbers, to out[at], out[at + 1] …
   * @param window its samples, normalised, from window[from] on
   * @param number of the window: codings that draw do so from a sequence of its own
   */
  write(window: ArrayLike<number>, from: number, number: number, out: Float32Array, at: number): void;
}

/**
 * Which samples of a window are shown when: `side` of them side by side, one a channel, each such group for `steps` time steps, the
 * earliest first. Hence T = steps · H/side. With side = 1 the order of the samples is that of time; with side = H each has a channel of its own.
 */
export interface Arrangement {
  /** Samples H of a window. */
  readonly history: number;
  /** A divisor of H. */
  readonly side: number;
  readonly steps: number;
}

/** The values that stand for the least input and for the greatest; what lies beyond them counts as they do. */
export interface CodedRange {
  readonly from: number;
  readonly to: number;
}

/** Values as they are, each held over its steps. */
export const direct = (arrangement: Arrangement): Coding => arranged(arrangement, () => (value) => value);

/**
 * Rate coding: at each of a sample's steps a spike, 1, with the probability p = (value - from)/(to - from), held within [0, 1]; else
 * 0. What is drawn depends on the seed and the window's number alone.
 */
export function rate(arrangement: Arrangement, range: CodedRange, seed: number): Coding {
  const share = shareOf(range);
  return arranged(arrangement, (number) => {
    const random = new RandomSequence(seed, Stream.data, number, SeriesPart.spikes);
    return (value) => (random.uniform() < share(value) ? 1 : 0);
  });
}

/** Latency coding: of each sample one spike, at its step round((1 - p) (steps - 1)), the earlier the larger it is; p as in `rate`. */
export function latency(arrangement: Arrangement, range: CodedRange): Coding {
  const share = shareOf(range);
  const last = arrangement.steps - 1;
  return arranged(
    arrangement,
    () => (value, step) => (step === Math.round((1 - share(value)) * last) ? 1 : 0),
  );
}

/**
 * Delta coding, send on delta: T = steps · H and two channels, up and down. A sample that lies by `step` or more above (below) the
 * reference is a spike on the first (second) channel, at the first of its steps, and the reference from then on; it begins as the
 * window's first sample. Only changes are told: windows that differ by a constant are coded alike.
 */
export function delta({ history, steps }: Pick<Arrangement, 'history' | 'steps'>, step: number): Coding {
  wholeNumber('history', history);
  wholeNumber('steps', steps);
  if (!(step > 0 && Number.isFinite(step)))
    throw new RangeError(`step: ${step} is not allowed; allowed: a number above 0`);
  return {
    history,
    T: steps * history,
    width: 2,
    write(window, from, _, out, at) {
      let reference = window[from];
      out.fill(0, at, at + 2 * steps * history);
      for (let i = 0; i < history; i++) {
        const change = window[from + i] - reference;
        if (!(Math.abs(change) >= step)) continue;
        out[at + 2 * steps * i + (change > 0 ? 0 : 1)] = 1;
        reference = window[from + i];
      }
    },
  };
}

/**
 * Windows [window][sample], coded: [window][t][channel].
 * @param numbers one of each window, no two alike: the indices of their last samples
 */
export function codeWindows(
  coding: Coding,
  windows: ArrayLike<number>,
  numbers: ArrayLike<number>,
): Float32Array {
  const { history, T, width, write } = coding;
  if (windows.length !== numbers.length * history)
    throw new RangeError(
      `windows: ${windows.length} numbers are not allowed; allowed: ${history} for each of ${numbers.length} windows`,
    );
  const out = new Float32Array(numbers.length * T * width);
  for (let n = 0; n < numbers.length; n++) write(windows, n * history, numbers[n], out, n * T * width);
  return out;
}

/** What stands for a value at one of its steps. */
type Cell = (value: number, step: number) => number;

/** @param cells of a window by its number, asked step after step, and channel by channel within a step */
function arranged({ history, side, steps }: Arrangement, cells: (number: number) => Cell): Coding {
  wholeNumber('history', history);
  wholeNumber('steps', steps);
  wholeNumber('side', side);
  if (history % side !== 0)
    throw new RangeError(`side: ${side} is not allowed; allowed: divisors of the history, ${history}`);
  const T = steps * (history / side);
  return {
    history,
    T,
    width: side,
    write(window, from, number, out, at) {
      const cell = cells(number);
      for (let t = 0; t < T; t++) {
        const first = from + Math.floor(t / steps) * side;
        for (let c = 0; c < side; c++) out[at + t * side + c] = cell(window[first + c], t % steps);
      }
    },
  };
}

function shareOf({ from, to }: CodedRange): (value: number) => number {
  if (!(to > from && Number.isFinite(to - from)))
    throw new RangeError(`range: ${from} to ${to} is not allowed; allowed: from a number to a greater one`);
  return (value) => Math.max(0, Math.min(1, (value - from) / (to - from)));
}
