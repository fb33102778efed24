import { Factor, FINGERPRINT, Head, Layer, Projection, Task } from './records';

const HEAD_BYTES: usize = offsetof<Head>() + 3 * offsetof<Projection>();

export let task: Task = changetype<Task>(0);

export function setTask(at: usize): void {
  task = changetype<Task>(at);
}

// @ts-ignore: decorator
@inline
export function factorAt(index: i32): Factor {
  return changetype<Factor>(task.factors + <usize>index * offsetof<Factor>());
}

// @ts-ignore: decorator
@inline
export function layerAt(index: i32): Layer {
  return changetype<Layer>(task.layers + <usize>index * offsetof<Layer>());
}

/** Hidden layer of a factor. */
// @ts-ignore: decorator
@inline
export function hiddenAt(factor: Factor, depth: i32): Layer {
  return layerAt(factor.firstLayer + depth);
}

// @ts-ignore: decorator
@inline
export function headAt(index: i32): Head {
  return changetype<Head>(task.heads + <usize>index * HEAD_BYTES);
}

// @ts-ignore: decorator
@inline
export function projectionAt(head: Head, factor: i32): Projection {
  return changetype<Projection>(
    changetype<usize>(head) + offsetof<Head>() + <usize>factor * offsetof<Projection>(),
  );
}

/** Row of the factor's pool that stands in batch row `row`. */
// @ts-ignore: decorator
@inline
export function poolRow(factor: Factor, row: i32): usize {
  return load<u32>(factor.indices + ((<usize>row) << 2));
}

/** The numbers that batch row `row` of a factor is fed. */
// @ts-ignore: decorator
@inline
export function inputsOf(factor: Factor, row: i32): usize {
  return factor.inputs + poolRow(factor, row) * <usize>factor.width * 4;
}

/** Time step at which batch row `row` of a factor is read. */
// @ts-ignore: decorator
@inline
export function readStep(factor: Factor, row: i32): i32 {
  return factor.readAt ? load<u32>(factor.readAt + (poolRow(factor, row) << 2)) : task.T - 1;
}

/** Whether a layer's current is the same at every time step. */
// @ts-ignore: decorator
@inline
export function isHeld(factor: Factor, depth: i32): bool {
  return depth == 0 && factor.held != 0;
}

// @ts-ignore: decorator
@inline
export function scaleOf(factor: Factor, row: i32): f32 {
  return load<f32>(factor.scales + (poolRow(factor, row) << 2));
}

/** Which lists of fields the records were compiled from. */
export function fingerprint(): u32 {
  return FINGERPRINT;
}
