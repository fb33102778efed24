import type { Dataset } from '../../snn/network.ts';
import { normalTable } from '../../snn/normal-table.ts';

/** What an engine has asked of its device so far; tests count it. */
export interface Counters {
  dispatches: number;
  submits: number;
  readbacks: number;
  /** Buffers created by the engine; those of tensors belong to TensorFlow.js, which keeps a pool. */
  buffers: number;
}

const DATASETS_KEPT = 12;

/** Buffers that live as long as the engine: scratch that only ever grows, and the data of the last few tasks. */
export class Buffers {
  private readonly scratch = new Map<string, GPUBuffer>();
  private readonly datasets = new Map<Dataset, GPUBuffer>();

  constructor(
    private readonly device: GPUDevice,
    private readonly counters: Counters,
  ) {}

  private create(label: string, bytes: number, usage: number): GPUBuffer {
    this.counters.buffers++;
    // A power of two, so that a little more the next time needs no new one.
    const limit = Math.min(this.device.limits.maxBufferSize, this.device.limits.maxStorageBufferBindingSize);
    const size = Math.min(2 ** Math.ceil(Math.log2(Math.max(256, bytes))), limit);
    return this.device.createBuffer({
      label,
      size: Math.max(size, bytes),
      usage: usage | GPUBufferUsage.COPY_DST,
    });
  }

  /** A storage buffer of at least so many bytes. Its contents are whatever was left in it. */
  storage(label: string, bytes: number): GPUBuffer {
    const existing = this.scratch.get(label);
    if (existing && existing.size >= bytes) return existing;
    existing?.destroy();
    const buffer = this.create(label, bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    this.scratch.set(label, buffer);
    return buffer;
  }

  /** A uniform buffer of the numbers 0 … count - 1, each at a multiple of `stride` bytes. */
  clock(count: number, stride: number): GPUBuffer {
    const existing = this.scratch.get('clock');
    if (existing && existing.size >= count * stride) return existing;
    existing?.destroy();
    const buffer = this.create('clock', count * stride, GPUBufferUsage.UNIFORM);
    const words = new Uint32Array(buffer.size / 4);
    for (let i = 0; i * stride < buffer.size; i++) words[(i * stride) / 4] = i;
    this.device.queue.writeBuffer(buffer, 0, words);
    this.scratch.set('clock', buffer);
    return buffer;
  }

  /** The table of normal samples. */
  normals(): GPUBuffer {
    const existing = this.scratch.get('normals');
    if (existing) return existing;
    const table = normalTable();
    const buffer = this.create('normals', table.byteLength, GPUBufferUsage.STORAGE);
    this.device.queue.writeBuffer(buffer, 0, table as Float32Array<ArrayBuffer>);
    this.scratch.set('normals', buffer);
    return buffer;
  }

  /** Inputs, row scales and time steps at which rows are read of every factor, then the targets. */
  dataset(data: Dataset): GPUBuffer {
    const existing = this.datasets.get(data);
    if (existing) {
      this.datasets.delete(data);
      this.datasets.set(data, existing);
      return existing;
    }
    const ofFactors = data.factors.map(({ inputs, scale, readAt = [] }) => [inputs, scale, readAt]);
    const parts = [...ofFactors.flat(), data.target];
    const all = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    const buffer = this.create('data', all.byteLength, GPUBufferUsage.STORAGE);
    this.device.queue.writeBuffer(buffer, 0, all);
    this.datasets.set(data, buffer);
    if (this.datasets.size > DATASETS_KEPT) {
      const [oldest, buffer] = this.datasets.entries().next().value as [Dataset, GPUBuffer];
      this.datasets.delete(oldest);
      buffer.destroy();
    }
    return buffer;
  }

  dispose(): void {
    for (const buffer of [...this.scratch.values(), ...this.datasets.values()]) buffer.destroy();
    this.scratch.clear();
    this.datasets.clear();
  }
}
