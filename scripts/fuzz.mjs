// `npm run fuzz`: every property of tests/fuzz on tens of thousands of inputs, from a seed that is drawn and printed. What fails is
// made as small as it can be, and printed with the command that tries it again.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { optionsOf } from './npm-options.mjs';
import { ROOT } from './setup.mjs';

const TEXT = /** @type {const} */ ('string');
const OPTIONS = {
  seed: { type: TEXT },
  /** Share of all inputs: 1 are 20,000 of most properties. */
  share: { type: TEXT, default: '1' },
  /** Properties with these words in their names. */
  properties: { type: TEXT, default: '' },
  /** Place of one input, as a failure prints it. */
  path: { type: TEXT },
};
const values = optionsOf('fuzz', OPTIONS);
const share = Number(values.share);
if (!(share > 0)) throw new Error(`--share ${values.share}: a number over 0 is needed`);
const seed = values.seed ?? String(randomInt(2 ** 31));
if (!/^-?\d{1,10}$/.test(seed)) throw new Error(`--seed ${seed}: a whole number is needed`);
console.log(`npm run fuzz -- --seed ${seed}`);

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const child = spawn(
  process.execPath,
  [vitest, 'run', 'tests/fuzz', '--silent=false', '--disable-console-intercept'],
  {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      FUZZ_RUNS: String(share),
      FUZZ_SEED: seed,
      FUZZ_ONLY: values.properties,
      ...(values.path && { FUZZ_PATH: values.path }),
    },
  },
);
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
