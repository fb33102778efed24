import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { AdvanceRequest, Chunk } from '../../training/engine.ts';
import { planStep } from '../../training/plan.ts';
import { PIECE_MS, type Pulse } from '../../training/pulse.ts';
import type { Machine } from './machine.ts';

/**
 * The kernel through which TensorFlow.js runs training steps: (θ, m, v) → (θ', m', v', loss of every good
 * step).
 */
export const KERNEL = 'SpikingAdvance';
/** Some rows of a long training step: () → 1 when the step's gradient is complete, else 0. */
const ROWS_KERNEL = 'SpikingRows';

/** What a call of the kernel is about, by the number that it carries as attribute. */
interface Call {
  readonly machine: Machine;
  readonly request: AdvanceRequest;
  readonly steps: number;
  /** The one step's gradient is complete already. */
  readonly complete?: boolean;
}
// Outside of production mode TensorFlow.js greets Node with an advertisement for its own backend.
tf.enableProdMode();

const calls = new Map<number, Call>();
let lastCall = 0;

tf.registerKernel({
  kernelName: KERNEL,
  backendName: 'cpu',
  kernelFunc({ inputs, attrs, backend }) {
    const cpu = backend as MathBackendCPU;
    const call = callOf(attrs);
    const tensors = inputs as Record<'theta' | 'm' | 'v', tf.TensorInfo>;
    const values = ({ dataId }: tf.TensorInfo) => cpu.data.get(dataId).values as Float32Array;
    if (!call.complete)
      call.machine.writeState({ theta: values(tensors.theta), m: values(tensors.m), v: values(tensors.v) });
    const losses = call.complete ? finish(call) : run(call);
    const { theta, m, v } = call.machine.readState();
    return [theta, m, v, losses].map((array) => cpu.makeTensorInfo([array.length], 'float32', array));
  },
});

tf.registerKernel({
  kernelName: ROWS_KERNEL,
  backendName: 'cpu',
  kernelFunc({ attrs, backend }) {
    const complete = callOf(attrs).machine.proceed();
    return (backend as MathBackendCPU).makeTensorInfo([1], 'float32', Float32Array.of(complete ? 1 : 0));
  },
});

function callOf(attrs: tf.NamedAttrMap | undefined): Call {
  const call = calls.get(Number(attrs?.call));
  if (!call) throw new Error(`${KERNEL} was called without a run: use the engine`);
  return call;
}

/** Rows, directions and scalars of the step `ahead` of the request's state become plan entry `index`. */
function writePlan({ machine, request: { task, state } }: Call, ahead: number, index: number): void {
  const { plan, planBytes } = machine.placed.task;
  const { rows, scalars } = planStep(task, state, ahead, machine.directions(index));
  machine.writeRows(index, rows);
  machine
    .floats(plan + index * planBytes, 3)
    .set([scalars.learningRate, scalars.correction1, scalars.correction2]);
}

/** The end of a step whose gradient is complete. @returns its loss, or nothing when it was not good. */
function finish({ machine }: Call): Float32Array {
  const good = machine.exports.finish(0) !== 0;
  return machine.floats(machine.placed.task.losses, good ? 1 : 0).slice();
}

/** `steps` training steps in as many calls as plans fit into memory. @returns the losses of the good ones. */
function run(call: Call): Float32Array {
  const { machine, request, steps } = call;
  const { state } = request;
  const { losses: lossesAt } = machine.placed.task;
  const losses = new Float32Array(steps);
  machine.seed = state.seed;
  let offset = 0;
  while (offset < steps) {
    const count = Math.min(machine.plans, steps - offset);
    for (let i = 0; i < count; i++) writePlan(call, offset + i, i);
    const good = machine.exports.advance(state.step + offset, count);
    losses.set(machine.floats(lossesAt, good), offset);
    offset += good;
    if (good < count) break;
  }
  return losses.subarray(0, offset);
}

/**
 * One run's chunk of training steps as kernel calls of TensorFlow.js on its cpu backend: one call without a pulse, else calls
 * of about PIECE_MS each, of whole steps where these are short and of rows of a step where it is long.
 * @throws Interrupted by the pulse; the machine is then to be laid out anew.
 */
export async function advanceOnTensors(
  machine: Machine,
  request: AdvanceRequest,
  steps: number,
  pulse?: Pulse,
): Promise<Chunk> {
  if (!pulse) return onCpu(() => runKernel({ machine, request, steps }));
  let { state } = request;
  const losses = new Float64Array(steps);
  for (let offset = 0; offset < steps; ) {
    const { msPerStep = Number.POSITIVE_INFINITY } = machine;
    const long = msPerStep > PIECE_MS;
    const count = long ? 1 : Math.min(steps - offset, Math.max(1, Math.floor(PIECE_MS / msPerStep)));
    const part: Call = { machine, request: { ...request, state }, steps: count, complete: long };
    let ms = long ? await computeRows(part, pulse) : 0;
    const begun = performance.now();
    const chunk = await onCpu(() => runKernel(part));
    ms += performance.now() - begun;
    machine.msPerStep = ms / count;
    losses.set(chunk.losses, offset);
    offset += chunk.losses.length;
    state = chunk.state;
    if (chunk.divergedAt !== undefined) return { ...chunk, losses: losses.subarray(0, offset) };
    if (offset < steps) await pulse();
  }
  return { state, losses };
}

/** The gradient of a call's one step, piece by piece; the time it took without the pulses, in ms. */
async function computeRows(part: Call, pulse: Pulse): Promise<number> {
  const { machine, request } = part;
  let ms = 0;
  for (let complete = false, first = true; !complete; first = false) {
    const begun = performance.now();
    if (first) {
      const { theta, m, v, seed, step } = request.state;
      machine.seed = seed;
      machine.writeState({ theta, m, v });
      writePlan(part, 0, 0);
      machine.exports.begin(step, 0);
    }
    complete = await onCpu(async () => {
      const answer = called(part, (call) => tf.engine().runKernel(ROWS_KERNEL, {}, { call }));
      const [value] = await (answer as tf.Tensor).data();
      tf.dispose(answer);
      return value === 1;
    });
    ms += performance.now() - begun;
    if (!complete) await pulse();
  }
  return ms;
}

/** Calls a kernel, which finds by its number what the call is about. */
function called<T>(content: Call, kernel: (call: number) => T): T {
  const call = ++lastCall;
  calls.set(call, content);
  try {
    return kernel(call);
  } finally {
    calls.delete(call);
  }
}

/** Does `work` with the cpu backend, and leaves the one there was. */
async function onCpu<T>(work: () => Promise<T>): Promise<T> {
  const before = tf.getBackend();
  if (before !== 'cpu') await tf.setBackend('cpu');
  try {
    return await work();
  } finally {
    if (before && before !== 'cpu') await tf.setBackend(before);
  }
}

async function runKernel(content: Call): Promise<Chunk> {
  const { state } = content.request;
  const inputs = { theta: tensor(state.theta), m: tensor(state.m), v: tensor(state.v) };
  try {
    const outputs = called(content, (call) => tf.engine().runKernel(KERNEL, inputs, { call }) as tf.Tensor[]);
    const [theta, m, v, losses] = await Promise.all(outputs.map((output) => output.data()));
    tf.dispose(outputs);
    const count = losses.length;
    return {
      state: {
        theta: Float64Array.from(theta),
        m: Float64Array.from(m),
        v: Float64Array.from(v),
        step: state.step + count,
        momentSteps: state.momentSteps + count,
        seed: state.seed,
      },
      losses: Float64Array.from(losses),
      ...(count < content.steps ? { divergedAt: state.step + count } : {}),
    };
  } finally {
    tf.dispose(inputs);
  }
}

const tensor = (values: Float64Array) => tf.tensor1d(Float32Array.from(values), 'float32');
