/** Bytes of one WebAssembly page, and of all the memory that 32-bit addresses reach. */
const PAGE = 65536;
export const LIMIT = 65536 * PAGE;

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20).toLocaleString('en');

/** Hands out addresses one after the other; nothing is ever given back. */
export class Arena {
  private next: number;

  constructor(private readonly base: number) {
    this.next = base;
  }

  /** Address of `bytes` bytes on a cache line of their own. */
  take(bytes: number): number {
    const at = this.next;
    this.next += Math.ceil(bytes / 64) * 64;
    return at;
  }

  /** Address of `count` 32-bit numbers, with room for one vector beyond the last. */
  floats(count: number): number {
    return this.take(4 * count + 16);
  }

  /** What was taken, also beyond the limit. */
  get bytes(): number {
    return this.next;
  }

  /** End of what was taken. @throws RangeError when it lies beyond the limit of WebAssembly. */
  get end(): number {
    if (this.next > LIMIT) {
      throw new RangeError(
        `this run needs ${megabytes(this.next)} MB of memory, WebAssembly has ${megabytes(LIMIT)} MB`,
      );
    }
    return this.next;
  }

  /** Grows `memory` to hold everything and zeroes it. @throws RangeError when the browser refuses. */
  open(memory: WebAssembly.Memory): void {
    const before = memory.buffer.byteLength;
    const missing = Math.ceil((this.end - memory.buffer.byteLength) / PAGE);
    if (missing > 0) {
      try {
        memory.grow(missing);
      } catch {
        throw new RangeError(`this run needs ${megabytes(this.end)} MB of memory: the browser refused it`);
      }
    }
    // What has just been had is zero: touching gigabytes of it would take seconds.
    new Uint8Array(memory.buffer, this.base, Math.min(this.end, before) - this.base).fill(0);
  }
}
