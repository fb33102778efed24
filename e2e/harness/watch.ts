// Watches a device from outside the engine: what is really asked of it, and what is left in its buffers.

interface Watch {
  readonly seen: { buffers: number; submits: number; dispatches: number; maps: number };
  reset(): void;
  /** Overwrites scratch and tensors with NaN; contents that have to last are left. @returns number of buffers. */
  poison(): number;
  destroy(label: string): void;
  restore(): void;
}

const LASTING = ['data', 'clock', 'normals'];

export function watch(device: GPUDevice): Watch {
  const seen = { buffers: 0, submits: 0, dispatches: 0, maps: 0 };
  const made: GPUBuffer[] = [];
  const create = device.createBuffer;
  const submit = device.queue.submit;
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  const map = GPUBuffer.prototype.mapAsync;
  const destroy = GPUBuffer.prototype.destroy;
  const gone = new WeakSet<GPUBuffer>();

  device.createBuffer = (descriptor) => {
    seen.buffers++;
    const buffer = create.call(device, descriptor);
    made.push(buffer);
    return buffer;
  };
  device.queue.submit = (commands) => {
    seen.submits++;
    submit.call(device.queue, commands);
  };
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (x, y, z) {
    seen.dispatches++;
    dispatch.call(this, x, y, z);
  };
  GPUBuffer.prototype.mapAsync = function (...given) {
    seen.maps++;
    return map.apply(this, given);
  };
  GPUBuffer.prototype.destroy = function () {
    gone.add(this);
    destroy.call(this);
  };
  return {
    seen,
    reset() {
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] = 0;
    },
    poison() {
      const usable = made.filter(
        (buffer) =>
          !gone.has(buffer) &&
          buffer.usage & GPUBufferUsage.STORAGE &&
          buffer.usage & GPUBufferUsage.COPY_DST &&
          !LASTING.includes(buffer.label),
      );
      for (const buffer of usable) {
        device.queue.writeBuffer(buffer, 0, new Float32Array(buffer.size / 4).fill(Number.NaN));
      }
      return usable.length;
    },
    destroy(label) {
      for (const buffer of made) if (buffer.label === label) buffer.destroy();
    },
    restore() {
      device.createBuffer = create;
      device.queue.submit = submit;
      GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
      GPUBuffer.prototype.mapAsync = map;
      GPUBuffer.prototype.destroy = destroy;
    },
  };
}
