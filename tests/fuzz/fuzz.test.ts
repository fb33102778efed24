import { describe, it } from 'vitest';
import { CONFIGURATIONS } from './configurations.ts';
import { FILES } from './files.ts';
import { PAGES } from './pages.ts';
import type { Property } from './property.ts';
import { watched } from './watchdog.ts';

/** The same in every test run; `npm run fuzz` draws one and says which. */
const SEED = 20;
/** Reading one input may take so long, on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;
const HOURS = 3_600_000;

const { FUZZ_SEED, FUZZ_RUNS, FUZZ_PATH, FUZZ_ONLY = '' } = process.env;
const long = FUZZ_RUNS !== undefined;
const seed = Number(FUZZ_SEED ?? SEED);

/** How to try again what failed. */
const command = (name: string, path: string) =>
  `npm run fuzz -- --properties "${name}" --seed ${seed} --path ${path}`;

async function check({ name, full, short, check }: Property): Promise<void> {
  const numRuns = long ? Math.ceil(full * Number(FUZZ_RUNS)) : short;
  const begun = performance.now();
  const failure = await watched(
    PATIENCE_MS,
    (run) => command(name, String(run)),
    (next) => check({ seed, numRuns, path: FUZZ_PATH }, next),
  );
  if (long && !failure)
    console.log(`${name}: ${numRuns} inputs in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  if (!failure) return;
  const { error, input, path } = failure;
  throw new Error(
    `${error instanceof Error ? error.stack : error}\n\nInput: ${input.slice(0, 4000)}\nAgain: ${command(name, path)}`,
  );
}

describe.each([...CONFIGURATIONS, ...FILES, ...PAGES].filter(({ name }) => name.includes(FUZZ_ONLY)))(
  '$name',
  (property) => {
    it('holds', () => check(property), long ? 12 * HOURS : undefined);
  },
);
