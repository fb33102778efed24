import { Worker } from 'node:worker_threads';

/** Looks from another thread, which one that hangs cannot hold up, and ends the process with what was tried last. */
const WATCH = `
const { workerData: { shared, limit, pid } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const last = new Float64Array(shared, 0, 2);
setInterval(() => {
  if (Date.now() - last[0] < limit) return;
  writeSync(2, '\\nNo end after ' + limit / 1000 + ' s with input ' + last[1] + ' of this command: ' + Buffer.from(new Uint8Array(shared, 16)).toString().replace(/\\0+$/, '') + '\\n');
  process.kill(pid, 'SIGKILL');
}, 500);
`;

/**
 * Runs `work`, which calls its parameter before each input. A process in which one input takes longer than `limit` ms, waiting or
 * computing, is ended; the command that tries this input again is printed before.
 */
export async function watched<T>(
  limit: number,
  again: (run: number) => string,
  work: (next: () => void) => Promise<T> | T,
): Promise<T> {
  const shared = new SharedArrayBuffer(16 + 1024);
  const last = new Float64Array(shared, 0, 2);
  const words = new Uint8Array(shared, 16);
  last[0] = Date.now();
  last[1] = -1;
  const watchdog = new Worker(WATCH, { eval: true, workerData: { shared, limit, pid: process.pid } });
  watchdog.unref();
  try {
    return await work(() => {
      last[0] = Date.now();
      last[1]++;
      const text = new TextEncoder().encode(again(last[1])).subarray(0, 1024);
      words.fill(0);
      words.set(text);
    });
  } finally {
    await watchdog.terminate();
  }
}
