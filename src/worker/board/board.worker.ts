import { chooseEngine } from '../../kernels/choose.ts';
import { DataStore } from '../../training/data-store.ts';
import type { FromBoard, ToBoard } from './protocol.ts';
import { trainJob } from './train.ts';

const scope = self as unknown as {
  postMessage(message: FromBoard): void;
  onmessage: (event: MessageEvent<ToBoard>) => void;
};

/** Timers are clamped to 4 ms; a message to oneself is not. */
const channel = new MessageChannel();
let wake: (() => void) | undefined;
channel.port1.onmessage = () => wake?.();

const engine = chooseEngine('wasm').then((choice) => choice.engine);
/** Most runs of a table share their data. */
const store = new DataStore(1);
let halted = false;

scope.onmessage = async ({ data }) => {
  halted = data.kind === 'halt';
  if (data.kind === 'halt') return;
  const { job } = data;
  try {
    await trainJob(job, await engine, store, {
      now: () => performance.now(),
      breathe: () =>
        new Promise((resolve) => {
          wake = resolve;
          channel.port2.postMessage(0);
        }),
      tell: (message) => scope.postMessage(message),
      halted: () => halted,
    });
  } catch (error) {
    scope.postMessage({
      kind: 'failed',
      id: job.id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
};
