import { scriptFault } from '../kernels/arrival.ts';
import { startWorker } from '../kernels/start-worker.ts';
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

/** What the client has for a worker. */
type WorkerState =
  /** `answered`: it has said something, so its file is there and runs. */
  | { readonly at: 'running'; readonly port: WorkerPort; readonly answered: boolean }
  /** It died before it said anything: its file is looked at. What is sent meanwhile waits for the reason. */
  | { readonly at: 'stillborn'; readonly port: WorkerPort }
  /** None can be started; one more is tried by `timer`, if there is one, and when something is sent. */
  | { readonly at: 'absent'; readonly timer?: ReturnType<typeof setTimeout> }
  | { readonly at: 'disposed' };

const CLOSED = 'the page was closed';
const HEARTBEAT_MS = 2000;
const PATIENCE_MS = 20000;
/** Waits before a worker that died before it said anything is started anew; after the last it stays away. */
const WAITS_MS = [1000, 4000];

/**
 * Typed messages to the training worker. Every command is answered or rejected, also when the worker dies: then all that
 * were open are rejected, a new worker is started and `onRestart` is told why.
 */
export class TrainerClient {
  private worker: WorkerState = { at: 'absent' };
  /** Workers in a row that died before they said anything. */
  private stillbirths = 0;
  private nextId = 1;
  private readonly open = new Map<
    number,
    { resolve: (answer: never) => void; reject: (error: Error) => void }
  >();
  private lastMessageAt = Date.now();
  private lastAnswerAt = Date.now();
  /** Whether it was asked for a sign of life after it had fallen silent. */
  private pinged = false;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unwatch: (() => void) | undefined;

  constructor(private readonly options: ClientOptions) {
    this.start();
    this.unwatch = options.screen?.watchAnswers((answering) => this.post({ answering }));
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
  }

  /** Sends a command; resolves with its answer. @throws Error with the worker's message. */
  send<C extends Command>(command: C): Promise<Answer<C['kind']>> {
    if (this.worker.at === 'disposed') return Promise.reject(new WorkerEnded(CLOSED));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      // Asked for by the user: one more try.
      if (this.worker.at === 'absent') this.start();
      this.post({ id, command });
    });
  }

  /** Time since the worker last took a message in hand, in ms: long while it computes in one go. */
  get unresponsive(): number {
    return Date.now() - this.lastAnswerAt;
  }

  /** Asks the worker for a sign of life. */
  ping(): void {
    this.post({ id: 0, command: { kind: 'ping' } });
  }

  /** Ends the worker, whatever it does, and starts another; what was open is rejected. */
  replace(reason: string): void {
    if (this.worker.at === 'disposed') return;
    this.end(reason, { at: 'absent' });
    this.start();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.unwatch?.();
    this.end(CLOSED, { at: 'disposed' });
  }

  private post(message: ToWorker): void {
    if ('port' in this.worker) this.worker.port.postMessage(message);
  }

  private start(): void {
    if (this.worker.at === 'absent') clearTimeout(this.worker.timer);
    const port = this.spawned();
    this.worker = { at: 'running', port, answered: false };
    this.lastMessageAt = this.lastAnswerAt = Date.now();
    this.pinged = false;
    port.onmessage = ({ data }) => {
      this.worker = { at: 'running', port, answered: true };
      this.stillbirths = 0;
      this.receive(port, data);
    };
    port.onerror = (event) => {
      const reason = event.message || 'the training worker stopped with an error';
      if (this.worker.at === 'running' && this.worker.answered) this.restart(reason);
      else void this.stillborn(port, reason);
    };
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
  private async stillborn(port: WorkerPort, reason: string): Promise<void> {
    port.onerror = port.onmessage = null;
    this.worker = { at: 'stillborn', port };
    const cause = (await this.options.diagnose?.().catch(() => undefined)) ?? reason;
    // Replaced, or disposed of, meanwhile.
    if (!('port' in this.worker) || this.worker.port !== port) return;
    const wait = WAITS_MS[this.stillbirths++];
    const again = () => {
      this.start();
      this.options.onRestart(cause);
    };
    this.end(cause, { at: 'absent', timer: wait === undefined ? undefined : setTimeout(again, wait) });
    this.options.onGone?.(cause);
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
    const visible = (await this.options.screen?.shown()) ?? true;
    port.postMessage({ acknowledged: true, seen: visible });
  }

  private beat(): void {
    if (!('port' in this.worker)) return;
    // A page that slept hears nothing for long: ask first, judge at a later beat.
    const silent = Date.now() - this.lastMessageAt;
    if (silent > (this.options.patience ?? PATIENCE_MS) && this.pinged)
      this.restart(`the training worker has not answered for ${Math.round(silent / 1000)} s`);
    else {
      this.pinged = silent > HEARTBEAT_MS;
      this.ping();
    }
  }

  private restart(reason: string): void {
    this.replace(reason);
    this.options.onRestart(reason);
  }

  /** Ends the worker, if there is one: the client is as `then` says, and what was open is rejected. */
  private end(reason: string, then: WorkerState): void {
    const before = this.worker;
    this.worker = then;
    if (before.at === 'absent') clearTimeout(before.timer);
    if ('port' in before) {
      before.port.onmessage = null;
      before.port.onerror = null;
      before.port.terminate();
    }
    for (const { reject } of this.open.values()) reject(new WorkerEnded(reason));
    this.open.clear();
  }
}

/** Starts the real worker. */
export function spawnTrainer(): WorkerPort {
  return startWorker(trainerAddress) as unknown as WorkerPort;
}

/** Why the real worker's file cannot be run. */
export const trainerFault = () => scriptFault(trainerAddress);
