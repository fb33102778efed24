import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { engineBadge, PATIENCE, pause, play, save, stepOf, untilStep } from './playground.ts';

test.use({ serviceWorkers: 'allow', acceptDownloads: true });

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** A plain static server of what lies in a folder, under a path of its own. Files of assets/ may be kept by browsers. */
class Host {
  private server: Server;
  /** No connection: requests come to nothing. */
  isDown = false;

  constructor(public folder: string) {
    this.server = createServer((request, response) => {
      if (this.isDown) return request.socket.destroy();
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      try {
        if (!path.startsWith('/name/')) throw new Error(path);
        const file = path.replace(/^\/name\//, '') || 'index.html';
        const body = readFileSync(join(this.folder, file));
        response.writeHead(200, {
          'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
          'cache-control': file.startsWith('assets/') ? 'max-age=31536000, immutable' : 'max-age=600',
        });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, 'localhost', resolve));
    return `http://localhost:${(this.server.address() as AddressInfo).port}/name/`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** What another build of the page would be: all hashed files under other names, index.html of another revision. */
function anotherBuild(folder: string, html: (text: string) => string): void {
  const assets = join(folder, 'assets');
  const names = new Set(readdirSync(assets));
  const renamed = (text: string) =>
    text.replace(/[\w.-]+-[\w-]{8}\.(?:js|css|wasm|woff2?|ttf)/g, (name) =>
      names.has(name) ? name.replace(/.(\.\w+)$/, (_, ending) => `~${ending}`) : name,
    );
  for (const path of ['index.html', 'sw.js', ...[...names].map((name) => join('assets', name))]) {
    if (!/\.(html|js|css)$/.test(path)) continue;
    const text = renamed(readFileSync(join(folder, path), 'utf8'));
    writeFileSync(join(folder, path), path === 'index.html' ? html(text) : text);
  }
  for (const name of names) renameSync(join(assets, name), join(assets, renamed(name)));
  const worker = join(folder, 'sw.js');
  const text = readFileSync(worker, 'utf8');
  const newer = text.replace(/(url:"index\.html",revision:")\w+/, '$1another');
  expect(newer).not.toBe(text);
  writeFileSync(worker, newer);
}

let host: Host;
let address: string;
let folder: string;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playground-host-'));
  cpSync('dist', join(folder, 'a'), { recursive: true });
  host = new Host(join(folder, 'a'));
  address = await host.start();
});
test.afterEach(() => {
  host.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The first visit, until the browser keeps all of it. */
async function visit(page: Page): Promise<void> {
  await page.goto(address);
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByTestId('offline')).toContainText(
    'works without a connection: this browser keeps',
    PATIENCE,
  );
  await page.keyboard.press('Escape');
}

/** A file's path relative to the page, for every file that the page may ask for. */
const filesOf = (dist: string) =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    // The worker itself is the browser's; woff2 is the one format of fonts that is asked for; the schema is for other programs.
    .filter((name) => /\.\w+$/.test(name) && !/^sw\.js$|\.(ttf|woff)$|^schema\//.test(name));

test('after the first visit the page opens, trains and shows everything without a connection', async ({
  page,
  context,
}) => {
  const manifest = JSON.parse(readFileSync(join(host.folder, 'manifest.webmanifest'), 'utf8'));
  for (const { src } of manifest.icons) expect(filesOf(host.folder)).toContain(src);
  expect(manifest.icons.map(({ purpose }: { purpose?: string }) => purpose)).toContain('maskable');
  await visit(page);

  await context.setOffline(true);
  host.isDown = true;
  await page.reload();
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  const missing = await page.evaluate(async (files) => {
    const answers = await Promise.all(
      // As a part is asked for that did not arrive the first time.
      files.map((file) =>
        fetch(`${file}?again=1`).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
    return files.filter((_, i) => !answers[i]);
  }, filesOf(host.folder));
  expect(missing).toEqual([]);

  await play(page).click();
  await untilStep(page, 20);
  await pause(page).click();
  await expect(play(page)).toBeVisible();
  expect((await save(page, 'Signed error', 'Data (CSV)')).suggestedFilename()).toMatch(/\.csv$/);

  // Parts with workers, styles and libraries of their own: a surface (plotly.js), the paper's table with its threads, formulas.
  await page.goto(`${address}#inside=surface`);
  await expect(
    page.getByTestId('surface-drawn').or(page.getByTestId('surface').locator('canvas')).first(),
  ).toBeVisible(PATIENCE);
  await page.goto(`${address}?from=elsewhere#lab=neuron`);
  await expect(page.getByTestId('lab-numbers')).toContainText(/spikes? in/, PATIENCE);
  await page.goto(`${address}index.html#lesson=1`);
  await expect(page.getByTestId('scene')).toContainText(/neuron/, PATIENCE);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a new version is offered, not forced; this one works on without its files, and the run goes on in the new one', async ({
  page,
  context,
}) => {
  await visit(page);
  await page.reload();
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  const other = await context.newPage();
  await other.goto(address);
  await expect(engineBadge(other)).toContainText('WebAssembly', PATIENCE);

  const newer = join(folder, 'b');
  cpSync(host.folder, newer, { recursive: true });
  anotherBuild(newer, (text) => text.replace('<html ', '<html data-build="b" '));
  host.folder = newer;

  await page.bringToFront();
  await page.reload();
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  await play(page).click();
  const offer = page.getByTestId('new-version');
  await expect(offer).toContainText('A new version of this page is there', PATIENCE);
  await expect(page.locator('html')).not.toHaveAttribute('data-build');
  // A part that was never opened, whose file the server has no longer.
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /share/i })).toBeVisible(PATIENCE);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await untilStep(page, 50);
  await pause(page).click();
  await expect(play(page)).toBeVisible();
  const step = await stepOf(page);

  await offer.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', 'b', PATIENCE);
  await expect.poll(() => stepOf(page), PATIENCE).toBe(step);
  await expect(offer).toHaveCount(0);
  // The other window was not asked: it stays as it is, and is offered the same.
  await expect(other.locator('html')).not.toHaveAttribute('data-build');
  await expect(other.getByTestId('new-version')).toBeVisible(PATIENCE);
  await other.getByTestId('new-version').getByRole('button', { name: 'Reload' }).click();
  await expect(other.locator('html')).toHaveAttribute('data-build', 'b', PATIENCE);
  await expect(other.getByTestId('new-version')).toHaveCount(0);
});
