// All that depends on the insides of TensorFlow.js: its WebGPU backend on our device, and our kernels registered with it.
import '@tensorflow/tfjs-backend-webgpu/dist/flags_webgpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import {
  engine,
  registerBackend,
  registerKernel,
  type Tensor,
  type TensorInfo,
  tensor,
} from '@tensorflow/tfjs-core';
import { DeviceLostError, type Gpu, requestGpu } from './device.ts';

const BACKEND = 'webgpu';

/** Each kernel's inputs. advance: → state and losses [runs, 3P + steps]. evaluate: → whatever was asked for. */
const KERNELS = { SpikingAdvance: ['theta', 'm', 'v'], SpikingEvaluate: ['theta'] } as const;
type KernelName = keyof typeof KERNELS;

/** What a kernel does between the buffers of its input tensors and of its output tensor. */
export interface Job {
  readonly outputShape: number[];
  /** Records and submits commands; called once TensorFlow.js's own queue is flushed. */
  run(inputs: readonly GPUBuffer[], output: GPUBuffer): void;
}

// Attributes of a kernel are plain numbers and strings: a job travels by its number.
const jobs = new Map<number, Job>();
let lastJob = 0;

function registerKernels(): void {
  for (const [kernelName, inputNames] of Object.entries(KERNELS)) {
    registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc({ inputs, backend, attrs }) {
        const gpu = backend as WebGPUBackend;
        const job = jobs.get(attrs?.job as number);
        if (!job) throw new Error(`${kernelName} was called without a job`);
        const bufferOf = ({ dataId }: TensorInfo) => {
          gpu.uploadToGPU(dataId);
          return gpu.tensorMap.get(dataId).resource as GPUBuffer;
        };
        const buffers = inputNames.map((name) => bufferOf(inputs[name] as TensorInfo));
        const output = gpu.makeTensorInfo(job.outputShape, 'float32');
        const outputBuffer = bufferOf(output);
        gpu.ensureCommandEncoderReady();
        gpu.endComputePassEncoder();
        gpu.submitQueue();
        job.run(buffers, outputBuffer);
        return output;
      },
    });
  }
}

let current: TensorRuntime | undefined;
let opening: Promise<TensorRuntime> | undefined;

/** TensorFlow.js on one device. A thread has one at a time, because TensorFlow.js has one backend of a name. */
export class TensorRuntime {
  private users = 0;
  private lostWith: DeviceLostError | undefined;
  private refusal: Error | undefined;
  /** Rejects when the device is lost. */
  private readonly lost: Promise<never>;

  private constructor(readonly gpu: Gpu) {
    gpu.device.onuncapturederror = ({ error }) => {
      this.refusal = new Error(`the GPU refused the work: ${error.message}`);
    };
    this.lost = gpu.device.lost.then(({ reason, message }) => {
      this.lostWith = new DeviceLostError(reason, message);
      throw this.lostWith;
    });
    this.lost.catch(() => undefined);
  }

  /** The thread's runtime; with a new device when there is none or the last one is lost. @throws NoWebgpuError */
  static async acquire(): Promise<TensorRuntime> {
    if (!current || current.lostWith) {
      opening ??= open().finally(() => {
        opening = undefined;
      });
      current = await opening;
    }
    current.users++;
    return current;

    async function open() {
      const runtime = new TensorRuntime(await requestGpu());
      const tf = engine();
      const before = tf.backendName;
      // A lost device's backend, or the one that TensorFlow.js itself would make, without our limits.
      if (tf.backendNames().includes(BACKEND)) tf.removeBackend(BACKEND);
      else registerKernels();
      registerBackend(BACKEND, () => new WebGPUBackend(runtime.gpu.device, runtime.gpu.info), 3);
      await tf.setBackend(before && before !== BACKEND ? before : BACKEND);
      return runtime;
    }
  }

  /** The device is given up with its last user. */
  release(): void {
    if (--this.users > 0 || current !== this) return;
    this.gpu.device.destroy();
  }

  /**
   * Runs a kernel and reads its output back.
   * @throws DeviceLostError; Error when the device refused the commands, which by itself it does in silence.
   */
  async call(
    kernel: KernelName,
    inputs: Readonly<Record<string, { values: Float32Array; shape: number[] }>>,
    job: Job,
  ): Promise<Float32Array> {
    if (this.lostWith) throw this.lostWith;
    const { device } = this.gpu;
    this.refusal = undefined;
    device.pushErrorScope('out-of-memory');
    device.pushErrorScope('validation');
    const reading = this.start(kernel, inputs, job);
    const refusals = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const answer = Promise.all([reading, refusals]);
    const settled = answer.then(
      () => undefined,
      // What fails because the device is lost may fail a moment before the loss is announced.
      () => new Promise<undefined>((resolve) => setTimeout(resolve, 100)),
    );
    await Promise.race([settled, this.lost]);
    const [values, [first, second]] = await answer;
    const error = first ?? second;
    if (error) throw new Error(`the GPU refused the work: ${error.message}`);
    if (this.refusal) throw this.refusal;
    return values;
  }

  /** Another backend may be active in this thread: it is put back before anything else can run. */
  private async start(
    kernel: KernelName,
    inputs: Parameters<TensorRuntime['call']>[1],
    job: Job,
  ): Promise<Float32Array> {
    const tf = engine();
    const before = tf.backendName;
    const tensors: Record<string, Tensor> = {};
    let output: Tensor;
    const id = ++lastJob;
    jobs.set(id, job);
    void tf.setBackend(BACKEND);
    try {
      for (const [name, { values, shape }] of Object.entries(inputs)) tensors[name] = tensor(values, shape);
      output = tf.runKernel(kernel, tensors, { job: id }) as Tensor;
    } finally {
      jobs.delete(id);
      for (const input of Object.values(tensors)) input.dispose();
      if (before && before !== BACKEND) void tf.setBackend(before);
    }
    try {
      return (await output.data()) as Float32Array;
    } finally {
      output.dispose();
    }
  }
}
