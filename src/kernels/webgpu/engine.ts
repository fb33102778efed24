import { drawsDirections } from '../../snn/method.ts';
import type { Dataset, Network } from '../../snn/network.ts';
import type {
  AdvanceRequest,
  Chunk,
  Engine,
  GradientReport,
  GradientRequest,
  Task,
  Trace,
} from '../../training/engine.ts';
import { whatFits } from '../fit.ts';
import { arrange, type Limits } from './arrangement.ts';
import { Buffers, type Counters } from './buffers.ts';
import { gradient, outputs, trace } from './evaluation.ts';
import { runsThatFit, TooLargeError } from './limits.ts';
import type { Program } from './program.ts';
import { Recorder } from './recorder.ts';
import { TensorRuntime } from './runtime.ts';
import { type Batch, train } from './training.ts';
import { trainingWork } from './work.ts';

export { DeviceLostError, NoWebgpuError } from './device.ts';
export { TooLargeError } from './limits.ts';

/**
 * Trains on the GPU: WGSL stages on TensorFlow.js's device, behind the kernel SpikingAdvance. Every method rejects with
 * DeviceLostError once the device is lost; a new engine made by `createWebgpuEngine` goes on from any state.
 */
export class WebgpuEngine implements Engine {
  readonly name = 'webgpu';
  readonly counters: Counters = { dispatches: 0, submits: 0, readbacks: 0, buffers: 0 };
  private readonly buffers: Buffers;
  private readonly recorder: Recorder;
  private readonly programs = new WeakMap<Task, Promise<Program>>();

  constructor(
    private readonly runtime: TensorRuntime,
    limits: Partial<Limits>,
  ) {
    const { device } = runtime.gpu;
    this.buffers = new Buffers(device, this.counters);
    this.recorder = new Recorder(device, this.buffers, this.counters, limits);
  }

  get device(): GPUDevice {
    return this.runtime.gpu.device;
  }

  /**
   * Runs whose tasks share data, shapes and method are computed side by side.
   * @throws TooLargeError when a task does not fit the device.
   */
  async advance(requests: readonly AdvanceRequest[], steps: number): Promise<Chunk[]> {
    if (steps === 0) return requests.map(({ state }) => ({ state, losses: new Float64Array(0) }));
    const programs = await Promise.all(requests.map(({ task }) => this.programOf(task)));
    const batches: (Batch & { requests: AdvanceRequest[]; places: number[] })[] = [];
    requests.forEach((request, i) => {
      const same = batches.find(
        (b) => b.program.key === programs[i].key && b.requests[0].task.data === request.task.data,
      );
      if (same) {
        same.requests.push(request);
        same.places.push(i);
      } else batches.push({ program: programs[i], requests: [request], places: [i] });
    });
    const results: Chunk[] = [];
    await Promise.all(
      batches.map(async (batch) => {
        const chunks = await train(this.runtime, this.recorder, batch, steps);
        batch.places.forEach((place, i) => {
          results[place] = chunks[i];
        });
      }),
    );
    return results;
  }

  gradient(request: GradientRequest): Promise<GradientReport> {
    return gradient(this.runtime, this.recorder, request);
  }

  outputs(network: Network, theta: Float64Array, data: Dataset): Promise<Float32Array> {
    return outputs(this.runtime, this.recorder, network, theta, data);
  }

  trace(network: Network, theta: Float64Array, factor: number, data: Dataset): Promise<Trace> {
    return trace(this.runtime, this.recorder, network, theta, factor, data);
  }

  async prepare(task: Task): Promise<undefined> {
    try {
      await this.programOf(task);
    } catch (error) {
      const drawsAny = drawsDirections(task.specs.method);
      if (error instanceof TooLargeError)
        error.message += whatFits(task, drawsAny, (smaller) => this.fits(smaller));
      throw error;
    }
  }

  private fits(task: Task): boolean {
    const { limits } = this.recorder;
    try {
      runsThatFit(arrange(trainingWork(task), limits), task.data, limits);
      return true;
    } catch {
      return false;
    }
  }

  release(): void {
    this.buffers.dispose();
  }

  dispose(): void {
    this.release();
    this.runtime.release();
  }

  private programOf(task: Task): Promise<Program> {
    const cached = this.programs.get(task);
    if (cached) return cached;
    const program = this.recorder.compiler.compile(trainingWork(task), task.data);
    this.programs.set(task, program);
    program.catch(() => this.programs.delete(task));
    return program;
  }
}

/**
 * An engine on the thread's WebGPU device; after a loss, on a new one.
 * @param limits what to take for the device's limits where it is not the truth.
 * @throws NoWebgpuError when there is no WebGPU here.
 */
export async function createWebgpuEngine(limits: Partial<Limits> = {}): Promise<WebgpuEngine> {
  return new WebgpuEngine(await TensorRuntime.acquire(), limits);
}
