/** Dawn for Node: installed only by those who ask for it. */
declare module 'webgpu' {
  /** WebGPU of this process, with flags of Dawn. */
  export function create(flags: readonly string[]): GPU;
  /** Classes and constants that a browser has as globals: GPUBufferUsage, GPUDevice … */
  export const globals: Readonly<Record<string, unknown>>;
}
