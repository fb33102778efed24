import type { Limits } from './arrangement.ts';
import type { Buffers, Counters } from './buffers.ts';
import { limitsOf } from './limits.ts';
import { Compiler, type Program } from './program.ts';

/** The buffers that differ from call to call; scratch is the recorder's own. */
interface Bindings {
  readonly state: GPUBuffer;
  readonly data: GPUBuffer;
  readonly plan: Uint32Array<ArrayBuffer>;
  readonly directions: Float32Array<ArrayBuffer>;
  /** The table of normal samples unless samples are given outright. */
  readonly samples?: Float32Array<ArrayBuffer>;
  readonly runs: number;
}

/** Records dispatches: uploads what the host has drawn, binds, and counts what it asks of the device. */
export class Recorder {
  readonly compiler: Compiler;
  readonly limits: Limits;
  private readonly clockStride: number;

  constructor(
    readonly device: GPUDevice,
    readonly buffers: Buffers,
    readonly counters: Counters,
    limits: Partial<Limits>,
  ) {
    this.limits = limitsOf(device, limits);
    this.compiler = new Compiler(device, this.limits);
    this.clockStride = device.limits.minUniformBufferOffsetAlignment;
  }

  /** `steps` times all dispatches of a program, in one pass. */
  record(encoder: GPUCommandEncoder, program: Program, bindings: Bindings, steps: number): void {
    const group = this.bind(program, bindings, steps);
    const pass = encoder.beginComputePass();
    for (let step = 0; step < steps; step++) {
      pass.setBindGroup(0, group, [step * this.clockStride]);
      for (const { pipeline, x, y } of program.dispatches) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroups(x, y, bindings.runs);
      }
    }
    pass.end();
    this.counters.dispatches += steps * program.dispatches.length;
  }

  submit(encoder: GPUCommandEncoder): void {
    this.device.queue.submit([encoder.finish()]);
    this.counters.submits++;
  }

  /** Scratch of a program for so many runs; the contents are left over from whatever used it last. */
  scratch(program: Program, runs: number): { work: GPUBuffer; history: GPUBuffer } {
    const { workNumbers, historyNumbers } = program.arrangement;
    return {
      work: this.buffers.storage('work', 4 * runs * workNumbers),
      history: this.buffers.storage('history', 4 * runs * historyNumbers),
    };
  }

  private bind(program: Program, bindings: Bindings, steps: number): GPUBindGroup {
    const { buffers, clockStride } = this;
    const { work, history } = this.scratch(program, bindings.runs);
    const resources = [
      { buffer: buffers.clock(steps, clockStride), size: 4 },
      { buffer: bindings.state },
      { buffer: this.upload('plan', bindings.plan) },
      { buffer: bindings.data },
      { buffer: this.upload('directions', bindings.directions) },
      { buffer: bindings.samples ? this.upload('samples', bindings.samples) : buffers.normals() },
      { buffer: work },
      { buffer: history },
    ];
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    return this.device.createBindGroup({ layout: this.compiler.layout, entries });
  }

  private upload(label: string, values: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.buffers.storage(label, values.byteLength);
    this.device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }
}
