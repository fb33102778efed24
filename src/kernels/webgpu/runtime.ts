import { DeviceLostError, type Gpu, requestGpu } from './device.ts';
import { installBackend, type Job, type KernelInputs, type KernelName, runKernel } from './tfjs.ts';

let current: TensorRuntime | undefined;
let runtimePromise: Promise<TensorRuntime> | undefined;

/**
 * One device with TensorFlow.js on it: its life, and its errors. A thread has one at a time, because TensorFlow.js has one
 * backend of a name.
 */
export class TensorRuntime {
  private users = 0;
  private lostWith: DeviceLostError | undefined;
  private refusal: Error | undefined;
  /** Rejects when the device is lost. */
  private readonly deviceLoss: Promise<never>;

  private constructor(readonly gpu: Gpu) {
    gpu.device.onuncapturederror = ({ error }) => {
      this.refusal = new Error(`the GPU refused the work: ${error.message}`);
    };
    this.deviceLoss = gpu.device.lost.then(({ reason, message }) => {
      this.lostWith = new DeviceLostError(reason, message);
      throw this.lostWith;
    });
    this.deviceLoss.catch(() => undefined);
  }

  /** The thread's runtime; with a new device when there is none or the last one is lost. @throws NoWebgpuError */
  static async acquire(): Promise<TensorRuntime> {
    if (!current || current.lostWith) {
      runtimePromise ??= TensorRuntime.open().finally(() => {
        runtimePromise = undefined;
      });
      current = await runtimePromise;
    }
    current.users++;
    return current;
  }

  private static async open(): Promise<TensorRuntime> {
    const runtime = new TensorRuntime(await requestGpu());
    await installBackend(runtime.gpu);
    return runtime;
  }

  /** The device is given up with its last user. */
  release(): void {
    if (--this.users > 0) return;
    if (current === this) current = undefined;
    this.gpu.device.destroy();
  }

  /**
   * Runs a kernel and reads its output back.
   * @throws DeviceLostError; Error when the device refused the commands, which by itself it does in silence.
   */
  async call(name: KernelName, inputs: KernelInputs, job: Job): Promise<Float32Array> {
    if (this.lostWith) throw this.lostWith;
    const { device } = this.gpu;
    this.refusal = undefined;
    device.pushErrorScope('out-of-memory');
    device.pushErrorScope('validation');
    const readBack = runKernel(name, inputs, job);
    const refusals = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const answer = Promise.all([readBack, refusals]);
    const settled = answer.then(
      () => undefined,
      // What fails because the device is lost may fail a moment before the loss is announced.
      () => new Promise<undefined>((resolve) => setTimeout(resolve, 100)),
    );
    await Promise.race([settled, this.deviceLoss]);
    const [values, [invalid, memory]] = await answer;
    const error = invalid ?? memory;
    if (error) throw new Error(`the GPU refused the work: ${error.message}`);
    if (this.refusal) throw this.refusal;
    return values;
  }
}
