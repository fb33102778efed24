/** An array of numbers as a file holds it, row by row. */
export interface Numbers {
  readonly type: 'float32' | 'float64' | 'int64';
  /** Empty for a single number. */
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** An array of texts, row by row. */
export interface Texts {
  readonly shape: readonly number[];
  readonly texts: readonly string[];
}

export type Leaf = string | Numbers | Texts;

/** Groups and datasets of an HDF5 file by their names. */
export type Tree = Map<string, Tree | Leaf>;
