import { afterEach, describe, expect, it, vi } from 'vitest';
import { portHere, until } from '../../tests/support/worker.ts';
import { resolveConfig } from '../training/presets.ts';
import { TrainerClient, type WorkerPort } from './client.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const config = resolveConfig({ T: 4, batch: [4], hidden: [[3]] });
const view = { probe: [[0, 0]], silenced: [] };
const clients: TrainerClient[] = [];

function client(spawn: () => WorkerPort, onRestart: (reason: string) => void = () => {}): TrainerClient {
  const made = new TrainerClient({ spawn, onEvent: () => {}, onRestart });
  clients.push(made);
  return made;
}

afterEach(() => {
  for (const made of clients.splice(0)) made.dispose();
  vi.useRealTimers();
});

describe('TrainerClient', () => {
  it('answers commands and passes on the worker’s errors', async () => {
    const here = client(portHere);
    await here.send({ kind: 'open', lane: 'a', config, view });
    expect(await here.send({ kind: 'rates', lane: 'a', factor: 0, depth: 0 })).toHaveLength(33 * 33 * 3);
    await expect(here.send({ kind: 'rates', lane: 'b', factor: 0, depth: 0 })).rejects.toThrow(
      'lane “b” is not open',
    );
  });

  it('rejects what is open and starts anew when the worker reports an error', async () => {
    const ports: ReturnType<typeof portHere>[] = [];
    const reasons: string[] = [];
    const here = client(
      () => {
        ports.push(portHere());
        return ports[ports.length - 1];
      },
      (reason) => reasons.push(reason),
    );
    await here.send({ kind: 'ping' });
    ports[0].kill();
    const lost = here.send({ kind: 'pause' });
    ports[0].onerror?.({ message: 'out of memory' } as ErrorEvent);
    await expect(lost).rejects.toThrow('out of memory');
    expect(reasons).toEqual(['out of memory']);
    await here.send({ kind: 'open', lane: 'a', config, view });
    expect(await here.send({ kind: 'rates', lane: 'a', factor: 0, depth: 0 })).toHaveLength(33 * 33 * 3);
  });

  it('starts a worker whose file does not arrive a few times, ever later, and names the file', async () => {
    vi.useFakeTimers();
    let mended = false;
    let spawned = 0;
    const gone: string[] = [];
    const restarts: string[] = [];
    const made = new TrainerClient({
      spawn() {
        spawned++;
        const port = portHere();
        if (!mended) setTimeout(() => port.onerror?.({} as ErrorEvent));
        if (!mended) port.kill();
        return port;
      },
      onEvent: () => {},
      onRestart: (reason) => restarts.push(reason),
      onGone: (reason) => gone.push(reason),
      diagnose: async () => 'trainer.worker-x.js did not arrive: the server answers 404',
    });
    clients.push(made);
    /** However slowly the machine gets to what sets the next timer. */
    const timeUntil = async (holds: () => boolean) => {
      while (!holds()) await vi.advanceTimersByTimeAsync(1000);
    };
    const settled = async <T>(promise: Promise<T>): Promise<T> => {
      let is = false;
      const settle = () => {
        is = true;
      };
      promise.then(settle, settle);
      await timeUntil(() => is);
      return promise;
    };
    const lost = expect(made.send({ kind: 'pause' })).rejects.toThrow('trainer.worker-x.js did not arrive');
    await timeUntil(() => spawned === 3 && gone.length === 3);
    await lost;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(spawned).toBe(3);
    expect(restarts).toHaveLength(2);
    expect(new Set(gone)).toEqual(new Set(['trainer.worker-x.js did not arrive: the server answers 404']));
    // Asked for again: one more try, which fails, and one that does not.
    await expect(settled(made.send({ kind: 'pause' }))).rejects.toThrow('did not arrive');
    expect(spawned).toBe(4);
    mended = true;
    await settled(made.send({ kind: 'ping' }));
    expect(spawned).toBe(5);
  });

  it('takes a worker that the browser forbids for one that cannot start', async () => {
    const gone: string[] = [];
    const made = new TrainerClient({
      spawn() {
        throw new Error('workers are forbidden in this frame');
      },
      onEvent: () => {},
      onRestart: () => {},
      onGone: (reason) => gone.push(reason),
    });
    clients.push(made);
    await until(() => gone.length > 0);
    expect(gone[0]).toBe('workers are forbidden in this frame');
  });

  it('starts no worker any more once it is disposed of, and says so to whoever asks', async () => {
    let spawned = 0;
    const here = client(() => {
      spawned++;
      return portHere();
    });
    const open = expect(here.send({ kind: 'ping' })).rejects.toMatchObject({ name: 'WorkerEnded' });
    here.dispose();
    await open;
    await expect(here.send({ kind: 'pause' })).rejects.toMatchObject({ name: 'WorkerEnded' });
    here.replace('not wanted');
    expect(spawned).toBe(1);
  });

  it('does not take a worker for dead that is busy for minutes and says so', async () => {
    vi.useFakeTimers();
    const reasons: string[] = [];
    const port: WorkerPort = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
    client(
      () => port,
      (reason) => reasons.push(reason),
    );
    const beats = setInterval(
      () => port.onmessage?.({ data: { beat: true } } as MessageEvent<FromWorker>),
      500,
    );
    await vi.advanceTimersByTimeAsync(300_000);
    clearInterval(beats);
    expect(reasons).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reasons.length).toBeGreaterThan(0);
  });

  it('tells the worker when something is answered, and what has come to the screen', async () => {
    const heard: ToWorker[] = [];
    const port = portHere();
    const { postMessage } = port;
    port.postMessage = (message) => {
      heard.push(message);
      postMessage(message);
    };
    let tell: (answering: boolean) => void = () => {};
    let stopped = false;
    const screen = {
      shown: async () => false,
      watchAnswers(listener: typeof tell) {
        tell = listener;
        return () => (stopped = true);
      },
    };
    const made = new TrainerClient({ spawn: () => port, onEvent: () => {}, onRestart: () => {}, screen });
    clients.push(made);
    tell(true);
    tell(false);
    expect(heard).toEqual([{ answering: true }, { answering: false }]);
    await made.send({ kind: 'open', lane: 'a', config, view });
    await until(() => heard.some((message) => 'acknowledged' in message && !message.seen));
    made.dispose();
    expect(stopped).toBe(true);
  });

  it('replaces a worker that has fallen silent, and not one that answers', async () => {
    vi.useFakeTimers();
    const silent: WorkerPort = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
    const answering: WorkerPort = {
      onmessage: null,
      onerror: null,
      terminate() {},
      postMessage(message) {
        if ('id' in message)
          this.onmessage?.({ data: { id: message.id, answer: undefined } } as MessageEvent<FromWorker>);
      },
    };
    const ports = [silent, answering];
    const reasons: string[] = [];
    const here = client(
      () => ports.shift() as WorkerPort,
      (reason) => reasons.push(reason),
    );
    const lost = expect(here.send({ kind: 'pause' })).rejects.toThrow(/has not answered for \d+ s/);
    await vi.advanceTimersByTimeAsync(30000);
    await lost;
    expect(reasons).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(120000);
    expect(reasons).toHaveLength(1);
  });
});
