import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Lesson } from './lesson.ts';
import { readLesson } from './read.ts';

/** A lesson's file, and whether only what lists need of it is asked for. */
const FILE = /^(.*\/src\/lessons\/[a-z]{2}\/\d\d-[a-z0-9-]+\.md)(\?head)?$/;

/** Vite plugin: a lesson's Markdown is imported as the lesson, or with “?head” as what lists need of it. A fault in it ends the build. */
export function lessons(): Plugin {
  return {
    name: 'lessons',
    async load(id) {
      const [, file, head] = FILE.exec(id.replaceAll('\\', '/')) ?? [];
      if (!file) return undefined;
      this.addWatchFile(file);
      const { lesson, faults } = await readLesson(await readFile(file, 'utf8'));
      if (!lesson) {
        const path = relative(process.cwd(), file);
        throw new Error(faults.map(({ line, text }) => `${path}:${line}: ${text}`).join('\n'));
      }
      return {
        code: `export default ${JSON.stringify(head ? headOf(lesson) : lesson)};`,
        moduleType: 'js',
        map: null,
      };
    },
  };
}

const headOf = ({ title, about, explains, scenes }: Lesson) => ({
  title,
  about,
  explains,
  scenes: scenes.map(({ title }) => title),
});
