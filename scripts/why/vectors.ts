import type { Layer } from '../../src/snn/network.ts';

/** The part of a gradient that belongs to a layer. */
export const partOf = (gradient: Float64Array, { weights, end }: Layer): Float64Array =>
  gradient.subarray(weights, end);

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** a - b. */
export const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, j) => value - b[j]);

/** Mean of draws of a vector, added one by one, and how uncertain it is. */
export class Mean {
  private draws = 0;
  private readonly sum: Float64Array;
  private squares = 0;

  constructor(size: number) {
    this.sum = new Float64Array(size);
  }

  add(draw: Float64Array): void {
    this.draws++;
    for (let j = 0; j < draw.length; j++) this.sum[j] += draw[j];
    this.squares += dot(draw, draw);
  }

  get value(): Float64Array {
    return this.sum.map((value) => value / this.draws);
  }

  /** Trace of the covariance of the draws, unbiased. */
  get variance(): number {
    return (this.squares - dot(this.sum, this.sum) / this.draws) / (this.draws - 1);
  }

  /** |E|² without the part that the noise of the draws adds to |mean|²; may come out below 0 where there is nothing but noise. */
  get square(): number {
    return (dot(this.sum, this.sum) - this.squares) / (this.draws * (this.draws - 1));
  }

  /** Standard error of the mean, as a share of its length: √(trace of the covariance / draws) / |E|. */
  get error(): number {
    return Math.sqrt(Math.max(0, this.variance) / this.draws / this.square);
  }
}
