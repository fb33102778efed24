// All that depends on the insides of TensorFlow.js: its WebGPU backend on our device, and our kernels registered with it.
import '@tensorflow/tfjs-backend-webgpu/dist/flags_webgpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import {
  engine,
  type KernelConfig,
  registerBackend,
  registerKernel,
  type Tensor,
  type TensorInfo,
  tensor,
} from '@tensorflow/tfjs-core';
import type { Gpu } from './device.ts';

const BACKEND = 'webgpu';

/** Each kernel's inputs. advance: → state and losses of every run. evaluate: → whatever was asked for. */
const KERNELS = { SpikingAdvance: ['theta', 'm', 'v'], SpikingEvaluate: ['theta'] } as const;
export type KernelName = keyof typeof KERNELS;

/** Numbers that go into a kernel, by the names of its inputs. */
export type KernelInputs = Readonly<Record<string, { values: Float32Array; shape: number[] }>>;

/** What a kernel does between the buffers of its input tensors and of its output tensor. */
export interface Job {
  readonly outputShape: number[];
  /** Records and submits commands; called once TensorFlow.js's own queue is flushed. */
  run(inputs: readonly GPUBuffer[], output: GPUBuffer): void;
}

// Attributes of a kernel are plain numbers and strings: a job travels by its number.
const jobs = new Map<number, Job>();
let lastJob = 0;

function kernel(kernelName: KernelName): KernelConfig {
  return {
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
      const buffers = KERNELS[kernelName].map((name) => bufferOf(inputs[name] as TensorInfo));
      const output = gpu.makeTensorInfo(job.outputShape, 'float32');
      const outputBuffer = bufferOf(output);
      gpu.ensureCommandEncoderReady();
      gpu.endComputePassEncoder();
      gpu.submitQueue();
      job.run(buffers, outputBuffer);
      return output;
    },
  };
}

let registered = false;

/** Makes a device the one of TensorFlow.js's WebGPU backend, and leaves another active backend active. */
export async function installBackend({ device, info }: Gpu): Promise<void> {
  const tf = engine();
  const before = tf.backendName;
  // The backend of a lost device, or the one that TensorFlow.js itself would make, without our limits.
  if (tf.backendNames().includes(BACKEND)) tf.removeBackend(BACKEND);
  if (!registered) for (const name of Object.keys(KERNELS) as KernelName[]) registerKernel(kernel(name));
  registered = true;
  registerBackend(BACKEND, () => new WebGPUBackend(device, info), 3);
  await tf.setBackend(before && before !== BACKEND ? before : BACKEND);
}

/** Runs a kernel and reads its output back. Another backend that is active is put back before anything else can run. */
export async function runKernel(name: KernelName, inputs: KernelInputs, job: Job): Promise<Float32Array> {
  const tf = engine();
  const before = tf.backendName;
  const tensors: Record<string, Tensor> = {};
  let output: Tensor;
  const id = ++lastJob;
  jobs.set(id, job);
  void tf.setBackend(BACKEND);
  try {
    for (const [key, { values, shape }] of Object.entries(inputs)) tensors[key] = tensor(values, shape);
    output = tf.runKernel(name, tensors, { job: id }) as Tensor;
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
