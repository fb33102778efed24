import process from 'node:process';
import { refuseLostOptions } from '../scripts/npm-options.mjs';
import { ConfigError } from '../src/settings/fields.ts';
import { OPTIONS, parseArguments, USAGE } from './arguments.ts';
import { continueRun } from './continue.ts';
import { UsageError } from './faults.ts';
import { mergeShards } from './merge.ts';
import { reproduce } from './reproduction.ts';

/** Says what computes, before anything does. @throws UsageError */
async function tellAdapter(): Promise<void> {
  const { findAdapter } = await import('../src/kernels/webgpu/node.ts');
  const { name, software } = await findAdapter().catch((error: Error) => {
    throw new UsageError('--engine', 'webgpu', `wasm or reference here; ${error.message}`);
  });
  console.error(`WebGPU: ${name}${software ? ' (in software: slower than wasm)' : ''}`);
}

// Exit codes: 0 done, 1 a run failed, 2 the command cannot be understood, 130 stopped by Ctrl-C.
try {
  refuseLostOptions('reproduce', OPTIONS);
  const request = parseArguments(process.argv.slice(2));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  if (request !== 'help' && request.kind !== 'merge' && request.engine === 'webgpu') await tellAdapter();
  if (request === 'help') console.log(USAGE);
  else if (request.kind === 'merge') process.stdout.write(mergeShards(request));
  else if (request.kind === 'continue') {
    process.stdout.write(await continueRun(request, process.stderr, stop.signal));
    process.exitCode = stop.signal.aborted ? 130 : 0;
  } else {
    const { table, failed } = await reproduce(request, process.stderr, stop.signal);
    process.stdout.write(table);
    process.exitCode = stop.signal.aborted ? 130 : failed > 0 ? 1 : 0;
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  console.error(`${error.message}\n(npm run reproduce -- --help describes the options)`);
  process.exitCode = 2;
}
