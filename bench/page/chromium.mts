import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from '../../scripts/chromium.mjs';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;
/** A new window loads parts of the browser's own interface, in a process of their own: the page is not to share the CPU with them. */
const WINDOW_MS = 2000;

type Waiting = { resolve(result: never): void; reject(error: Error): void };

/**
 * A headless Chromium driven over its debugging pipe. Test drivers listen to everything that a page's scripts do, which makes
 * them slower than they are for a visitor (every `new Error` has its script parsed again, for one); here nothing is listened to.
 */
export class Chromium {
  private readonly folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  private readonly browser: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private rest = '';

  constructor() {
    const path = findChromium();
    if (!path) throw new Error('No Chromium was found: `node scripts/chromium.mjs` installs one.');
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    // Nothing comes from elsewhere.
    const hosts = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost';
    const args = [
      '--headless',
      hosts,
      '--remote-debugging-pipe',
      `--user-data-dir=${this.folder}`,
      '--no-first-run',
    ];
    this.browser = spawn(path, [...args, '--disable-dev-shm-usage', ...root, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.browser.on('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('Chromium ended.'));
    });
    (this.browser.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      const messages = (this.rest + text).split('\0');
      this.rest = messages.pop() ?? '';
      for (const message of messages) this.take(JSON.parse(message));
    });
  }

  private take({ id, result, error }: { id?: number; result?: never; error?: { message: string } }): void {
    const waiting = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || !waiting) return;
    this.waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result as never);
  }

  /** Calls a method of the DevTools protocol. @throws Error as the browser tells it */
  send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const pipe = this.browser.stdio[3] as Writable;
      pipe.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** A new window of 1366×768, nothing kept from the one before, on a CPU slowed `slowdown` times; `script` runs before the page's own. */
  async open(slowdown: number, script: string): Promise<Tab> {
    const { browserContextId } = await this.send<{ browserContextId: string }>('Target.createBrowserContext');
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
    });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const tab = new Tab(this, sessionId, browserContextId);
    const size = { width: 1366, height: 768, deviceScaleFactor: 1, mobile: false };
    await tab.send('Emulation.setDeviceMetricsOverride', size);
    await tab.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    await tab.send('Page.enable');
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: script });
    await wait(WINDOW_MS);
    await tab.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    return tab;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.browser.once('exit', resolve));
    await this.send('Browser.close').catch(() => undefined);
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Tab {
  constructor(
    private readonly browser: Chromium,
    private readonly session: string,
    private readonly context: string,
  ) {}

  send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.browser.send(method, params, this.session);
  }

  async goto(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
  }

  /** The value of a JavaScript expression in the page. @throws Error what the expression throws */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: Value };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until the expression is true. @throws Error when it is not for a minute */
  async until(expression: string): Promise<void> {
    const last = Date.now() + PATIENCE_MS;
    // Between two pages there is nothing to be asked.
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (Date.now() > last) throw new Error(`Not true after a minute: ${expression}`);
      await wait(POLL_MS);
    }
  }

  /** Presses the middle of the element that the expression gives with the mouse. */
  async click(element: string): Promise<void> {
    await this.until(element);
    const { x, y } = await this.evaluate<{ x: number; y: number }>(
      `(() => { const { left, top, width, height } = (${element}).getBoundingClientRect(); return { x: left + width / 2, y: top + height / 2 } })()`,
    );
    const at = { x, y, button: 'left', clickCount: 1 };
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    await this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  }

  async close(): Promise<void> {
    await this.browser.send('Target.disposeBrowserContext', { browserContextId: this.context });
  }
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
