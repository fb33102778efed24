// `npm start`: from a fresh clone to the running page. Options: --port <number>, --host [address].
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ROOT, setUp } from './setup.mjs';

/** `--host` alone means every address of this machine. */
const args = process.argv.slice(2).flatMap((arg, i, all) => {
  const alone = arg === '--host' && (all[i + 1] ?? '--').startsWith('--');
  return alone ? ['--host', '0.0.0.0'] : [arg];
});

async function options() {
  // Not imported above: a Node without it is too old, and should hear that first.
  const { parseArgs } = await import('node:util');
  const { values } = parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string' } } });
  const port = Number(values.port ?? 4173);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port ${values.port}: not a port number`);
  return { port, host: values.host ?? 'localhost' };
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
  console.log(`\nSpiking Playground is running at ${[...local, ...network].join(' and ')}`);
  console.log('Stop it with Ctrl+C.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
