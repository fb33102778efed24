/** Time that training took, by step; waiting and evaluation are not part of it. */
export class RunClock {
  private marks: { readonly step: number; readonly ms: number }[] = [{ step: 0, ms: 0 }];

  /** Steps `from` to `to` took `ms`; what was known beyond `from` is forgotten. */
  record(from: number, to: number, ms: number): void {
    const begun = this.at(from);
    this.marks = this.marks.filter(({ step }) => step < from);
    this.marks.push({ step: from, ms: begun }, { step: to, ms: begun + ms });
    if (this.marks.length > MOST) this.marks = this.marks.filter((_, i) => i % 2 === 0 || i > MOST / 2);
  }

  /** Time up to `step` in ms, in proportion between two marks. */
  at(step: number): number {
    const after = this.marks.findIndex((mark) => mark.step >= step);
    if (after < 0) return this.marks[this.marks.length - 1].ms;
    const end = this.marks[after];
    if (after === 0 || end.step === step) return end.ms;
    const begin = this.marks[after - 1];
    return begin.ms + ((end.ms - begin.ms) * (step - begin.step)) / (end.step - begin.step);
  }
}

const MOST = 2000;
