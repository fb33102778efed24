// `npm run reproduce --seeds=1` lacks its `--`: npm takes the option for its own and the command never sees it.
import process from 'node:process';

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
