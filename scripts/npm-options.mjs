// `npm run reproduce --seeds=1` lacks its `--`: npm takes the option for its own and the command never sees it.
import process from 'node:process';
import { parseArgs } from 'node:util';

/** @typedef {Readonly<Record<string, { type: 'string' | 'boolean', default?: unknown }>>} Options of `parseArgs` */

/** npm lengthens an option that begins a single one of its own. */
const LENGTHENED = /** @type {Record<string, string>} */ ({ engine: 'engine_strict' });

/**
 * The line that was meant, where npm took options of the command to itself; undefined where it took none.
 * @param {string} script
 * @param {Options} options
 * @param {readonly string[]} words what was left for the command
 * @param {NodeJS.ProcessEnv} env
 */
export function lineMeant(script, options, words = process.argv.slice(2), env = process.env) {
  // In what a script starts, the environment still tells of that script.
  if (env.npm_lifecycle_event !== script) return undefined;
  const left = [...words];
  const meant = Object.entries(options).flatMap(([name, { type }]) => {
    const key = name.replaceAll('-', '_');
    const taken = env[`npm_config_${key}`] ?? env[`npm_config_${LENGTHENED[key]}`];
    if (taken === undefined) return [];
    if (type === 'boolean') return [`--${name}`];
    // Where the value stood apart, npm left it to the command.
    return taken.split('\n\n').map((value) => {
      const text = value === 'true' ? left.shift() : value;
      return text === undefined
        ? `--${name} …`
        : `--${name} ${/^[\w.,:/=+-]+$/.test(text) ? text : `'${text}'`}`;
    });
  });
  return meant.length > 0 ? `npm run ${script} -- ${[...meant, ...left].join(' ')}` : undefined;
}

/**
 * Ends the command with exit code 2 and the line to type, where npm took its options.
 * @param {string} script
 * @param {Options} options
 */
export function refuseLostOptions(script, options) {
  const line = lineMeant(script, options);
  if (line === undefined) return;
  console.error(`npm took options to itself: they need “--” before them. Type\n\n  ${line}\n`);
  process.exit(2);
}

/**
 * The words with `--steps -1` as `--steps=-1`: what begins with one hyphen is taken for an option by parseArgs, which then cannot say
 * what value was given. No command has options of one letter that stand behind a value.
 * @param {readonly string[]} words
 * @param {Options} options
 * @returns {string[]}
 */
export function withValues(words, options) {
  /** @type {string[]} */
  const joined = [];
  for (let i = 0; i < words.length; i++) {
    const takes = words[i].startsWith('--') && options[words[i].slice(2)]?.type === 'string';
    const isValue = takes && /^-[^-]/.test(words[i + 1] ?? '');
    joined.push(isValue ? `${words[i]}=${words[++i]}` : words[i]);
  }
  return joined;
}

/**
 * @template {Options} O
 * @typedef {{ [N in keyof O]: O[N] extends { type: 'boolean' } ? boolean | undefined : O[N] extends { default: string } ? string : string | undefined }} Values
 */

/**
 * The options of a command by parseArgs. `--help` prints them; one that there is not ends the command with exit code 2 and what there is.
 * @template {Options} O
 * @param {string} script
 * @param {O} options
 * @param {string[]} [args]
 * @returns {Values<O>}
 */
export function optionsOf(script, options, args = process.argv.slice(2)) {
  refuseLostOptions(script, options);
  const known = Object.entries(options).map(([name, { type, default: value }]) => {
    if (type === 'boolean') return `[--${name}]`;
    return `[--${name} ${value === undefined || value === '' ? '…' : value}]`;
  });
  const usage = `npm run ${script} -- ${known.join(' ')}`;
  if (args.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    const { values } = parseArgs({
      options: /** @type {Record<string, { type: 'string' }>} */ (options),
      args: withValues(args, options),
    });
    return /** @type {Values<O>} */ (values);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n  ${usage}`);
    process.exit(2);
  }
}
