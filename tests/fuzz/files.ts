import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { nirOf, treeOf } from '../../src/io/nir/graph.ts';
import { readHdf5, writeHdf5 } from '../../src/io/nir/hdf5.ts';
import { fitsOf, likelyDt, nirFileOf, ourNetwork, runFrom } from '../../src/io/nir/network-file.ts';
import { formatNpz, parseNpz } from '../../src/io/npz.ts';
import { withTexts } from '../../src/io/png-text.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { packLesson, unpackLesson } from '../../src/lessons/pack.ts';
import { readLesson } from '../../src/lessons/read.ts';
import { writeLesson } from '../../src/lessons/write.ts';
import { ownUnit, packTable, samplesProblem, TableError, unpackTable } from '../../src/problems/samples.ts';
import { packSeries, unpackSeries } from '../../src/problems/series/own-series.ts';
import { FormulaError, loadTarget, targetSurface } from '../../src/problems/targets.ts';
import { cutWindows } from '../../src/problems/windows.ts';
import { ConfigError } from '../../src/settings/fields.ts';
import { ALONE } from '../../src/state/comparison.ts';
import { labModel } from '../../src/state/labs/index.ts';
import { runHash } from '../../src/state/link.ts';
import { CONTROL_NAMES, INSIDE_NAMES, LABS, PANELS, PLAIN, VIEWS } from '../../src/state/presentation.ts';
import { formatHash, LINK_KEYS, PAGE_CHOICES, type ParsedHash, parseHash } from '../../src/state/url.ts';
import { fromBase64 } from '../../src/training/base64.ts';
import { checkField, FIELD_NAMES, type Pinned } from '../../src/training/config.ts';
import { likelyColumns, numbersOf, readSheet } from '../../src/training/data-file.ts';
import { FileError } from '../../src/training/file-error.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { formatRun, parseRun, RunFileError } from '../../src/training/run-file.ts';
import type { SavedRun } from '../../src/training/saved-run.ts';
import { likelySeries, readSeriesSheet, seriesOf } from '../../src/training/series-file.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { takeLesson, useOwnLesson } from '../../src/views/lessons/own-lesson.ts';
import { mutatedBytes, mutatedText } from './mutations.ts';
import { demand, demandClear, demandEqual, type Property, property, readOrRefused } from './property.ts';
import { pins, TABLES } from './values.ts';

const LINKS = [
  '#gradient=RFG&K=4&scales=0.25/1/1&T=16&hidden=8-24&rate=1e-5&localLosses=true&seed=4294967295',
  '#steps=99&lanes=gradient=RFG:scope=G,same,K=4&letters=CADB&axis=passes&lockstep=cost&specimen=B&inside=microscope',
  '#seed=3&gradient=RFG&scope=G&T=16&K=2&then=40:rate=0.001,90:gradient=BP&lanes=scope=L:hidden=8-8&blind=true',
  '#experiment=poisson&batch=4/8&forcing=sine&probe=0.25&view=presenter&panels=curves,spikes&engine=wasm&pace=full',
  '#experiment=reaction-diffusion&hide=share,theme&inside=slice&probe=0.5,0.25&show=surfaces&truth=true',
  '#target=formula&formula=x%5E2%20-%20y%2F2&lab=neuron:current=0.26:reset=zero:T=64&lesson=3.2',
  '#lab=guesses:a=0.5:b=-1.25:drawn=30&lesson=own.2&lesson-text=abc_-9',
  '?gradient%3DRFG%26K%3D8',
];
/** Links of the page's own words: every key with every value that it can have, where these are few. */
const WORDS = [
  ...LINK_KEYS.map((key) => `&${key}=`),
  ...[...VIEWS, ...CONTROL_NAMES, ...INSIDE_NAMES, ...PANELS, ...LABS],
  ...Object.values(PAGE_CHOICES).flat(),
];

/** What a link says is allowed in all of it, and what it left out is named; the page's own link to that says the same. */
function readLink(hash: string): ParsedHash {
  const link = parseHash(hash);
  link.faults.forEach(demandClear);
  const { pinned, page, presentation, comparison, planned } = link;
  resolveConfig(pinned);
  const run = { log: [{ step: 0, config: resolveConfig(pinned) }], planned };
  const written = runHash(
    { pinned, engineChoice: page.engine, pace: page.pace, presentation, comparison },
    run,
  );
  const again = parseHash(written);
  demandEqual(again.faults, [], `${written}, written for ${hash.slice(0, 300)}`);
  const { lesson } = presentation;
  // What is open is the scene's: a link says no more.
  if (lesson) {
    const { view } = presentation;
    demandEqual(again.presentation, { ...PLAIN, view, lesson }, written);
    return link;
  }
  demandEqual(resolveConfig(again.pinned), resolveConfig(pinned), written);
  // How lanes are looked at is said where there are some, and whose gradient is under the microscope where that is open.
  const rest = ({ page, presentation, comparison, planned }: ParsedHash) => {
    const { microscopeLane, ...shown } = comparison.lanes.length > 0 ? comparison : ALONE;
    const open = presentation.inside === 'microscope';
    return { page, presentation, planned, comparison: { ...shown, ...(open && { microscopeLane }) } };
  };
  demandEqual(rest(again), rest(link), written);
  return link;
}

const SMALL = { T: 4, hidden: [[3]], seed: 5 } as const satisfies Pinned;
function plainRun(): SavedRun {
  const { size } = specsOf(resolveConfig(SMALL)).layout;
  const array = (scale: number) => Float64Array.from({ length: size }, (_, i) => scale * Math.sin(i + 1));
  return {
    log: [
      { step: 0, config: resolveConfig(SMALL) },
      { step: 2, config: resolveConfig({ ...SMALL, gradient: 'RFG', sigma: 0.1 + 0.2 }) },
      { step: 9, config: resolveConfig({ ...SMALL, localLosses: true }) },
    ],
    state: { theta: array(1), m: array(1e-300), v: array(Math.PI), step: 3, momentSteps: 1, seed: 5 },
    losses: Float64Array.of(0.3, Number.NaN, 0.1),
    metrics: [
      { step: 0, value: 1.25, grid: 'coarse' },
      { step: 3, value: 0.1 + 0.2, grid: 'coarse', ms: 12.5 },
    ],
  };
}
const RUN_FILE = formatRun(plainRun());
/** Without its checksum a file is read however it was changed. */
const { checksum: _, ...RUN_PARTS } = JSON.parse(RUN_FILE);

/** One part of a run's file, however deep, with another value: text alone rarely hits a number. */
const changedParts = fc
  .tuple(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 1, maxLength: 5 }),
    fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1.5, 1e300, '', 'AAAA', 'NaN', [], {}, null)),
  )
  .map(([path, value]) => {
    const root = { file: structuredClone(RUN_PARTS) };
    let at: Record<string, unknown> = root;
    let key = 'file';
    for (const share of path) {
      const inner = at[key];
      if (typeof inner !== 'object' || inner === null || Object.keys(inner).length === 0) break;
      at = inner as Record<string, unknown>;
      key = Object.keys(inner)[Math.floor(share * Object.keys(inner).length)];
    }
    at[key] = value;
    return JSON.stringify(root.file);
  });
export const mutatedRun = fc.oneof(mutatedText([RUN_FILE, JSON.stringify(RUN_PARTS, null, 1)]), changedParts);

const folder = new URL('../../src/lessons/en/', import.meta.url);
const LESSONS = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const FOREIGN = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- a -->',
  '![a](https://example.org/a.png)',
  '[a](javascript:alert(1))',
  '[a]: https://example.org',
  '<https://example.org>',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '```js\nalert(1)\n```',
  '---\ntitle: a\n---',
  '# Another title',
  '`constructor.constructor("alert(1)")() == 1`',
  '`error(Z) < 1`',
  '[[nothing]]',
  '$\\href{javascript:alert(1)}{a}$',
  '$\\def\\a{\\a\\a}\\a$',
  '&#0;&NotEqualTilde;',
  '[^1] ~~a~~',
  '> - > - > - a',
];

const comparable = (lesson: Lesson) =>
  JSON.stringify(lesson, (key, value) => (key === 'line' ? undefined : value));

async function lessonIsReadOrRefused(text: string): Promise<void> {
  const { lesson, faults } = await readLesson(text);
  demand(
    (lesson === undefined) === faults.length > 0,
    () => `${faults.length} faults, and ${lesson ? 'a' : 'no'} lesson`,
  );
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { line, text: words } of faults) {
    demand(line >= 1 && line <= lines, () => `line ${line} of ${lines}: ${words}`);
    demandClear(words);
  }
  if (!lesson) {
    const before = useOwnLesson.getState().opened;
    demand(!(await takeLesson(text, 'a.md')), () => 'a lesson with faults was opened');
    demand(
      useOwnLesson.getState().opened === before,
      () => 'a refused file took the place of the lesson that was open',
    );
    return;
  }
  const html = /<(?!\/?(math|m\w+|semantics|annotation|span)\b)[a-z!]/i.exec(JSON.stringify(lesson));
  demand(html === null, () => `HTML came through: ${html}`);
  const again = await readLesson(writeLesson(lesson));
  demandEqual(again.faults, [], 'the lesson written again');
  demandEqual(comparable(again.lesson as Lesson), comparable(lesson), 'the lesson written again');
}

const PACKED = await Promise.all(LESSONS.map((text) => packLesson(text.slice(0, 4000))));

const FORMULAS = [
  'exp(-4(x^2+y^2))',
  'sin(pi*x)*cos(3*y) - 0.5*tanh(x/y)',
  'x < y ? max(x, 0.5) : atan2(y, x)^2',
  'round(4x)/4 + abs(y) * sign(x) - e^(-x^2)',
];
await loadTarget({ target: 'formula' });

const PIXEL = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
);

const MODELS = await Promise.all(LABS.map(labModel));
const LAB_TEXTS = [
  'current=0.26:reset=zero:T=64',
  'drawn=0.2x3/0/-0.5x12:show=T/leak:neurons=2:weight=1',
  'membrane=1.2:sigma=0.3:drawn=120:samples=8:seed=4',
  'a=0.5:b=-1.25:drawn=30:law=gaussian',
];

const weightsOf = (pinned: Pinned) => {
  const config = resolveConfig(pinned);
  return {
    config,
    theta: Float64Array.from({ length: specsOf(config).layout.size }, (_, i) => Math.fround(Math.sin(i))),
  };
};
const NETWORKS = [
  { hidden: [[3]] },
  { hidden: [[2, 2]], leak: 0.9, reset: 'zero', localLosses: true },
  { experiment: 'poisson', hidden: [[3]], sensors: 4, rank: 2 },
] satisfies Pinned[];
const NPZ = NETWORKS.map((pinned) => {
  const { config, theta } = weightsOf(pinned);
  return formatNpz(config, theta);
});
const NIR = await Promise.all(
  NETWORKS.map((pinned) =>
    writeHdf5(treeOf(nirFileOf({ ...weightsOf(pinned), step: 7, words: { about: 'x' } }))),
  ),
);
/** An archive of which one file came to harm: that of the whole would rarely be more than an archive that is none. */
const mutatedNpz = fc.oneof(
  mutatedBytes(NPZ),
  fc.tuple(fc.constantFrom(...NPZ), fc.nat()).chain(([archive, which]) => {
    const files = unzipSync(archive);
    const name = Object.keys(files)[which % Object.keys(files).length];
    return mutatedBytes([files[name]]).map((file) => zipSync({ ...files, [name]: file }));
  }),
);

const numbered = (separator: string, decimal: string) =>
  Array.from({ length: 14 }, (_, i) =>
    [i, Math.sin(i).toFixed(3), i % 5].join(separator).replaceAll('.', decimal),
  ).join('\n');
const SHEETS = [
  `x,y,z\n${numbered(',', '.')}`,
  `\uFEFFJahr;größe;z\r\n${numbered(';', ',')}`,
  `"a, b"\t"c ""d""\n"\te\n${numbered('\t', ',')}\n\n`,
].map((text) => new TextEncoder().encode(text));

/** Series of one column and of two, with and without names, decimal commas and notes. */
const SERIES_FILES = [
  'level\n1.5\n2.25\n-3\n4\n5.5\n6\n7.125\n8\n9\n10.5\n12\n11\n',
  '1,5\n2,25\n-3,5\n4,5\n5,5\n6,1\n7,125\n8,25\n9,5\n10,5\n12,5\n11,5\n',
  't;x\n0;1,5\n0,5;2\n1;3,5\n1,5;4,25\n2;5\n2,5;4\n3;3\n3,5;2\n4;1\n4,5;0\n5;-1,5\n5,5;-2\n',
  '# notes\n2000,7\n2001,1\n2002,25\n2003,3\n2004,0\n2005,9\n2006,4\n2007,4\n2008,8\n2009,2\n',
];

export const FILES: readonly Property[] = [
  property('tables that came to harm', { full: 20_000, short: 200 }, mutatedBytes(SHEETS), async (bytes) => {
    const sheet = await readOrRefused(() => readSheet('a.csv', bytes), FileError);
    if (!sheet) return;
    const likely = likelyColumns(sheet);
    const chosen = likely.length > 0 ? likely : sheet.names.map((_, k) => k).slice(0, 3);
    const numbers = await readOrRefused(() => numbersOf(sheet, chosen), FileError);
    if (!numbers) return;
    const { rows, columns } = unpackTable(checkField('data', packTable(sheet.name, numbers.columns)));
    demandEqual(rows, numbers.columns[0].values.length, 'rows of the table as text');
    for (const [k, { values }] of numbers.columns.entries())
      for (const [i, value] of values.entries()) {
        const miss = Math.abs(ownUnit(columns[k], columns[k].values[i]) - value);
        demand(miss <= 1e-6 * (columns[k].to - columns[k].from), () => `${value} came back off by ${miss}`);
      }
  }),
  property(
    'files of series that came to harm',
    { full: 20_000, short: 200 },
    mutatedText(SERIES_FILES, [',', ';', '\t', '\n', '\n\n', '1,5', '-', '1e9', 't;x']),
    async (text) => {
      const sheet = await readOrRefused(
        () => readSeriesSheet('a.csv', new TextEncoder().encode(text)),
        FileError,
      );
      if (!sheet) return;
      const likely = likelySeries(sheet);
      const chosen = likely.length > 0 ? likely : [sheet.names.length - 1];
      const read = await readOrRefused(() => seriesOf(sheet, chosen), FileError);
      if (!read) return;
      const { series } = read;
      const back = await readOrRefused(
        () => unpackSeries(checkField('data', packSeries(series))),
        TableError,
      );
      if (!back) return;
      const [least, most] = [Math.min(...series.values), Math.max(...series.values)];
      demandEqual(back.values.length, series.values.length, 'samples of the series as text');
      for (const [i, value] of series.values.entries()) {
        const miss = Math.abs(back.values[i] - value);
        demand(miss <= 1e-6 * (most - least), () => `${value} came back off by ${miss}`);
      }
      const params = { history: 4, horizons: [1, 3], testShare: 0.5, trainWindows: 9, testWindows: 9 };
      const cut = await readOrRefused(() => cutWindows(back.values, params), RangeError);
      cut?.train.windows.forEach((value) => {
        demand(Number.isFinite(value), () => `${value} in the windows`);
      });
    },
  ),
  property(
    'tables in links that came to harm',
    { full: 20_000, short: 200 },
    mutatedText(TABLES),
    async (text) => {
      if ((await readOrRefused(() => checkField('data', text), ConfigError)) === undefined) return;
      const params = { ...problemParams(resolveConfig({ experiment: 'own-data' })), data: text };
      const made = await readOrRefused(() => samplesProblem(params), TableError);
      made?.train.target.forEach((value: number) => {
        demand(Number.isFinite(value), () => `${value} in the data`);
      });
    },
  ),
  property(
    'links that came to harm',
    { full: 20_000, short: 300 },
    fc.oneof(
      mutatedText(LINKS, WORDS),
      pins.chain((pinned) => mutatedText([linkOf(pinned)], WORDS)),
    ),
    async (hash) => void readLink(hash),
  ),
  property('files of runs that came to harm', { full: 20_000, short: 300 }, mutatedRun, async (text) => {
    const run = await readOrRefused(() => parseRun(text), RunFileError, ConfigError);
    if (run) demandEqual(parseRun(formatRun(run)), run, 'the run written again');
  }),
  property(
    'lessons that came to harm',
    { full: 20_000, short: 40 },
    mutatedText(LESSONS, FOREIGN),
    lessonIsReadOrRefused,
  ),
  property(
    'links with lessons that came to harm',
    { full: 20_000, short: 200 },
    mutatedText(PACKED),
    async (packed) => {
      const text = await readOrRefused(() => unpackLesson(packed), ConfigError);
      if (text !== undefined) demand(typeof text === 'string', () => 'no text came out');
    },
  ),
  property(
    'formulas that came to harm',
    { full: 20_000, short: 300 },
    mutatedText(FORMULAS, [
      'sin',
      'x',
      'y',
      '(',
      ')',
      '^',
      'import',
      '[1,2]',
      'f(x)=x',
      '1:3',
      'x=1',
      '"a"',
      '!',
    ]),
    async (formula) => {
      // What a setting's text may be.
      if ((await readOrRefused(() => checkField('formula', formula), ConfigError)) === undefined) return;
      const value = await readOrRefused(() => {
        const surface = targetSurface({ target: 'formula', formula, painting: '' }, () => 0);
        return [surface(0.3, -0.7), surface(-1, 1)];
      }, FormulaError);
      value?.forEach((z) => demand(Math.abs(z) <= 1e6, () => `${formula} gave ${z}`));
    },
  ),
  property(
    'pictures that came to harm',
    { full: 20_000, short: 100 },
    fc.tuple(mutatedBytes([PIXEL]), fc.string({ unit: 'binary', maxLength: 40 })),
    async ([png, text]) => {
      const made = await readOrRefused(() => withTexts(png, { Description: text }), RangeError);
      if (made) demand(made.length > png.length, () => 'the text is missing');
    },
  ),
  property(
    'archives of weights that came to harm',
    { full: 20_000, short: 100 },
    mutatedNpz,
    async (bytes) => {
      const network = await readOrRefused(() => parseNpz(bytes, resolveConfig({})), FileError, ConfigError);
      if (network)
        demandEqual(parseRun(formatRun(runFrom(network))), runFrom(network), 'the run with these weights');
    },
  ),
  property('NIR files that came to harm', { full: 5000, short: 40 }, mutatedBytes(NIR), async (bytes) => {
    const file = await readOrRefused(async () => nirOf(await readHdf5(bytes)), FileError, ConfigError);
    if (!file) return;
    const network = await readOrRefused(() => ourNetwork(file), FileError, ConfigError);
    if (network)
      demandEqual(parseRun(formatRun(runFrom(network))), runFrom(network), 'the run with these weights');
    await readOrRefused(() => fitsOf(file, likelyDt(file)), FileError, ConfigError);
  }),
  property(
    'labs’ texts that came to harm',
    { full: 20_000, short: 300 },
    fc.tuple(fc.constantFrom(...MODELS), mutatedText(LAB_TEXTS)),
    async ([model, text]) => {
      const settings = await readOrRefused(() => model.parse(text), ConfigError);
      if (settings === undefined) return;
      demandEqual(model.parse(model.format(settings)), settings, 'the lab written again');
      for (const [name, value] of Object.entries(model.facts(settings)))
        demand(!Number.isNaN(value), () => `${text}: ${name} is no number`);
    },
  ),
];

/** A link to settings as a person may pin them, contradictions left out. */
function linkOf(pinned: Pinned): string {
  try {
    return formatHash(pinned);
  } catch {
    return `#${Object.keys(pinned)
      .filter((name) => FIELD_NAMES.includes(name as never))
      .join('&')}`;
  }
}
