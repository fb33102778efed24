/** Mean, standard deviation and standard error of draws. */
interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly error: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  const mean = n > 0 ? values.reduce((sum, value) => sum + value, 0) / n : 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
  return { mean, deviation, error: n > 1 ? deviation / Math.sqrt(n) : 0 };
}
