/** One run's error, as far as the comparison of its method with back-propagation needs it. */
interface ErrorOfRun {
  readonly method: string;
  readonly seed: number;
  /** null: the run diverged. */
  readonly error: number | null;
}

/** In how many seeds layer-wise RFG ends closer to back-propagation than global RFG: the paper's claim. */
export interface Closeness {
  readonly surrogate: 'SG' | 'WSG';
  readonly closer: number;
  /** Seeds of which all three runs are known. */
  readonly seeds: number;
}

/** Compares |error of RFG-L - error of BP| with |error of RFG-G - error of BP|, seed by seed; empty without such triples. */
export function closenessToBP(runs: readonly ErrorOfRun[]): Closeness[] {
  const errorOf = (method: string, seed: number) => {
    const run = runs.find((r) => r.method === method && r.seed === seed);
    return run && (run.error ?? Number.POSITIVE_INFINITY);
  };
  return (['SG', 'WSG'] as const).flatMap((surrogate) => {
    let closer = 0;
    let seeds = 0;
    for (const { method, seed } of runs) {
      if (method !== `${surrogate}-BP`) continue;
      const [bp, layerwise, global] = ['BP', 'RFG-L', 'RFG-G'].map((name) =>
        errorOf(`${surrogate}-${name}`, seed),
      );
      if (bp === undefined || layerwise === undefined || global === undefined) continue;
      seeds++;
      if (Math.abs(layerwise - bp) < Math.abs(global - bp)) closer++;
    }
    return seeds > 0 ? [{ surrogate, closer, seeds }] : [];
  });
}

/** “SG-RFG-L is closer to SG-BP than SG-RFG-G is in 4 of 5 seeds”. */
export function describeCloseness({ surrogate, closer, seeds }: Closeness): string {
  return `${surrogate}-RFG-L is closer to ${surrogate}-BP than ${surrogate}-RFG-G is in ${closer} of ${seeds} seeds`;
}
