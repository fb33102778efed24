import { scriptFault } from '../kernels/arrival.ts';
import type { Answer, Command, FromWorker, ToWorker, WorkerEvent } from './protocol.ts';
import trainerAddress from './trainer.worker.ts?worker&url';

/** The part of Worker that the client needs, so that tests can stand in for it. */
export interface WorkerPort {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** What the client knows of the screen. */
export interface Screen {
  /** Resolves once what the last event changed can be seen, with false for a page that is out of sight. The worker then tells of newer results. */
  shown(): Promise<boolean>;
  /** Tells whenever the page begins to answer something that was pressed, and when the answer can be seen; returns how to stop. */
  watchAnswers(tell: (answering: boolean) => void): () => void;
}

interface ClientOptions {
  /** Starts a worker. */
  readonly spawn: () => WorkerPort;
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker died or stopped answering and a new one has been started: open the lanes again. */
  readonly onRestart: (reason: string) => void;
  /** No worker can be started: none is tried any more until something is sent. */
  readonly onGone?: (reason: string) => void;
  /** Why the worker's file cannot be run, once a worker died before it said anything. */
  readonly diagnose?: () => Promise<string | undefined>;
  /** Without one, every event counts as seen at once. */
  readonly screen?: Screen;
  /** Silence in ms after which the worker counts as dead. */
  readonly patience?: number;
}

/** The worker that a command was sent to is no more. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

const HEARTBEAT_MS = 2000;
const PATIENCE_MS = 20000;
/** Waits before a worker that died before it said anything is started anew; after the last it stays away. */
const WAITS_MS = [1000, 4000];

/**
 * Typed messages to the training worker. Every command is answered or rejected, also when the worker dies: then all that
 * were open are rejected, a new worker is started and `onRestart` is told why.
 */
export class TrainerClient {
  /** None while no worker can be started. */
  private port: WorkerPort | undefined;
  /** Workers in a row that died before they said anything. */
  private stillborn = 0;
  private restartTimer: ReturnType<typeof setTimeout> | undefined;
  private nextId = 1;
  private readonly open = new Map<
    number,
    { resolve: (answer: never) => void; reject: (error: Error) => void }
  >();
  private lastMessageAt = Date.now();
  private lastAnswerAt = Date.now();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unwatch: (() => void) | undefined;

  constructor(private readonly options: ClientOptions) {
    this.port = this.start();
    this.unwatch = options.screen?.watchAnswers((answering) => this.port?.postMessage({ answering }));
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
  }

  /** Sends a command; resolves with its answer. @throws Error with the worker's message. */
  send<C extends Command>(command: C): Promise<Answer<C['kind']>> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      // Asked for by the user: one more try.
      this.port ??= this.start();
      this.port.postMessage({ id, command });
    });
  }

  /** Time since the worker last took a message in hand, in ms: long while it computes in one go. */
  get unresponsive(): number {
    return Date.now() - this.lastAnswerAt;
  }

  /** Asks the worker for a sign of life. */
  ping(): void {
    this.port?.postMessage({ id: 0, command: { kind: 'ping' } });
  }

  /** Ends the worker, whatever it does, and starts another; what was open is rejected. */
  replace(reason: string): void {
    this.end(reason);
    this.port = this.start();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.unwatch?.();
    this.end('the page was closed');
  }

  private start(): WorkerPort {
    clearTimeout(this.restartTimer);
    const port = this.spawned();
    let born = false;
    this.lastMessageAt = this.lastAnswerAt = Date.now();
    this.asked = false;
    port.onmessage = ({ data }) => {
      born = true;
      this.stillborn = 0;
      this.receive(port, data);
    };
    port.onerror = (event) => {
      const reason = event.message || 'the training worker stopped with an error';
      if (born) this.restart(reason);
      else void this.notBorn(reason);
    };
    return port;
  }

  /** A worker, or nothing that answers where the browser forbids one. */
  private spawned(): WorkerPort {
    try {
      return this.options.spawn();
    } catch (error) {
      const { message } = error as Error;
      const none: WorkerPort = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
      queueMicrotask(() => none.onerror?.({ message } as ErrorEvent));
      return none;
    }
  }

  /** A worker died before it said anything: its file is looked at, and another one started a few times, ever later. */
  private async notBorn(reason: string): Promise<void> {
    const wait = WAITS_MS[this.stillborn++];
    const port = this.port;
    // What is sent meanwhile waits for the reason.
    if (port) port.onerror = port.onmessage = null;
    const cause = (await this.options.diagnose?.().catch(() => undefined)) ?? reason;
    if (this.port !== port) return;
    this.end(cause);
    this.options.onGone?.(cause);
    if (wait === undefined) return;
    this.restartTimer = setTimeout(() => {
      if (this.port) return;
      this.port = this.start();
      this.options.onRestart(cause);
    }, wait);
  }

  private receive(port: WorkerPort, message: FromWorker): void {
    this.lastMessageAt = Date.now();
    if ('beat' in message) return;
    if ('event' in message) {
      try {
        this.options.onEvent(message.event);
      } finally {
        if (message.event.kind === 'telemetry') void this.acknowledge(port);
      }
      return;
    }
    this.lastAnswerAt = this.lastMessageAt;
    const request = this.open.get(message.id);
    this.open.delete(message.id);
    if (!request) return;
    if ('error' in message) {
      const error = new Error(message.error.message);
      error.name = message.error.name;
      request.reject(error);
    } else request.resolve(message.answer as never);
  }

  private async acknowledge(port: WorkerPort): Promise<void> {
    const seen = (await this.options.screen?.shown()) ?? true;
    port.postMessage({ acknowledged: true, seen });
  }

  private beat(): void {
    if (!this.port) return;
    // A page that slept hears nothing for long: ask first, judge at a later beat.
    const silent = Date.now() - this.lastMessageAt;
    if (silent > (this.options.patience ?? PATIENCE_MS) && this.asked)
      this.restart(`the training worker has not answered for ${Math.round(silent / 1000)} s`);
    else {
      this.asked = silent > HEARTBEAT_MS;
      this.ping();
    }
  }
  private asked = false;

  private restart(reason: string): void {
    this.replace(reason);
    this.options.onRestart(reason);
  }

  private end(reason: string): void {
    clearTimeout(this.restartTimer);
    if (this.port) {
      this.port.onmessage = null;
      this.port.onerror = null;
      this.port.terminate();
    }
    this.port = undefined;
    this.rejectAll(reason);
  }

  private rejectAll(reason: string): void {
    for (const { reject } of this.open.values()) reject(new WorkerEnded(reason));
    this.open.clear();
  }
}

/** Starts the real worker. */
export function spawnTrainer(): WorkerPort {
  return new Worker(trainerAddress, { type: 'module' }) as unknown as WorkerPort;
}

/** Why the real worker's file cannot be run. */
export const trainerFault = () => scriptFault(trainerAddress);
