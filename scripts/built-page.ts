import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder of the built page: the one that is given, else dist/, built anew. @throws Error where it cannot be built */
export function builtPage(dist?: string): string {
  if (dist !== undefined) return dist;
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The page could not be built.');
  return fileURLToPath(new URL('../dist', import.meta.url));
}
