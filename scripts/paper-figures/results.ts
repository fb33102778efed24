import { Buffer } from 'node:buffer';
import { median } from '../../src/snn/statistics.ts';
import type { Config } from '../../src/training/config.ts';

/** The part of a results file that the figures are made of. */
export interface FigureRun {
  readonly method: string;
  readonly config: Config;
  readonly error: number | null;
  readonly curve: readonly {
    readonly step: number;
    readonly error: number | null;
    readonly training?: number | null;
  }[];
  readonly weights?: string;
}

/** Median, least and greatest over the seeds, at a step. */
export interface Spread {
  readonly step: number;
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/** The spread of a method's errors at every step of its curves. @throws Error when the file has no such runs or errors */
export function spreads(runs: readonly FigureRun[], method: string, kind: 'training' | 'error'): Spread[] {
  const curves = runs.filter((run) => run.method === method).map((run) => run.curve);
  if (curves.length === 0) throw new Error(`no runs of ${method}`);
  return curves[0].map(({ step }, i) => {
    const values = curves.map((curve) => curve[i]?.[kind] ?? Number.NaN).sort((a, b) => a - b);
    if (values.some(Number.isNaN)) throw new Error(`a run of ${method} has no ${kind} at step ${step}`);
    return { step, median: median(values), least: values[0], greatest: values[values.length - 1] };
  });
}

/** θ of a run that was made with --weights. @throws Error when it was not */
export function weightsOf({ weights, method }: FigureRun): Float64Array {
  if (!weights) throw new Error(`the run of ${method} was kept without weights: make it with --weights`);
  const bytes = Buffer.from(weights, 'base64');
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}
