import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Builder, Capabilities, Key, Origin, type WebDriver } from 'selenium-webdriver';
import { Downloads } from './downloads.ts';
import { type Driver, LAPTOP, type Point, type Tab } from './driver.ts';
import { watched } from './watched.ts';

const PATIENCE_MS = 60_000;
/** A window that is not there by then never comes: the service has lost it, and another service is asked. */
const WINDOW_MS = 40_000;
const TRIES = 3;

/** A display in memory, of which the number is its own choice. */
async function display(xvfb: string): Promise<{ process: ChildProcess; name: string }> {
  const screen = ['-screen', '0', '2000x1200x24', '-nolisten', 'tcp', '-displayfd', '1'];
  const process = spawn(xvfb, screen, { stdio: ['ignore', 'pipe', 'ignore'] });
  const failed = once(process, 'exit').then(() => Promise.reject(new Error(`${xvfb} does not start`)));
  const [chunk] = await Promise.race([once(process.stdout!, 'data'), failed]);
  return { process, name: `:${String(chunk).trim()}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (!address || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

interface Service {
  readonly server: string;
  readonly stop: () => void;
}

/** WebKitWebDriver, once it answers. With it end the windows that it gave. */
async function startService(path: string, env: NodeJS.ProcessEnv): Promise<Service> {
  const port = await freePort();
  const child = spawn(path, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env, detached: true });
  // With what it started, which is of its group.
  const stop = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid);
    } catch {
      // It has ended meanwhile.
    }
  };
  const server = `http://127.0.0.1:${port}`;
  const until = Date.now() + PATIENCE_MS;
  const answers = () =>
    fetch(`${server}/status`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await answers())) {
    if (Date.now() > until) {
      stop();
      throw new Error(`${path} does not answer`);
    }
    await pause(100);
  }
  return { server, stop };
}

/** A key as WebDriver names it. */
const keyOf = (key: string) => {
  const name = key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  const named = (Key as unknown as Record<string, unknown>)[name];
  return key.length > 1 && typeof named === 'string' ? named : key;
};

/**
 * A stock WebKitGTK, driven by selenium through WebKitWebDriver. A window is a browser of its own, so that nothing is stored in
 * it. WebKitWebDriver tells nothing of what a page logs: it is given a page that keeps its own record.
 */
export async function launchWebkit(
  path: string,
  [browser, xvfb]: readonly string[],
  address: string,
): Promise<Driver> {
  const screen = await display(xvfb);
  const home = mkdtempSync(join(tmpdir(), 'playground-webkit-'));
  const downloads = new Downloads();
  const config = join(home, '.config');
  mkdirSync(config);
  writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads.folder}"\n`);
  const environment = {
    ...process.env,
    DISPLAY: screen.name,
    HOME: home,
    XDG_CONFIG_HOME: config,
    GDK_BACKEND: 'x11',
  };
  let service = await startService(path, environment).catch((error) => {
    screen.process.kill();
    throw error;
  });
  const page = await watched(address);
  const ask = async (): Promise<WebDriver> => {
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    });
    return new Builder().usingServer(service.server).withCapabilities(capabilities).build();
  };
  const session = async (): Promise<WebDriver> => {
    for (let tries = 1; ; tries++) {
      const late = pause(WINDOW_MS, undefined, { ref: false });
      const window = await Promise.race([ask(), late]);
      if (window) return window;
      if (tries === TRIES) throw new Error(`${path} gave no window ${TRIES} times`);
      service.stop();
      service = await startService(path, environment);
    }
  };
  const close = async () => {
    service.stop();
    screen.process.kill();
    await page.close();
    downloads.remove();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const first = await session();
    const version = (await first.getCapabilities()).get('browserVersion');
    await first.quit();
    return { title: `WebKitGTK ${version}, selenium through WebKitWebDriver`, open: () => open(), close };
  } catch (error) {
    await close();
    throw error;
  }

  async function open(): Promise<Tab> {
    const driver = await session();
    /** What is around the page is part of the window. */
    const resize = async (width: number, height: number) => {
      for (let frame = { width: 0, height: 0 }, n = 0; n < 2; n++) {
        await driver
          .manage()
          .window()
          .setRect({ x: 0, y: 0, width: width + frame.width, height: height + frame.height });
        const [inner, outer] = await driver.executeScript<[number, number]>(
          'return [innerWidth, innerHeight]',
        );
        frame = { width: frame.width + width - inner, height: frame.height + height - outer };
      }
    };
    await resize(LAPTOP.width, LAPTOP.height);
    const move = ({ x, y }: Point) => ({
      x: Math.round(x),
      y: Math.round(y),
      duration: 20,
      origin: Origin.VIEWPORT,
    });
    return {
      goto: (to) => driver.get(page.at(to)),
      reload: () => driver.navigate().refresh(),
      evaluate: (code, ...args) => driver.executeScript(code, ...args),
      async drag(from, ...others) {
        let hand = driver.actions().move(move(from)).press();
        for (const point of others) hand = hand.move(move(point));
        await hand.release().perform();
      },
      press: (key) => driver.actions().sendKeys(keyOf(key)).perform(),
      resize,
      screenshot: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
      download: (act) => downloads.during(act),
      problems: async () => page.problems.splice(0),
      close: () => driver.quit(),
    };
  }
}
