import type { Limits } from './arrangement.ts';

/** The GPU went away: driver reset, sleep, too long a computation, `destroy()`. A new engine can go on from any state. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  constructor(
    readonly reason: string,
    detail: string,
  ) {
    super(`the GPU device was lost (${reason})${detail ? `: ${detail}` : ''}`);
  }
}

/** There is no WebGPU here; the message says what is missing. */
export class NoWebgpuError extends Error {
  override readonly name = 'NoWebgpuError';
}

export interface Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
}

const WANTED: readonly (keyof Limits)[] = [
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
];

/**
 * The adapter, a fast one where there are several.
 * @throws NoWebgpuError when the page is not secure, the browser has no WebGPU or gives no adapter.
 */
export async function requestAdapter(): Promise<GPUAdapter> {
  const scope = globalThis as { isSecureContext?: boolean; navigator?: { gpu?: GPU } };
  if (scope.isSecureContext === false) throw new NoWebgpuError('not a secure context (https or localhost)');
  const gpu = scope.navigator?.gpu;
  if (!gpu) throw new NoWebgpuError('no WebGPU here');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new NoWebgpuError('no WebGPU adapter');
  return adapter;
}

/** A new device with the adapter's own limits instead of the defaults. @throws NoWebgpuError */
export async function requestGpu(): Promise<Gpu> {
  const adapter = await requestAdapter();
  const requiredLimits = Object.fromEntries(WANTED.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits, label: 'spiking playground' });
  return { device, info: adapter.info };
}

/** Whether an adapter computes on the processor (SwiftShader, llvmpipe, WARP). */
export function isSoftware(adapter: Pick<GPUAdapter, 'info'> & { isFallbackAdapter?: boolean }): boolean {
  const { info } = adapter;
  if (info.isFallbackAdapter || adapter.isFallbackAdapter) return true;
  const words = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b|software/i.test(words);
}

/** Name of an adapter for the page: as much as the browser tells. */
export function adapterName(info: GPUAdapterInfo): string {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed GPU';
}
