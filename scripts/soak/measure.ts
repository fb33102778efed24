import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';

/** What a page takes at a moment, after its garbage was collected. Sizes in bytes. */
export interface Sample {
  /** Since the soak began. */
  readonly minutes: number;
  /** What was looked at before. */
  readonly after: string;
  /** JavaScript of the page itself. */
  readonly pageHeap: number;
  /** JavaScript of its workers, all together. */
  readonly workerHeap: number;
  /** Array buffers of page and workers, those of WebAssembly's memories left out. */
  readonly buffers: number;
  /** WebAssembly's memories of page and workers. */
  readonly wasm: number;
  readonly workers: number;
  /** Of the page, those that are not in its document counted in. */
  readonly nodes: number;
  readonly documents: number;
  readonly listeners: number;
  /** What the browser keeps for the page: runs and boards. */
  readonly indexedDb: number;
  readonly localStorage: number;
  /** Resident memory of the browser's largest renderer process, where the system tells it (Linux). */
  readonly resident?: number;
}
export type Measure = Exclude<keyof Sample, 'minutes' | 'after'>;

interface Target {
  send(method: string, params?: object): Promise<unknown>;
}
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
type Attached = { sessionId: string; targetInfo: { type: string } };
type Received = { sessionId: string; message: string };

/** A worker that answers no question for so long is busy with one piece of work; it is asked again a minute later. */
const PATIENCE_MS = 20_000;

/** A worker, asked through what started it: Playwright's sessions reach pages only. */
class WorkerTarget implements Target {
  private calls = 0;
  private readonly waiting = new Map<
    number,
    { resolve(result: unknown): void; reject(error: Error): void }
  >();
  readonly below = new Targets(this);

  constructor(
    private readonly above: Target,
    private readonly sessionId: string,
  ) {}

  send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.calls;
    const message = JSON.stringify({ id, method, params });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end(id, new Error(`no answer to ${method}`)), PATIENCE_MS);
      this.waiting.set(id, {
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.above
        .send('Target.sendMessageToTarget', { sessionId: this.sessionId, message })
        .catch((error) => this.end(id, error));
    });
  }

  take(text: string): void {
    const { id, method, params, result, error } = JSON.parse(text) as Message;
    if (id === undefined) this.below.take(method, params);
    else if (error) this.end(id, new Error(error.message));
    else {
      this.waiting.get(id)?.resolve(result);
      this.waiting.delete(id);
    }
  }

  private end(id: number, error: Error): void {
    this.waiting.get(id)?.reject(error);
    this.waiting.delete(id);
  }
}

/** Workers that were started by one target, and those that these started. */
class Targets {
  private readonly workers = new Map<string, WorkerTarget>();

  constructor(private readonly of: Target) {}

  async watch(): Promise<void> {
    await this.of.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
  }

  take(method: string | undefined, params: unknown): void {
    if (method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo } = params as Attached;
      if (targetInfo.type !== 'worker') return;
      const worker = new WorkerTarget(this.of, sessionId);
      this.workers.set(sessionId, worker);
      // One that ended meanwhile says so.
      worker.below.watch().catch(() => undefined);
    }
    if (method === 'Target.detachedFromTarget') this.workers.delete((params as Attached).sessionId);
    if (method === 'Target.receivedMessageFromTarget') {
      const { sessionId, message } = params as Received;
      this.workers.get(sessionId)?.take(message);
    }
  }

  all(): WorkerTarget[] {
    return [...this.workers.values()].flatMap((worker) => [worker, ...worker.below.all()]);
  }
}

const SUM_OF_BYTES = `function () { let bytes = 0; for (const memory of this) bytes += memory.buffer.byteLength; return bytes }`;

/** Bytes of all WebAssembly memories that something still refers to. */
async function wasmBytesOf(target: Target): Promise<number> {
  const objectGroup = 'soak';
  const { result } = (await target.send('Runtime.evaluate', {
    expression: 'WebAssembly.Memory.prototype',
    objectGroup,
  })) as { result: { objectId: string } };
  const { objects } = (await target.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    objectGroup,
  })) as { objects: { objectId: string } };
  const { result: sum } = (await target.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: SUM_OF_BYTES,
    returnByValue: true,
  })) as { result: { value: number } };
  await target.send('Runtime.releaseObjectGroup', { objectGroup });
  return sum.value;
}

/** JavaScript's heap, WebAssembly's memories and other array buffers of a target, after a collection. */
async function memoryOf(target: Target): Promise<{ heap: number; wasm: number; buffers: number }> {
  await target.send('HeapProfiler.collectGarbage');
  const wasm = await wasmBytesOf(target);
  const usage = (await target.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return { heap: usage.usedSize, wasm, buffers: Math.max(0, (usage.backingStorageSize ?? 0) - wasm) };
}

/** Resident bytes of the largest renderer of a browser. */
async function residentOf(browser: CDPSession): Promise<number | undefined> {
  try {
    const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
    const sizes = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(
        ({ id }) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) * 1024,
      );
    return sizes.length > 0 ? Math.max(...sizes) : undefined;
  } catch {
    return undefined;
  }
}

/** Measures a page and all its workers. */
export class Scales {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    private readonly browser: CDPSession | undefined,
    private readonly targets: Targets,
  ) {}

  static async of(page: Page): Promise<Scales> {
    const session = await page.context().newCDPSession(page);
    const send = session.send.bind(session) as (method: string, params?: object) => Promise<unknown>;
    const targets = new Targets({ send });
    for (const event of [
      'Target.attachedToTarget',
      'Target.detachedFromTarget',
      'Target.receivedMessageFromTarget',
    ] as const)
      session.on(event, (params) => targets.take(event, params));
    await targets.watch();
    const browser = await page.context().browser()?.newBrowserCDPSession();
    return new Scales(page, session, browser, targets);
  }

  /** @throws Error when the page or a worker does not answer */
  async measure(minutes: number, after: string): Promise<Sample> {
    const send = this.session.send.bind(this.session) as Target['send'];
    const page = await memoryOf({ send });
    const workers: (typeof page)[] = [];
    for (const worker of this.targets.all()) workers.push(await memoryOf(worker));
    const sum = (key: keyof typeof page) => workers.reduce((total, one) => total + one[key], 0);
    const { nodes, documents, jsEventListeners } = await this.session.send('Memory.getDOMCounters');
    const kept = await this.page.evaluate(async () => {
      const { usageDetails } = (await navigator.storage.estimate()) as {
        usageDetails?: Record<string, number>;
      };
      const local = Object.entries(localStorage).reduce(
        (sum, [name, text]) => sum + name.length + text.length,
        0,
      );
      return { indexedDb: usageDetails?.indexedDB ?? 0, localStorage: 2 * local };
    });
    const resident = this.browser && (await residentOf(this.browser));
    return {
      minutes,
      after,
      pageHeap: page.heap,
      workerHeap: sum('heap'),
      buffers: page.buffers + sum('buffers'),
      wasm: page.wasm + sum('wasm'),
      workers: workers.length,
      nodes,
      documents,
      listeners: jsEventListeners,
      ...kept,
      ...(resident !== undefined && { resident }),
    };
  }
}
