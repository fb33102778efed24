/** Writes the derivative of a state at a time. */
export type Derivative = (state: Float64Array, time: number, out: Float64Array) => void;

/** One step h of the classical fourth-order Runge–Kutta method for u′ = f(u, t), in place. */
export class RungeKutta {
  private readonly slopes: readonly Float64Array[];
  private readonly between: Float64Array;

  constructor(
    private readonly derivative: Derivative,
    size: number,
  ) {
    this.slopes = Array.from({ length: 4 }, () => new Float64Array(size));
    this.between = new Float64Array(size);
  }

  step(state: Float64Array, time: number, h: number): void {
    const [a, b, c, d] = this.slopes;
    this.derivative(state, time, a);
    this.derivative(this.moved(state, h / 2, a), time + h / 2, b);
    this.derivative(this.moved(state, h / 2, b), time + h / 2, c);
    this.derivative(this.moved(state, h, c), time + h, d);
    for (let i = 0; i < state.length; i++) state[i] += (h / 6) * (a[i] + 2 * (b[i] + c[i]) + d[i]);
  }

  private moved(state: Float64Array, by: number, slope: Float64Array): Float64Array {
    for (let i = 0; i < state.length; i++) this.between[i] = state[i] + by * slope[i];
    return this.between;
  }
}
