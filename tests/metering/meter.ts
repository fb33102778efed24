import type { PartName } from '../../src/training/cost.ts';

/** Test support: arithmetic that counts itself, part by part, and the bits that are kept for the gradient. */
export class Meter {
  readonly parts = new Map<PartName, { additions: number; multiplications: number }>();
  current: PartName = 'simulation';
  bits = 0;
  private pinned = false;

  /** What follows belongs to this part. */
  part(name: PartName): void {
    if (!this.pinned) this.current = name;
  }

  /** Everything belongs to this part until `unpin`. */
  pin(name: PartName): void {
    this.current = name;
    this.pinned = true;
  }

  unpin(): void {
    this.pinned = false;
  }

  keep(bits: number): void {
    this.bits += bits;
  }

  add(a: number, b: number): number {
    this.entry.additions++;
    return a + b;
  }

  subtract(a: number, b: number): number {
    this.entry.additions++;
    return a - b;
  }

  multiply(a: number, b: number): number {
    this.entry.multiplications++;
    return a * b;
  }

  divide(a: number, b: number): number {
    this.entry.multiplications++;
    return a / b;
  }

  root(a: number): number {
    this.entry.multiplications++;
    return Math.sqrt(a);
  }

  /** SG as the kernels compute it: 2^y, the whole part of y in the exponent's bits, the rest by a polynomial. */
  gaussian(x: number, sigma: number): number {
    const y = this.multiply(this.multiply(x, x), -Math.LOG2E / (2 * sigma * sigma));
    const shifted = this.add(y, ROUNDER);
    const whole = this.subtract(shifted, ROUNDER);
    const rest = this.subtract(y, whole);
    let p = EXP2[5] / (sigma * Math.sqrt(2 * Math.PI));
    for (let i = 4; i >= 0; i--)
      p = this.add(this.multiply(p, rest), EXP2[i] / (sigma * Math.sqrt(2 * Math.PI)));
    return p * 2 ** whole;
  }

  private get entry() {
    const known = this.parts.get(this.current);
    if (known) return known;
    const made = { additions: 0, multiplications: 0 };
    this.parts.set(this.current, made);
    return made;
  }
}

/** Adding it leaves the nearest whole number of a float64. */
const ROUNDER = 1.5 * 2 ** 52;
/** 2^r on [-½, ½]. */
const EXP2 = [
  1.0000000716546846, 0.6931469670647554, 0.24022119723840904, 0.05550713273508805, 0.00967554133441664,
  0.001327647198903427,
];
