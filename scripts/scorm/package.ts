import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { packLesson } from '../../src/lessons/pack.ts';
import { readLesson } from '../../src/lessons/read.ts';
import { manifest } from './manifest.ts';

const LESSONS = new URL('../../src/lessons/en/', import.meta.url);

/** What a lesson's score is: the share of scenes that were done, or of questions that were answered right. */
export const SCORES = ['scenes', 'predictions'] as const;
export type Score = (typeof SCORES)[number];

/** A lesson as links name it, with its text where it is none of the page's. */
export interface Packed {
  readonly lesson: number | 'own';
  readonly title: string;
  readonly text?: string;
}

/** The page's lessons, or one of them. @throws Error that says which there are */
export function pageLessons(number?: string): Packed[] {
  const files = readdirSync(LESSONS)
    .filter((name) => /^\d\d-.*\.md$/.test(name))
    .sort();
  const wanted = files.filter((name) => number === undefined || Number(name.slice(0, 2)) === Number(number));
  if (wanted.length === 0)
    throw new Error(`--lesson ${number}: there is no such lesson; allowed: 1 to ${files.length}`);
  return wanted.map((name) => ({
    lesson: Number(name.slice(0, 2)),
    title: /^# (.+)$/m.exec(readFileSync(new URL(name, LESSONS), 'utf8'))?.[1] ?? name,
  }));
}

/** A lesson from a file. @throws Error where it cannot be read, has faults or is too long */
export async function ownLesson(file: string): Promise<Packed> {
  if (!existsSync(file)) throw new Error(`--own ${file}: there is no such file`);
  const text = readFileSync(file, 'utf8');
  const { lesson, faults } = await readLesson(text);
  if (!lesson) throw new Error(faults.map(({ line, text }) => `${file}:${line}: ${text}`).join('\n'));
  return { lesson: 'own', title: lesson.title, text: await packLesson(text) };
}

/** Not of a package: another page, what keeps a page offline, fonts that no browser with modules asks for. */
const LEFT_OUT = /^(index\.html|sw\.js|manifest\.webmanifest|icon-.*|schema\/.*)$|\.(woff|ttf)$/;

/**
 * A SCORM 1.2 package: the built page with one activity for each lesson.
 * @param dist folder of the built page
 * @throws Error where it is no built page
 */
export function scormPackage(dist: string, lessons: readonly Packed[], score: Score): Uint8Array {
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`There is no built page in ${dist}.`);
  const shared = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dist, '/').length).replaceAll('\\', '/'))
    .filter((name) => !LEFT_OUT.test(name))
    .sort();
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const activities = lessons.map(({ lesson, title }) => ({
    id: `lesson-${lesson}`,
    title,
    href: `lesson-${lesson}.html`,
  }));
  const [{ title, id }] = activities;
  const [name, own] = activities.length === 1 ? [title, id] : ['Spiking Playground', 'lessons'];
  const files: Zippable = Object.fromEntries(shared.map((name) => [name, readFileSync(join(dist, name))]));
  files['sco.js'] = readFileSync(new URL('sco.js', import.meta.url));
  for (const [i, lesson] of lessons.entries())
    files[activities[i].href] = new TextEncoder().encode(startPage(page, lesson, score));
  files['imsmanifest.xml'] = new TextEncoder().encode(
    manifest(name, `spiking-playground-${own}`, activities, [...shared, 'sco.js']),
  );
  // The same lesson gives the same bytes.
  return zipSync(files, { level: 6, mtime: '2000-01-01T00:00:00' });
}

/** The page with the script that opens the lesson, before all others. */
function startPage(page: string, { lesson, text = '' }: Packed, score: Score): string {
  const script = `<script src="./sco.js" data-lesson="${lesson}" data-text="${text}" data-score="${score}"></script>`;
  const placed = page
    .replace(/\s*<link rel="manifest"[^>]*>/, '')
    .replace(/<meta charset="utf-8" \/>/, (meta) => `${meta}\n    ${script}`);
  if (!placed.includes(script)) throw new Error('index.html has no place for the script of a course system.');
  return placed;
}
