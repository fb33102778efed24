import { weightedMedian } from '../snn/statistics.ts';

/** Less time than this says little of a step: what is cold would decide it, in ms. */
const LEAST_TIMED_MS = 20;

/** Where a clock goes on: a step, and the time in ms that training took until then, if that is known. */
interface ClockStart {
  readonly step: number;
  readonly ms?: number;
}

/** Time that training took, by step; waiting and evaluation are not part of it. */
export class RunClock {
  private marks: { readonly step: number; readonly ms: number }[] = [{ step: 0, ms: 0 }];
  /** Time that the steps before the first mark took is not known: what follows is counted from there. */
  private lost = false;

  constructor({ step, ms }: ClockStart = { step: 0 }) {
    if (step === 0) return;
    this.lost = ms === undefined;
    this.marks = ms === undefined ? [{ step, ms: 0 }] : [...this.marks, { step, ms }];
  }

  /** Forgets what came after `step`. */
  truncate(step: number): void {
    if (step === 0) this.lost = false;
    const ms = this.msAt(step);
    const end = this.marks[this.marks.length - 1].step;
    if (step < end) this.marks = [...this.marks.filter((mark) => mark.step < step), { step, ms }];
  }

  /** Steps `from` to `to` took `ms`; what was known beyond `from` is forgotten. */
  record(from: number, to: number, ms: number): void {
    const startMs = this.msAt(from);
    if (from === 0) this.lost = false;
    this.marks = this.marks.filter(({ step }) => step < from);
    this.marks.push({ step: from, ms: startMs }, { step: to, ms: startMs + ms });
    if (this.marks.length > MOST) this.marks = this.marks.filter((_, i) => i % 2 === 0 || i > MOST / 2);
  }

  /** Median time of the steps from `from` to `to` in ms, each step counted once; undefined until enough of them were timed. */
  median(from = 0, to = Number.POSITIVE_INFINITY): number | undefined {
    const chunks: { value: number; weight: number }[] = [];
    let totalMs = 0;
    for (let i = 1; i < this.marks.length; i++) {
      const [begin, end] = [this.marks[i - 1], this.marks[i]];
      const inside = Math.min(to, end.step) - Math.max(from, begin.step);
      if (inside <= 0) continue;
      const each = (end.ms - begin.ms) / (end.step - begin.step);
      chunks.push({ value: each, weight: inside });
      totalMs += inside * each;
    }
    return totalMs < LEAST_TIMED_MS ? undefined : weightedMedian(chunks);
  }

  /** Time up to `step` in ms, in proportion between two marks; undefined where the steps before were not timed. */
  at(step: number): number | undefined {
    return this.lost && step > 0 ? undefined : this.msAt(step);
  }

  private msAt(step: number): number {
    const after = this.marks.findIndex((mark) => mark.step >= step);
    if (after < 0) return this.marks[this.marks.length - 1].ms;
    const end = this.marks[after];
    if (after === 0 || end.step === step) return end.ms;
    const begin = this.marks[after - 1];
    return begin.ms + ((end.ms - begin.ms) * (step - begin.step)) / (end.step - begin.step);
  }
}

const MOST = 2000;
