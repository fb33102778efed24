import { strToU8, type Zippable, zipSync } from 'fflate';
import { fileName } from '../../io/download.ts';
import { browserMeasure, toPng, toSvg } from '../../io/picture.ts';
import type { Playground } from '../../state/playground.ts';
import { WORDS } from '../experiments/all.ts';
import { bibliography } from './citation.ts';
import { decimalSign } from './decimal-sign.ts';
import { csvOf, filled, pictureOf, provenanceFor } from './export-figure.ts';
import { type ShownFigure, shownFigures } from './figures.ts';
import { provenanceOf } from './provenance.ts';
import { type ArchiveFacts, readme } from './readme.ts';

/** All figures and data on the page as a ZIP, with a README that says how they were made. @throws Error when there is none */
export async function figuresArchive(playground: Playground, now = new Date()): Promise<Blob> {
  const files: Zippable = {};
  const entries: ArchiveFacts['files'][number][] = [];
  const missing: string[] = [];
  const add = (path: string, about: string, content: Uint8Array, level: 0 | 6 = 6) => {
    files[path] = [content, { level }];
    entries.push({ path, about });
  };
  for (const figure of shownFigures()) {
    const { name, table, also } = figure;
    if (!figure.onlyData)
      try {
        for (const [kind, content] of await picturesOf(figure, playground))
          add(unused(files, 'figures', name, kind), `figure: ${name}`, content, kind === 'png' ? 0 : 6);
      } catch (error) {
        missing.push(error instanceof Error ? error.message : String(error));
      }
    for (const one of [...(table ? [{ name, table }] : []), ...(also?.() ?? [])]) {
      const data = await filled(one.table);
      if (!data) continue;
      const text = csvOf(provenanceFor(figure, one.name, playground), data, decimalSign());
      add(unused(files, 'data', one.name, 'csv'), `data: ${one.name}`, strToU8(text));
    }
  }
  if (entries.length === 0) throw new Error('there are no figures on the page to save');
  add('CITATION.bib', 'the paper and this software, for a list of references', strToU8(bibliography()));
  const settings = settingsOf(playground);
  if (settings) add('settings.json', 'every setting of every run shown', strToU8(settings));
  files['README.txt'] = strToU8(readme({ ...factsOf(playground), files: entries, missing }, now));
  return new Blob([zipSync(files, { mtime: now }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}

async function picturesOf(
  figure: ShownFigure,
  playground: Playground,
): Promise<['svg' | 'png', Uint8Array][]> {
  const provenance = provenanceFor(figure, figure.name, playground);
  const svg = toSvg(await pictureOf('svg', figure, provenance), browserMeasure());
  const png = await toPng(await pictureOf('png', figure, provenance));
  return [
    ['svg', strToU8(svg)],
    ['png', new Uint8Array(await png.arrayBuffer())],
  ];
}

/** A path that no other file has, in ASCII: not every program that unpacks reads other letters. */
function unused(files: Zippable, folder: string, name: string, ending: string): string {
  for (let n = 1; ; n++) {
    const path = `${folder}/${fileName(name.replace(/[^ -~]/g, ' '), ...(n > 1 ? [n] : []))}.${ending}`;
    if (!(path in files)) return path;
  }
}

function factsOf(playground: Playground): Omit<ArchiveFacts, 'files' | 'missing'> {
  const { app, lane } = playground;
  const { config, log } = lane.getState();
  return {
    provenance: provenanceOf('figures and data', playground),
    sentence: WORDS[config.experiment].sentence(config),
    seeds: [
      ['weights, batches and directions', config.seed],
      ['data', config.dataSeed],
    ],
    engine: app.getState().engine?.engine,
    ownWeights: log[0].theta !== undefined,
    decimal: decimalSign(),
  };
}

/** The configurations in full; nothing while the names of lanes are hidden. */
function settingsOf({ app, lane }: Playground): string | undefined {
  const { lanes, comparison } = app.getState();
  if (lanes.length > 1 && comparison.blind) return undefined;
  const runs = (lanes.length > 1 ? lanes : [lane]).map((store) => {
    const { id, step, config, changes, recording } = store.getState();
    return {
      ...{ id, step, config, recorded: recording !== undefined },
      changes: changes.map(({ step, fields, config }) => ({
        step,
        ...Object.fromEntries(fields.map((field) => [field, config[field]])),
      })),
    };
  });
  return `${JSON.stringify(runs, undefined, 2)}\n`;
}
