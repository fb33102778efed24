// For unit tests in a folder with "%" in its name: Vitest imports packages by their paths, and Node reads a path that is imported
// as an address, in which "%20" is a space. Loaded before a test process starts (`--import`), in such folders only.
import * as loader from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/**
 * @param {string} specifier
 * @param {any} context
 * @param {(specifier: string, context: any) => any} next
 */
export function resolve(specifier, context, next) {
  const isPath = specifier.startsWith('/') || /^[A-Za-z]:[\\/]/.test(specifier);
  return next(isPath ? pathToFileURL(specifier).href : specifier, context);
}

// Node's newer way of doing so, which has no thread of its own; 20.19 and 22.12 do not have it.
const { registerHooks } = /** @type {any} */ (loader);
if (registerHooks) registerHooks({ resolve });
else if (isMainThread) loader.register(import.meta.url);
