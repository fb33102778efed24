// `npm run budget`: what the built page loads, against its budgets. Fails when one is exceeded.
// First paint: index.html with the scripts and styles that it names and those that these import. Without asking: all that
// a visit loads before anyone touches anything, the worker and its WebAssembly included.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { optionsOf } from './npm-options.mjs';
import { ROOT } from './setup.mjs';

// Sequences, synapses and their experiment: some 2 kB of settings and words before the first paint, 2 kB of kernels, 4 kB a worker, 1 kB to
// draw what is read above its spikes.
// An engine that takes another's place between runs: .4 kB of the trainer, less than .1 kB of other workers.
// Pairs of sequences to start from, a method made of them, and another experiment that refuses a setting: .5 kB of a worker, .6 kB before the first paint.
// Read-outs fitted before training: .7 kB of board and crew, which know no other fit.
// Rows that are read at time steps of their own: .3 kB of a worker and before the first paint, .1 kB of kernels, .3 kB of each engine's tables.
// Settings of a method with a network of its own for one experiment: .1 kB of a worker and before the first paint.
const FIRST_PAINT = 180_900;
const WITHOUT_ASKING = 461_900;
/** Workers with all that they import at once (threads that only train carry neither settings nor words), and the kernels. */
const PARTS = { 'trainer.worker': 49_200, 'board.worker': 29_700, 'crew.worker': 17_900, snn: 13_800 };
/** Modules that the page loads by itself after the first paint, by the start of their names. */
const ON_VISIT = [
  'CompareList',
  'InsideList',
  'NetworkPanel',
  'SpikesPanel',
  'SurrogatePanel',
  'terms',
  'MorePanel',
  'HelpDialog',
  'EngineDetails',
  'DataDialog',
  'enlarge',
  'print',
  'trainer.worker',
];
/** Modules of the worker that nothing asks for on a visit. */
const ON_DEMAND = [
  'formula',
  'samples',
  'forecast',
  'lane-cost',
  'cost-beside',
  'lane-microscope',
  'lane-baselines',
];

/** @satisfies {import('./npm-options.mjs').Options} */
const OPTIONS = { dist: { type: /** @type {const} */ ('string'), default: join(ROOT, 'dist') } };
const values = optionsOf('budget', OPTIONS);
const dist = /** @type {string} */ (values.dist);

/** @type {Map<string, number>} */
const sizes = new Map();
const read = (/** @type {string} */ file) => readFileSync(join(dist, file));
const gzip = (/** @type {string} */ file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(read(file), { level: 9 }).length);
  return /** @type {number} */ (sizes.get(file));
};

/** Files that a file names: relative addresses of scripts, styles and modules, resolved against it. */
function named(/** @type {string} */ file, /** @type {RegExp} */ pattern) {
  const text = read(file).toString('utf8');
  return [...text.matchAll(pattern)].map((match) => posix.normalize(posix.join(dirname(file), match[1])));
}

// Styles of the first view stand in the page; their links are never fetched.
const IN_PAGE = /(?:src|href)="(\.\/[^"]+\.js)"/g;
const STATIC = /(?:^|[;\s}])(?:import|export)\s*(?:[\w*{}\s,$]*?\s*from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g;
const ANY = /["'`](?:\.\/|\.\.\/|assets\/)?((?:assets\/)?[\w.-]+\.(?:js|css|wasm))["'`]/g;

/** The files with all that they import statically. */
function withImports(/** @type {string[]} */ files) {
  const found = new Set(files);
  for (const file of found)
    if (file.endsWith('.js')) for (const other of named(file, STATIC)) found.add(other);
  return found;
}

const first = withImports(['index.html', ...named('index.html', IN_PAGE)]);

/** Every asset of the build that a file names in any way. */
function mentioned(/** @type {string} */ file) {
  const text = read(file).toString('utf8');
  return [...text.matchAll(ANY)].map((match) => posix.join('assets', posix.basename(match[1])));
}
const exists = (/** @type {string} */ file) => {
  try {
    gzip(file);
    return true;
  } catch {
    return false;
  }
};
const visited = new Set(first);
for (const file of visited) {
  if (!file.endsWith('.js') && file !== 'index.html') continue;
  const worker = posix.basename(file).startsWith('trainer.worker');
  for (const other of mentioned(file)) {
    const name = posix.basename(other);
    const wanted = ON_VISIT.some((start) => name.startsWith(start)) || name.endsWith('.css') || worker;
    if (!wanted || visited.has(other) || !exists(other)) continue;
    // A worker's lazy modules come only when asked for; its engines come with the first run.
    if (worker && ON_DEMAND.some((start) => name.startsWith(start))) continue;
    for (const part of withImports([other])) visited.add(part);
  }
}

/** The asset whose name begins so. */
function assetOf(/** @type {string} */ start) {
  const name = readdirSync(join(dist, 'assets')).find((file) => file.startsWith(`${start}-`));
  if (!name) throw new Error(`${start} is not in ${dist}`);
  return `assets/${name}`;
}
const total = (/** @type {Iterable<string>} */ files) =>
  [...files].reduce((sum, file) => sum + gzip(file), 0);
const kilo = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

console.log(`First paint${' '.repeat(41)}gzip`);
for (const file of [...first].sort((a, b) => gzip(b) - gzip(a)))
  console.log(`  ${file.padEnd(44)}${kilo(gzip(file))}`);
console.log(`Loaded by itself after that`);
for (const file of [...visited].filter((f) => !first.has(f)).sort((a, b) => gzip(b) - gzip(a)))
  console.log(`  ${file.padEnd(44)}${kilo(gzip(file))}`);

let ok = true;
for (const [name, bytes, most] of /** @type {[string, number, number][]} */ ([
  ['first paint', total(first), FIRST_PAINT],
  ['without asking', total(visited), WITHOUT_ASKING],
  ...Object.entries(PARTS).map(([name, most]) => [name, total(withImports([assetOf(name)])), most]),
])) {
  const within = bytes <= most;
  ok &&= within;
  console.log(`${name.padEnd(46)}${kilo(bytes)} of ${kilo(most).trim()}${within ? '' : '  EXCEEDED'}`);
}
process.exitCode = ok ? 0 : 1;
