import { Worker } from 'node:worker_threads';

/** So many times as long may an input take by the clock: a process that others starve computes for seconds in minutes. */
const WAITING = 10;

/** Looks from another thread, which one that hangs cannot hold up, and ends the process with what was tried last. */
const WATCH = `
const { workerData: { shared, limit, pid } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const last = new Float64Array(shared, 0, 2);
const computed = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let input;
let before;
setInterval(() => {
  if (input !== last[1]) [input, before] = [last[1], computed()];
  if (computed() - before < limit && Date.now() - last[0] < ${WAITING} * limit) return;
  writeSync(2, '\\nNo end after ' + limit / 1000 + ' s with input ' + last[1] + ' of this command: ' + Buffer.from(new Uint8Array(shared, 16)).toString().replace(/\\0+$/, '') + '\\n');
  process.kill(pid, 'SIGKILL');
}, 500);
`;

/**
 * Runs `work`, which calls its parameter before each input. A process in which one input takes `limit` ms of the processor, or ten
 * times as long by the clock, is ended; the command that tries this input again is printed before.
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
