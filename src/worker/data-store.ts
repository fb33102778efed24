import { PROBLEMS } from '../problems/index.ts';
import type {
  DataProgress,
  DataSamples,
  DataStream,
  Problem,
  ProblemData,
  ProblemParams,
} from '../problems/problem.ts';
import type { Config } from '../training/config.ts';
import type { Pulse } from '../training/pulse.ts';
import { problemParams } from '../training/specs.ts';

/** Told while data are made; samples of functions where there are any. */
type Report = (progress: DataProgress, samples?: () => DataSamples) => void;

/** Problems whose data are kept. */
const KEPT = 4;

/** Data of the problems in use: equal problems share them, so that lanes learn from the same samples. */
export class DataStore {
  private readonly made = new Map<string, { readonly data: ProblemData }>();

  /** Data of a configuration's problem, as far as they are made; begun when they are first asked for, with progress. @throws Interrupted */
  async dataOf(config: Config, report: Report, pulse: Pulse): Promise<ProblemData> {
    const params = problemParams(config);
    const key = JSON.stringify([config.experiment, params]);
    let source = this.made.get(key);
    if (!source) {
      const problem = PROBLEMS[config.experiment];
      await problem.load?.(params);
      source = problem.open
        ? await begun(problem.open(params), report, pulse)
        : { data: await made(problem, params, report, pulse) };
      if (this.made.size >= KEPT) this.made.clear();
      this.made.set(key, source);
    }
    return source.data;
  }
}

async function begun(stream: DataStream, report: Report, pulse: Pulse): Promise<DataStream> {
  for (const progress of stream.begin()) {
    report(progress, () => stream.samples);
    await pulse();
  }
  return stream;
}

async function made(
  problem: Problem,
  params: ProblemParams,
  report: Report,
  pulse: Pulse,
): Promise<ProblemData> {
  const steps = problem.generate(params);
  let next = steps.next();
  for (; !next.done; next = steps.next()) {
    report(next.value);
    await pulse();
  }
  return next.value;
}
