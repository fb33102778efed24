import { PROBLEMS } from '../problems/index.ts';
import type { DataProgress, ProblemData } from '../problems/problem.ts';
import type { Config } from '../training/config.ts';
import { problemParams } from '../training/specs.ts';

/** Problems whose data are kept. */
const KEPT = 4;

/** Data of the problems in use: equal problems share them, so that lanes learn from the same samples. */
export class DataStore {
  private readonly made = new Map<string, ProblemData>();

  /** Data of a configuration's problem; made when they are first asked for, with progress. */
  async dataOf(config: Config, report: (progress: DataProgress) => void): Promise<ProblemData> {
    const params = problemParams(config);
    const key = JSON.stringify([config.experiment, params]);
    let data = this.made.get(key);
    if (!data) {
      const problem = PROBLEMS[config.experiment];
      await problem.load?.(params);
      const steps = problem.generate(params);
      let next = steps.next();
      for (; !next.done; next = steps.next()) report(next.value);
      data = next.value;
      if (this.made.size >= KEPT) this.made.clear();
      this.made.set(key, data);
    }
    return data;
  }
}
