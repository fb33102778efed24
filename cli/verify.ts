import process from 'node:process';
import { parseArgs } from 'node:util';
import { refuseLostOptions, withValues } from '../scripts/npm-options.mjs';
import { GoldenFileError } from '../src/kernels/conformance/golden.ts';
import { UsageError } from './faults.ts';
import { readGoldenFiles, verificationText, verifyFiles } from './verification.ts';
import { VERIFIERS } from './verifiers.ts';

const NAMES = VERIFIERS.map(({ engine }) => engine);
const USAGE = `npm run verify -- FILE… [--engines ${NAMES.join(',')}]

  Compares the engines with golden vectors: spikes, membranes, outputs, losses, gradients and directional
  derivatives of files in the format of tests/golden/mlp.json, operators.json or estimators.json.

  --engines  some of ${NAMES.join(', ')} (default: all)
  --help`;

function chooseVerifiers(text: string | undefined) {
  const names = text?.split(',') ?? NAMES;
  for (const name of names)
    if (!NAMES.includes(name)) throw new UsageError('--engines', name, NAMES.join(', '), NAMES);
  return VERIFIERS.filter(({ engine }) => names.includes(engine));
}

const OPTIONS = { engines: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

function parseCommand() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: OPTIONS,
      args: withValues(process.argv.slice(2), OPTIONS),
    });
  } catch (error) {
    const [option] = /--?[\w-]+/.exec((error as Error).message) ?? [process.argv.slice(2).join(' ')];
    throw new UsageError('command line', option, 'FILE…, --engines, --help', ['--engines', '--help']);
  }
}

// Exit codes: 0 all agree, 1 a tolerance is passed, 2 the command or a file cannot be used.
try {
  refuseLostOptions('verify', OPTIONS);
  const { values, positionals } = parseCommand();
  if (values.help) console.log(USAGE);
  else {
    if (positionals.length === 0) throw new UsageError('FILE', 'nothing', 'one golden file or more');
    const verifiers = chooseVerifiers(values.engines);
    const cases = await verifyFiles(await readGoldenFiles(positionals), verifiers);
    process.stdout.write(verificationText(cases));
    process.exitCode = cases.every(({ ok }) => ok) ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof GoldenFileError)) throw error;
  console.error(`${error.message}\n(npm run verify -- --help describes the options)`);
  process.exitCode = 2;
}
