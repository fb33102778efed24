/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011). A word depends on (seed, stream, step, index) and on nothing else, so
 * every engine and every lane of a comparison sees the same numbers, in whatever order it asks for them.
 */

/** What a random word is for. The number is part of the key: never reuse or renumber one. */
export const Stream = {
  weights: 1,
  batch: 2,
  direction: 3,
  wsg: 4,
  data: 5,
  hadamardSigns: 6,
  hadamardOrder: 7,
  normalTable: 8,
  activity: 9,
  flipout: 10,
  lab: 11,
  kernels: 12,
} as const;
type StreamId = (typeof Stream)[keyof typeof Stream];

/** Seeds are unsigned 32-bit words. */
export const MAX_SEED = 0xffffffff;

const PARITY = 0x1bd11bda;

/**
 * Two 32-bit words of Threefry-2x32-20 for key (k0, k1) and counter (c0, c1), written to out[at], out[at + 1].
 * All arguments are taken modulo 2³².
 */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array, at = 0): void {
  // The key's words take turns: those whose turn it is are b and c.
  let a = k0 | 0;
  let b = k1 | 0;
  let c = k0 ^ k1 ^ PARITY;
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  for (let block = 1; block <= 5; block++) {
    // Rotations by 13, 15, 26, 6 and by 17, 29, 16, 24, written out: this is most of what drawing signs takes.
    if (block & 1) {
      x = (x + y) | 0;
      y = ((y << 13) | (y >>> 19)) ^ x;
      x = (x + y) | 0;
      y = ((y << 15) | (y >>> 17)) ^ x;
      x = (x + y) | 0;
      y = ((y << 26) | (y >>> 6)) ^ x;
      x = (x + y) | 0;
      y = ((y << 6) | (y >>> 26)) ^ x;
    } else {
      x = (x + y) | 0;
      y = ((y << 17) | (y >>> 15)) ^ x;
      x = (x + y) | 0;
      y = ((y << 29) | (y >>> 3)) ^ x;
      x = (x + y) | 0;
      y = ((y << 16) | (y >>> 16)) ^ x;
      x = (x + y) | 0;
      y = ((y << 24) | (y >>> 8)) ^ x;
    }
    x = (x + b) | 0;
    y = (y + c + block) | 0;
    const turn = a;
    a = b;
    b = c;
    c = turn;
  }
  out[at] = x;
  out[at + 1] = y;
}

/** The second key word of a stream; `part` (0 … 2²⁴-1) separates layers, factors or cycles inside the stream. */
export function streamKey(stream: StreamId, part = 0): number {
  return (stream | (part << 8)) >>> 0;
}

/** Word → uniform number in the open interval (0, 1): its upper 24 bits and a half, in units of 2⁻²⁴. */
export function toUniform(word: number): number {
  return ((word >>> 8) + 0.5) / 16777216;
}

/** Word → integer in [0, n), by the high half of word × n (n up to 2²¹; bias below n/2³²). */
export function toIndex(word: number, n: number): number {
  return Math.floor((word / 4294967296) * n);
}

/** A sequence of words drawn from one (seed, stream, part, step): index 0, 1, 2 … in order. */
export class RandomSequence {
  private readonly pair = new Uint32Array(2);
  private index = 0;
  private readonly key1: number;

  constructor(
    private readonly seed: number,
    stream: StreamId,
    private readonly step = 0,
    part = 0,
  ) {
    this.key1 = streamKey(stream, part);
  }

  /** Next unsigned 32-bit word. */
  word(): number {
    if ((this.index & 1) === 0) threefry(this.seed, this.key1, this.step, this.index >>> 1, this.pair);
    return this.pair[this.index++ & 1];
  }

  /** Next uniform number in (0, 1). */
  uniform(): number {
    return toUniform(this.word());
  }

  /** Next uniform number in (-bound, bound). */
  symmetric(bound: number): number {
    return (2 * this.uniform() - 1) * bound;
  }

  /** Next integer in [0, n). */
  below(n: number): number {
    return toIndex(this.word(), n);
  }

  /** Next normal number, by inversion of the distribution function. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** A random permutation of 0 … n-1 (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}

/**
 * Quantile of the standard normal distribution at p in (0, 1), relative error below 1e-15
 * (Wichura, Algorithm AS 241, PPND16, Applied Statistics 37, 1988).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(A, r)) / horner(B, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const x = r <= 5 ? horner(C, r - 1.6) / horner(D, r - 1.6) : horner(E, r - 5) / horner(F, r - 5);
  return q < 0 ? -x : x;
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

const A = [
  3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
  4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
];
const B = [
  1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
  3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852545925e3,
];
const C = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
];
const D = [
  1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1, 1.4810397642748007459e-1,
  1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const E = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
  2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const F = [
  1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];
