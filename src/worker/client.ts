import type { Answer, Command, FromWorker, ToWorker, WorkerEvent } from './protocol.ts';

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

export interface ClientOptions {
  /** Starts a worker. */
  readonly spawn: () => WorkerPort;
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker died or stopped answering and a new one has been started: open the lanes again. */
  readonly onRestart: (reason: string) => void;
  /** Without one, every event counts as seen at once. */
  readonly screen?: Screen;
  /** Silence in ms after which the worker counts as dead. */
  readonly patience?: number;
}

const HEARTBEAT_MS = 2000;
const PATIENCE_MS = 20000;

/**
 * Typed messages to the training worker. Every command is answered or rejected, also when the worker dies: then all that
 * were open are rejected, a new worker is started and `onRestart` is told why.
 */
export class TrainerClient {
  private port: WorkerPort;
  private nextId = 1;
  private readonly open = new Map<
    number,
    { resolve: (answer: never) => void; reject: (error: Error) => void }
  >();
  private heard = Date.now();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unwatch: (() => void) | undefined;

  constructor(private readonly options: ClientOptions) {
    this.port = this.start();
    this.unwatch = options.screen?.watchAnswers((answering) => this.port.postMessage({ answering }));
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
  }

  /** Sends a command; resolves with its answer. @throws Error with the worker's message. */
  send<C extends Command>(command: C): Promise<Answer<C['kind']>> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.port.postMessage({ id, command });
    });
  }

  dispose(): void {
    clearInterval(this.timer);
    this.unwatch?.();
    this.port.terminate();
    this.rejectAll('the page was closed');
  }

  private start(): WorkerPort {
    const port = this.options.spawn();
    this.heard = Date.now();
    port.onmessage = ({ data }) => this.receive(data);
    port.onerror = (event) => this.restart(event.message || 'the training worker stopped with an error');
    return port;
  }

  private receive(message: FromWorker): void {
    this.heard = Date.now();
    if ('event' in message) {
      try {
        this.options.onEvent(message.event);
      } finally {
        if (message.event.kind === 'telemetry') void this.acknowledge(this.port);
      }
      return;
    }
    const waiting = this.open.get(message.id);
    this.open.delete(message.id);
    if (!waiting) return;
    if ('error' in message) {
      const error = new Error(message.error.message);
      error.name = message.error.name;
      waiting.reject(error);
    } else waiting.resolve(message.answer as never);
  }

  private async acknowledge(port: WorkerPort): Promise<void> {
    const seen = (await this.options.screen?.shown()) ?? true;
    port.postMessage({ acknowledged: true, seen });
  }

  private beat(): void {
    // A page that slept hears nothing for long: ask first, judge at a later beat.
    const silent = Date.now() - this.heard;
    if (silent > (this.options.patience ?? PATIENCE_MS) && this.asked)
      this.restart(`the training worker has not answered for ${Math.round(silent / 1000)} s`);
    else {
      this.asked = silent > HEARTBEAT_MS;
      this.port.postMessage({ id: 0, command: { kind: 'ping' } });
    }
  }
  private asked = false;

  private restart(reason: string): void {
    this.port.onmessage = null;
    this.port.onerror = null;
    this.port.terminate();
    this.rejectAll(reason);
    this.port = this.start();
    this.options.onRestart(reason);
  }

  private rejectAll(reason: string): void {
    for (const { reject } of this.open.values()) reject(new Error(reason));
    this.open.clear();
  }
}

/** Starts the real worker. */
export function spawnTrainer(): WorkerPort {
  return new Worker(new URL('./trainer.worker.ts', import.meta.url), {
    type: 'module',
  }) as unknown as WorkerPort;
}
