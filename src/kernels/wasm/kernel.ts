import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { AdvanceRequest, Chunk } from '../../training/engine.ts';
import { planStep } from '../../training/plan.ts';
import type { Machine } from './machine.ts';

/**
 * The kernel through which TensorFlow.js runs training steps: (θ, m, v) → (θ', m', v', loss of every good
 * step).
 */
export const KERNEL = 'SpikingAdvance';

/** What a call of the kernel is about, by the number that it carries as attribute. */
interface Call {
  readonly machine: Machine;
  readonly request: AdvanceRequest;
  readonly steps: number;
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
    const call = calls.get(Number(attrs?.call));
    if (!call) throw new Error(`${KERNEL} was called without a run: use the engine`);
    const given = inputs as Record<'theta' | 'm' | 'v', tf.TensorInfo>;
    const values = ({ dataId }: tf.TensorInfo) => cpu.data.get(dataId).values as Float32Array;
    call.machine.writeState({ theta: values(given.theta), m: values(given.m), v: values(given.v) });
    const losses = run(call);
    const { theta, m, v } = call.machine.readState();
    return [theta, m, v, losses].map((array) => cpu.makeTensorInfo([array.length], 'float32', array));
  },
});

/** `steps` training steps in as many calls as plans fit into memory. @returns the losses of the good ones. */
function run({ machine, request, steps }: Call): Float32Array {
  const { task, state } = request;
  const { plan, planBytes, losses: lossesAt } = machine.placed.task;
  const losses = new Float32Array(steps);
  machine.seed = state.seed;
  let done = 0;
  while (done < steps) {
    const count = Math.min(machine.plans, steps - done);
    for (let i = 0; i < count; i++) {
      const { rows, scalars } = planStep(task, state, done + i, machine.directions(i));
      machine.writeRows(i, rows);
      machine.floats(plan + i * planBytes, 3).set([scalars.rate, scalars.correction1, scalars.correction2]);
    }
    const good = machine.exports.advance(state.step + done, count);
    losses.set(machine.floats(lossesAt, good), done);
    done += good;
    if (good < count) break;
  }
  return losses.subarray(0, done);
}

/** One run's chunk of training steps as one kernel call of TensorFlow.js on its cpu backend. */
export async function advanceOnTensors(
  machine: Machine,
  request: AdvanceRequest,
  steps: number,
): Promise<Chunk> {
  const { state } = request;
  const before = tf.getBackend();
  if (before !== 'cpu') await tf.setBackend('cpu');
  const call = ++lastCall;
  calls.set(call, { machine, request, steps });
  const inputs = { theta: tensor(state.theta), m: tensor(state.m), v: tensor(state.v) };
  try {
    const outputs = tf.engine().runKernel(KERNEL, inputs, { call }) as tf.Tensor[];
    const [theta, m, v, losses] = await Promise.all(outputs.map((output) => output.data()));
    tf.dispose(outputs);
    const done = losses.length;
    return {
      state: {
        theta: Float64Array.from(theta),
        m: Float64Array.from(m),
        v: Float64Array.from(v),
        step: state.step + done,
        momentSteps: state.momentSteps + done,
        seed: state.seed,
      },
      losses: Float64Array.from(losses),
      ...(done < steps ? { divergedAt: state.step + done } : {}),
    };
  } finally {
    calls.delete(call);
    tf.dispose(inputs);
    if (before && before !== 'cpu') await tf.setBackend(before);
  }
}

const tensor = (values: Float64Array) => tf.tensor1d(Float32Array.from(values), 'float32');
