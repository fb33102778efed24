import { afterEach, describe, expect, it } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import type { Pinned } from '../training/config.ts';
import type { WorkerPort } from '../worker/client.ts';
import type { PlaygroundOptions } from './app-state.ts';
import { createPlayground, type Playground } from './playground.ts';

const small: Pinned = { T: 4, batch: [8], hidden: [[4]], steps: 400000 };
const PATIENCE_MS = 1200;
const open: Playground[] = [];

function made(spawn: () => WorkerPort, options: Partial<PlaygroundOptions> = {}) {
  const playground = createPlayground({
    spawn,
    pinned: small,
    pace: 'full',
    patience: PATIENCE_MS,
    ...options,
  });
  open.push(playground);
  return playground;
}
afterEach(() => {
  for (const playground of open.splice(0)) playground.actions.dispose();
});

/** A worker that takes no message in hand while `stuck` is true, as in the middle of work in one go. */
function stuckable() {
  const port = portHere();
  const { postMessage } = port;
  const held: Parameters<WorkerPort['postMessage']>[0][] = [];
  const worker = {
    stuck: false,
    goOn() {
      worker.stuck = false;
      for (const message of held.splice(0)) postMessage(message);
    },
    port: Object.assign(port, {
      postMessage(message: Parameters<WorkerPort['postMessage']>[0]) {
        if (worker.stuck) held.push(message);
        else postMessage(message);
      },
    }),
  };
  return worker;
}

describe('a worker in the middle of what it cannot leave', () => {
  it('a pause is shown before the worker is replaced; the run goes on from where it stood', async () => {
    const workers: ReturnType<typeof stuckable>[] = [];
    const { app, lane, actions } = made(() => {
      workers.push(stuckable());
      return workers[workers.length - 1].port;
    });
    await actions.start();
    await actions.step(5);
    await actions.play();
    workers[0].stuck = true;
    const spawned: number[] = [];
    app.subscribe(({ status }) => status === 'paused' && spawned.push(workers.length));
    const paused = actions.pause();
    await until(() => app.getState().status === 'paused');
    expect(spawned[0]).toBe(1);
    expect(app.getState().notice?.kind).toBe('info');
    await paused;
    expect(workers).toHaveLength(2);
    const { step } = lane.getState();
    expect(step).toBeGreaterThanOrEqual(5);
    await actions.step(1);
    expect(lane.getState().step).toBe(step + 1);
  });

  it('other settings do not wait for it', async () => {
    const workers: ReturnType<typeof stuckable>[] = [];
    const { app, lane, actions } = made(() => {
      workers.push(stuckable());
      return workers[workers.length - 1].port;
    });
    await actions.start();
    workers[0].stuck = true;
    await actions.set({ hidden: [[5]] });
    expect(workers).toHaveLength(2);
    expect(app.getState()).toMatchObject({ status: 'ready', config: { hidden: [[5]] } });
    await actions.step(2);
    expect(lane.getState()).toMatchObject({ step: 2, config: { hidden: [[5]] } });
  });

  it('other settings do not wait for it while it trains, and the run goes on under them', async () => {
    const workers: ReturnType<typeof stuckable>[] = [];
    const { app, lane, actions } = made(() => {
      workers.push(stuckable());
      return workers[workers.length - 1].port;
    });
    await actions.start();
    await actions.play();
    await until(() => lane.getState().step > 2);
    workers[0].stuck = true;
    await actions.set({ gradient: 'RFG' });
    expect(workers).toHaveLength(2);
    const { step } = lane.getState();
    await until(() => lane.getState().step > step);
    expect(lane.getState()).toMatchObject({ config: { gradient: 'RFG', hidden: [[4]] } });
    expect(app.getState().status).toBe('playing');
  });

  it('is replaced for a step, and play that was pressed after it follows in the new one', async () => {
    const workers: ReturnType<typeof stuckable>[] = [];
    const { app, lane, actions } = made(
      () => {
        workers.push(stuckable());
        return workers[workers.length - 1].port;
      },
      { pinned: { ...small, steps: 12 } },
    );
    await actions.start();
    workers[0].stuck = true;
    const step = actions.step(5);
    void actions.play();
    await step;
    await until(() => app.getState().status === 'finished');
    expect(workers).toHaveLength(2);
    expect(lane.getState().step).toBe(12);
  });

  it('is none while the page itself was held up and has not heard it', async () => {
    const workers: ReturnType<typeof stuckable>[] = [];
    const { app, actions } = made(() => {
      workers.push(stuckable());
      return workers[workers.length - 1].port;
    });
    await actions.start();
    workers[0].stuck = true;
    const step = actions.step(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const begun = Date.now();
    while (Date.now() - begun < 2 * PATIENCE_MS);
    setTimeout(() => workers[0].goOn());
    await step;
    expect(workers).toHaveLength(1);
    expect(app.getState().status).toBe('paused');
  });

  it('other settings do not wait for lanes that are still being opened', async () => {
    const spawned: WorkerPort[] = [];
    let opening = true;
    const { app, actions } = made(
      () => {
        const port = portHere({
          breathe: async () => {
            // The first network is never ready.
            do await new Promise((resolve) => setTimeout(resolve, 1));
            while (opening && app.getState().config.hidden[0][0] === 300);
          },
        });
        spawned.push(port);
        return port;
      },
      { pinned: { ...small, hidden: [[300, 300]] } },
    );
    void actions.start();
    await actions.set({ hidden: [[5]] });
    opening = false;
    expect(app.getState()).toMatchObject({ status: 'ready', config: { hidden: [[5]] } });
    expect(spawned).toHaveLength(1);
  });
});

describe('a worker that is lost again and again', () => {
  it('at one and the same step is not started for ever', async () => {
    let spawned = 0;
    const { app, actions } = made(() => {
      spawned++;
      const port = portHere();
      const { postMessage } = port;
      port.postMessage = (message) => {
        // It dies in its first step.
        if (!('command' in message) || message.command.kind !== 'play') postMessage(message);
        else setTimeout(() => port.onerror?.({ message: 'out of memory' } as ErrorEvent), 5);
      };
      return port;
    });
    await actions.start();
    void actions.play();
    await until(() => app.getState().status === 'failed');
    expect(spawned).toBe(5);
    expect(app.getState().notice).toMatchObject({
      kind: 'error',
      text: 'out of memory, 4 times at step 0: it is not started again by itself',
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(spawned).toBe(5);
  });
});

describe('a worker whose file does not arrive', () => {
  it('is named, and the message goes once it is mended', async () => {
    let mended = false;
    let spawned = 0;
    const { app, lane, actions } = made(
      () => {
        spawned++;
        const port = portHere();
        if (!mended) {
          port.kill();
          setTimeout(() => port.onerror?.({} as ErrorEvent));
        }
        return port;
      },
      { diagnose: async () => 'trainer.worker-x.js did not arrive: the server answers 404' },
    );
    await actions.start();
    await until(() => app.getState().status === 'failed');
    expect(app.getState().notice).toMatchObject({
      kind: 'error',
      text: 'trainer.worker-x.js did not arrive: the server answers 404',
    });
    mended = true;
    await until(() => app.getState().status === 'ready');
    expect(spawned).toBe(2);
    expect(app.getState().notice).toBeUndefined();
    await actions.step(1);
    expect(lane.getState().step).toBe(1);
  });
});
