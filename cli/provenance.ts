import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What computed a result: the version of Node and, inside a git checkout, the commit of the code. */
interface Provenance {
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

/**
 * Why results of a commit cannot be kept: files differed from it, or it is not in the history of the code at hand;
 * undefined where they can. What only a full checkout can tell is not asked without one.
 */
export function commitFault(commit: string | undefined, ask = git): string | undefined {
  if (!commit) return 'no commit';
  if (commit.endsWith('+')) return `${commit}: files differed from the commit`;
  if (!/^[0-9a-f]{10,40}$/.test(commit)) return `“${commit}” is no commit`;
  if (ask('rev-parse', '--is-shallow-repository') !== 'false') return undefined;
  if (ask('merge-base', '--is-ancestor', commit, 'HEAD') === undefined)
    return `${commit} is not in the history`;
  return undefined;
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
