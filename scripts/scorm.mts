// `npm run scorm`: lessons as a SCORM 1.2 package for course systems. Options: --lesson N, --own FILE (a lesson of one's own),
// --score scenes|predictions, --out FILE, --dist FOLDER (a page that is built already).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { builtPage } from './built-page.ts';
import { type Options, optionsOf } from './npm-options.mjs';
import { ownLesson, pageLessons, SCORES, scormPackage } from './scorm/package.ts';

const OPTIONS = {
  lesson: { type: 'string' },
  own: { type: 'string' },
  score: { type: 'string' },
  out: { type: 'string' },
  dist: { type: 'string' },
} as const satisfies Options;
const values = optionsOf('scorm', OPTIONS);

try {
  if (values.lesson !== undefined && values.own !== undefined)
    throw new Error(
      '--lesson and --own: a package has one lesson of the page, one of your own, or all of the page’s',
    );
  const score = SCORES.find((name) => name === (values.score ?? SCORES[0]));
  if (!score) throw new Error(`--score ${values.score}: allowed: ${SCORES.join(', ')}`);
  const lessons = values.own === undefined ? pageLessons(values.lesson) : [await ownLesson(values.own)];
  const name = lessons.length === 1 ? `lesson-${lessons[0].lesson}` : 'lessons';
  const out = resolve(values.out ?? `packed/spiking-playground-${name}.zip`);
  const zip = scormPackage(builtPage(values.dist), lessons, score);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, zip);
  console.log(`${out}: ${lessons.map(({ title }) => title).join(', ')}; ${(zip.length / 1e6).toFixed(1)} MB`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
