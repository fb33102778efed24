/** What of jax-js is used here: jax.mts says how it is installed. A function owns the arrays it is given, unless `.ref` is passed. */
declare module '@jax-js/jax' {
  export interface Array {
    readonly ref: Array;
    add(other: Array | number): Array;
    sub(other: Array | number): Array;
    mul(other: Array | number): Array;
    div(other: Array | number): Array;
    greaterEqual(other: Array | number): Array;
    astype(dtype: unknown): Array;
    reshape(shape: readonly number[]): Array;
    mean(): Array;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export const numpy: {
    readonly float32: unknown;
    array(values: Float32Array): Array;
    matmul(a: Array, b: Array): Array;
    square(a: Array): Array;
    sqrt(a: Array): Array;
    exp(a: Array): Array;
  };
  export const lax: { stopGradient(x: Array): Array };
  type Loss = (parameters: Array[], x: Array, target: Array) => Array;
  export function grad(loss: Loss): (parameters: Array[], x: Array, target: Array) => Array[];
  export function jvp(f: (parameters: Array[]) => Array, at: [Array[]], along: [Array[]]): [Array, Array];
  export function jit<F>(f: F): F;
  export function init(device: string): Promise<unknown>;
  export function defaultDevice(device: string): unknown;
}
