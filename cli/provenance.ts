import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What computed a result: the version of Node and, inside a git checkout, the commit of the code. */
export interface Provenance {
  readonly node: string;
  /** Short hash, with “+” when the code that computes differs from it. */
  readonly commit?: string;
}

/** All that results depend on. */
const CODE = ['src/snn', 'src/problems', 'src/training', 'src/kernels/wasm', 'cli', 'package-lock.json'];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function provenance(): Provenance {
  const node = process.version;
  const commit = git('rev-parse', '--short=10', 'HEAD');
  if (!commit) return { node };
  const changes = git('status', '--porcelain', '--', ...CODE);
  return { node, commit: changes ? `${commit}+` : commit };
}

function git(...words: string[]): string | undefined {
  try {
    return execFileSync('git', words, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
