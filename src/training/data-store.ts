import { EXPERIMENTS } from '../experiments/table.ts';
import type {
  DataProgress,
  DataSamples,
  DataStream,
  Problem,
  ProblemData,
  ProblemParams,
} from '../problems/problem.ts';
import type { Config } from './config.ts';
import type { Pulse } from './pulse.ts';
import { problemParams } from './specs.ts';

/** Told while data are made; samples of functions where there are any. */
type Report = (progress: DataProgress, samples?: () => DataSamples) => void;

const NOT_INTERRUPTED: Pulse = () => undefined;

/** Data of the problems in use: equal problems share them, so that runs learn from the same samples. */
export class DataStore {
  /** Oldest first. */
  private readonly sources = new Map<string, { readonly data: ProblemData }>();

  /** @param most problems whose data are kept */
  constructor(private readonly most: number) {}

  /**
   * Data of a configuration's problem, as far as they are made; begun when they are first asked for, with progress.
   * @throws Interrupted by the pulse; FormulaError; RangeError of a solver
   */
  async dataOf(
    config: Config,
    report: Report = () => undefined,
    pulse: Pulse = NOT_INTERRUPTED,
  ): Promise<ProblemData> {
    const params = problemParams(config);
    const key = JSON.stringify([config.experiment, params]);
    let source = this.sources.get(key);
    if (!source) {
      const problem = EXPERIMENTS[config.experiment];
      await problem.load?.(params);
      source = problem.open
        ? await begin(problem.open(params), report, pulse)
        : { data: await generate(problem, params, report, pulse) };
      this.sources.set(key, source);
      for (const oldest of this.sources.keys())
        if (this.sources.size > this.most) this.sources.delete(oldest);
    }
    return source.data;
  }

  /** Data of a configuration's problem, with every function solved. @throws FormulaError; RangeError of a solver */
  async allDataOf(config: Config): Promise<ProblemData> {
    const { stream } = await this.dataOf(config);
    while (stream?.advance());
    return this.dataOf(config);
  }
}

async function begin(stream: DataStream, report: Report, pulse: Pulse): Promise<DataStream> {
  for (const progress of stream.begin()) {
    report(progress, () => stream.samples);
    await pulse();
  }
  return stream;
}

async function generate(
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
