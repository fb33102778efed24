/** Losses of steps 0, 1, 2 …: a growing buffer; `length` entries count, NaN where a loss is not known. */
export class LossSeries {
  buffer = new Float64Array(4096);
  length = 0;
  /** Entries before this one are kept in few levels: good for a curve, but not what was measured. */
  firstMeasured = 0;

  /** The loss of a step as it was measured. */
  measured(step: number): number | undefined {
    const loss = step >= this.firstMeasured && step < this.length ? this.buffer[step] : Number.NaN;
    return Number.isFinite(loss) ? loss : undefined;
  }

  /** Losses of the steps before `end` as they were measured; NaN where they were not. */
  measuredUntil(end: number): Float64Array<ArrayBuffer> {
    const losses = new Float64Array(end).fill(Number.NaN);
    const until = Math.min(end, this.length);
    for (let step = this.firstMeasured; step < until; step++)
      if (Number.isFinite(this.buffer[step])) losses[step] = this.buffer[step];
    return losses;
  }

  /** Replaces what is known from step `first` on. */
  replace(first: number, losses: Float64Array): void {
    const needed = first + losses.length;
    if (needed > this.buffer.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.buffer.length));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    if (first > this.length) this.buffer.fill(Number.NaN, this.length, first);
    this.buffer.set(losses, first);
    this.firstMeasured = Math.min(this.firstMeasured, first);
    this.length = Math.max(needed, losses.length === 0 ? Math.min(this.length, first) : needed);
  }

  get values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}
