// `npm start`: from a fresh clone to the running page. Options: --port <number>, --host [address].
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import process from 'node:process';
import { refuseLostOptions, withValues } from './npm-options.mjs';
import { ROOT, setUp } from './setup.mjs';

/** `--host` alone means every address of this machine. */
const EVERY = 'every';
const args = process.argv.slice(2).flatMap((arg, i, all) => {
  const alone = arg === '--host' && (all[i + 1] ?? '--').startsWith('--');
  return alone ? ['--host', EVERY] : [arg];
});

const OPTIONS = {
  port: { type: /** @type {const} */ ('string') },
  host: { type: /** @type {const} */ ('string') },
};
refuseLostOptions('start', OPTIONS);

async function options() {
  // Not imported above: a Node without it is too old, and should hear that first.
  const { parseArgs } = await import('node:util');
  const { values } = parseArgs({ args: withValues(args, OPTIONS), options: OPTIONS });
  const port = Number(values.port ?? 4173);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port ${values.port}: not a port number`);
  if (values.host === undefined) return { port, host: 'localhost' };
  // Asked for under any of its names: which names others know this machine by, it cannot know. What it serves is no secret.
  return { port, host: values.host === EVERY ? true : values.host, allowedHosts: /** @type {true} */ (true) };
}

/** Those of this machine's names under which the page answers. */
async function named(/** @type {number} */ port) {
  const names = [hostname(), `${hostname()}.local`].filter((name) => !/^localhost/.test(name));
  const answers = await Promise.all(
    names.map((name) =>
      fetch(`http://${name}:${port}/`, { signal: AbortSignal.timeout(2000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  );
  return names.filter((_, i) => answers[i]).map((name) => `http://${name}:${port}/`);
}

try {
  setUp();
  const wanted = await options();
  const build = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) throw new Error('The page could not be built.');

  const { preview } = await import('vite');
  // The next free port is taken if this one is not.
  const server = await preview({ root: ROOT, preview: { ...wanted, strictPort: false, open: false } });
  const { local = [], network = [] } = server.resolvedUrls ?? {};
  const address = server.httpServer.address();
  const port = typeof address === 'object' && address ? address.port : wanted.port;
  const addresses = [...local, ...network, ...(wanted.host === 'localhost' ? [] : await named(port))];
  console.log(`\nSpiking Playground is running at ${[...new Set(addresses)].join(' and ')}`);
  console.log('Stop it with Ctrl+C.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
