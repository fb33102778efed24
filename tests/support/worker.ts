import { loadEngine } from '../../cli/engines.ts';
import type { Engine } from '../../src/training/engine.ts';
import type { WorkerPort } from '../../src/worker/client.ts';
import type { FromWorker, ToWorker, WorkerEvent } from '../../src/worker/protocol.ts';
import { Trainer, type TrainerHost } from '../../src/worker/trainer.ts';

const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

let engine: Promise<Engine> | undefined;
/** The engine of most pages, one for all trainers: several times as fast as the reference. */
const wasm = () => {
  engine ??= loadEngine('wasm');
  return engine;
};

/** A trainer in this thread with the WebAssembly engine and a clock that moves 5 ms at every look. */
export function trainerHere(onEvent: (event: WorkerEvent) => void, changes: Partial<TrainerHost> = {}) {
  let time = 0;
  return new Trainer({
    emit: onEvent,
    ready: () => true,
    now: () => (time += 5),
    breathe: aMoment,
    chooseEngine: async () => ({
      engine: await wasm(),
      report: { engine: 'wasm', reason: 'for tests', trials: [] },
    }),
    ...changes,
  });
}

/** A worker port whose trainer runs in this thread; `kill` makes it silent for ever. */
export function portHere(changes: Partial<TrainerHost> = {}): WorkerPort & { kill(): void } {
  let dead = false;
  const deliver = (data: FromWorker) => {
    if (!dead) port.onmessage?.({ data: structuredClone(data) } as MessageEvent<FromWorker>);
  };
  const { breathe = aMoment }: Pick<Partial<TrainerHost>, 'breathe'> = changes;
  const trainer = trainerHere((event) => deliver({ event }), {
    ...changes,
    // A worker that was ended computes no more: it would take the time of whatever test comes after.
    breathe: (ms) => (dead ? new Promise(() => undefined) : breathe(ms)),
  });
  const port: WorkerPort & { kill(): void } = {
    onmessage: null,
    onerror: null,
    postMessage(message: ToWorker) {
      if (dead || !('command' in message)) return;
      trainer.handle(message.command).then(
        (answer) => deliver({ id: message.id, answer }),
        (error: Error) => deliver({ id: message.id, error: { name: error.name, message: error.message } }),
      );
    },
    terminate() {
      dead = true;
    },
    kill() {
      dead = true;
    },
  };
  return port;
}

/** Resolves once `holds` is true. @throws Error after `limit` ms. */
export async function until(holds: () => boolean, limit = 60000): Promise<void> {
  const begun = Date.now();
  while (!holds()) {
    if (Date.now() - begun > limit) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
