/** Least and greatest value of every column of pixels; NaN where a column has none. */
interface Envelope {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/**
 * A long series as one pair a column, so that no peak is lost: value `i` falls into column ⌊columnOf(i)⌋, which grows with
 * i. Values that are not positive numbers have no place on a logarithmic axis and are left out.
 */
export function envelope(
  values: ArrayLike<number>,
  columns: number,
  columnOf: (index: number) => number,
): Envelope {
  const least = new Float64Array(columns).fill(Number.NaN);
  const greatest = new Float64Array(columns).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value > 0) || value === Number.POSITIVE_INFINITY) continue;
    const column = Math.min(columns - 1, Math.max(0, Math.floor(columnOf(i))));
    if (!(value >= least[column])) least[column] = value;
    if (!(value <= greatest[column])) greatest[column] = value;
  }
  return { least, greatest };
}
