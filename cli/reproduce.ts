import process from 'node:process';
import { ConfigError } from '../src/settings/fields.ts';
import { parseArguments, USAGE } from './arguments.ts';
import { UsageError } from './faults.ts';
import { reproduce } from './reproduction.ts';

// Exit codes: 0 done, 1 a run failed, 2 the command cannot be understood, 130 stopped by Ctrl-C.
try {
  const request = parseArguments(process.argv.slice(2));
  if (request === 'help') console.log(USAGE);
  else {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    const { table, failed } = await reproduce(request, process.stderr, stop.signal);
    process.stdout.write(table);
    process.exitCode = stop.signal.aborted ? 130 : failed > 0 ? 1 : 0;
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  console.error(`${error.message}\n(npm run reproduce -- --help describes the options)`);
  process.exitCode = 2;
}
