import type { Workload } from './contender.mts';

/** What crosses over to the page: typed arrays as plain ones. */
export function packed({ method, batch, task, state }: Workload) {
  const list = (values: ArrayLike<number>) => Array.from(values);
  return {
    method,
    batch,
    specs: task.specs,
    data: {
      factors: task.data.factors.map((factor) => ({
        ...factor,
        inputs: list(factor.inputs),
        scale: list(factor.scale),
      })),
      target: list(task.data.target),
    },
    state: { ...state, theta: list(state.theta), m: list(state.m), v: list(state.v) },
  };
}
