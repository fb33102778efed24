import type { AdvanceRequest, Chunk, RunState } from '../../training/engine.ts';
import { powerOfTwo } from './arrangement.ts';
import { makeUpload, stepsAtOnce } from './chunk.ts';
import { bindingLimit, runsThatFit, TooLargeError } from './limits.ts';
import type { Program } from './program.ts';
import type { Recorder } from './recorder.ts';
import type { TensorRuntime } from './runtime.ts';

/** Runs that differ only in state, seed and plain numbers: one grid of workgroups trains them all. */
export interface Batch {
  readonly program: Program;
  readonly requests: readonly AdvanceRequest[];
}

/** `steps` training steps of all runs of a batch. @throws TooLargeError, DeviceLostError */
export async function train(
  runtime: TensorRuntime,
  recorder: Recorder,
  batch: Batch,
  steps: number,
): Promise<Chunk[]> {
  const { program, requests } = batch;
  const { data } = requests[0].task;
  const fit = runsThatFit(program.arrangement, data, recorder.limits);
  const size = program.arrangement.work.network.layout.size;
  const stride = 4 * (3 * size + lossRoom(steps));
  const largest = bindingLimit(recorder.limits);
  if (stride > largest) throw new TooLargeError(`the state after ${steps} steps`, stride, largest);
  const most = Math.min(fit, Math.floor(largest / stride));

  const chunks: Chunk[] = [];
  for (let first = 0; first < requests.length; first += most) {
    const part = requests.slice(first, first + most);
    const outcomes = await runSteps(runtime, recorder, { program, requests: part }, steps);
    for (const [i, outcome] of outcomes.entries()) {
      const alone = { program, requests: [part[i]] };
      chunks.push(
        stayedFinite(outcome) ? chunkOf(part[i], outcome) : await lastGood(runtime, recorder, alone, outcome),
      );
    }
  }
  return chunks;
}

/** TensorFlow.js keeps a pool of buffers by exact size: chunks of any length make do with a few sizes. */
const lossRoom = (steps: number) => powerOfTwo(Math.max(64, steps));

/** θ, m, v and losses of one run after some steps. */
interface Outcome {
  readonly theta: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
  readonly losses: Float32Array;
}

async function runSteps(
  runtime: TensorRuntime,
  recorder: Recorder,
  batch: Batch,
  steps: number,
): Promise<Outcome[]> {
  const { program, requests } = batch;
  const { arrangement } = program;
  const runs = requests.length;
  const size = arrangement.work.network.layout.size;
  const stride = 3 * size + lossRoom(steps);
  const data = requests[0].task.data;

  const rows = (pick: (state: RunState) => Float64Array) => {
    const values = new Float32Array(runs * size);
    requests.forEach(({ state }, run) => {
      values.set(pick(state), run * size);
    });
    return { values, shape: [runs, size] };
  };
  const inputs = { theta: rows((s) => s.theta), m: rows((s) => s.m), v: rows((s) => s.v) };

  const values = await runtime.call('SpikingAdvance', inputs, {
    outputShape: [runs, stride],
    run(parts, state) {
      const most = stepsAtOnce(arrangement, runs, steps, bindingLimit(recorder.limits));
      for (let first = 0; first < steps; first += most) {
        const count = Math.min(most, steps - first);
        const encoder = recorder.device.createCommandEncoder();
        // The output tensor is the state that is worked on: θ, m, v of every run, then its losses.
        for (let run = 0; run < runs && first === 0; run++) {
          parts.forEach((part, i) => {
            encoder.copyBufferToBuffer(part, 4 * run * size, state, 4 * (run * stride + i * size), 4 * size);
          });
        }
        const upload = makeUpload(program, requests, first, count, stride);
        recorder.record(
          encoder,
          program,
          { ...upload, state, data: recorder.buffers.dataset(data), runs },
          count,
        );
        recorder.submit(encoder);
      }
    },
  });
  recorder.counters.readbacks++;
  return requests.map((_, run) => {
    const part = (from: number, to: number) => values.subarray(run * stride + from, run * stride + to);
    return {
      theta: part(0, size),
      m: part(size, 2 * size),
      v: part(2 * size, 3 * size),
      losses: part(3 * size, 3 * size + steps),
    };
  });
}

function stayedFinite({ theta, m, v, losses }: Outcome): boolean {
  return [losses, theta, m, v].every((values) => values.every(Number.isFinite));
}

function chunkOf({ state }: AdvanceRequest, { theta, m, v, losses }: Outcome): Chunk {
  return {
    state: {
      theta: Float64Array.from(theta),
      m: Float64Array.from(m),
      v: Float64Array.from(v),
      step: state.step + losses.length,
      momentSteps: state.momentSteps + losses.length,
      seed: state.seed,
    },
    losses: Float64Array.from(losses),
  };
}

/**
 * WGSL promises nothing about infinities, so the shaders do not look for them. A replay gives the same bits: the last
 * good step is found by running fewer steps from the start again.
 */
async function lastGood(
  runtime: TensorRuntime,
  recorder: Recorder,
  batch: Batch,
  bad: Outcome,
): Promise<Chunk> {
  const [request] = batch.requests;
  let good = 0;
  let chunk: Chunk = { state: request.state, losses: new Float64Array(0) };
  let end = bad.losses.length;
  const firstBadLoss = bad.losses.findIndex((loss) => !Number.isFinite(loss));
  // The step before the first bad loss is the likeliest.
  let probe = firstBadLoss < 0 ? end >> 1 : firstBadLoss;
  if (firstBadLoss >= 0) end = firstBadLoss + 1;
  while (end - good > 1) {
    probe = Math.max(good + 1, Math.min(end - 1, probe));
    const [outcome] = await runSteps(runtime, recorder, batch, probe);
    if (stayedFinite(outcome)) {
      good = probe;
      chunk = chunkOf(request, outcome);
    } else end = probe;
    probe = (good + end) >> 1;
  }
  return { ...chunk, divergedAt: request.state.step + good };
}
