import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');
/** For the whole page; every other sheet is a module of the component that it is named after, or of a few beside it. */
const GLOBAL = ['ui/base.css', 'ui/media.css', 'ui/print.css', 'ui/theme.css'];

const names = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((name) =>
  name.replaceAll('\\', '/'),
);
const read = (name: string) => readFileSync(join(SRC, name), 'utf8');
const sheets = names
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({
    name,
    text: read(name).replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')),
  }));
const sources = names.filter((name) => /\.tsx?$/.test(name)).map((name) => ({ name, text: read(name) }));

/** Lines of the sheets, but for those named, that a pattern finds. */
const lines = (pattern: RegExp, ...but: string[]) =>
  sheets
    .filter(({ name }) => !but.includes(name))
    .flatMap(({ name, text }) =>
      text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${name}:${i + 1} ${line.trim()}`] : [])),
    );
const classesOf = (text: string) =>
  new Set(
    [...text.replace(/:global\([^)]*\)|"[^"]*"/g, '').matchAll(/\.([A-Za-z][\w-]*)(?=[^{}]*\{)/g)].map(
      ([, name]) => name,
    ),
  );

describe('style sheets', () => {
  it('are modules, but for those of the whole page', () => {
    expect(sheets.map(({ name }) => name).filter((name) => !name.endsWith('.module.css'))).toEqual(GLOBAL);
  });

  it('name breakpoints as media.css does', () => {
    expect(lines(/@media[^{]*\d/, 'ui/media.css')).toEqual([]);
    const known = read('ui/media.css');
    const asked = sheets.flatMap(({ text }) =>
      [...text.matchAll(/@media[^{]*/g)].flatMap(([rule]) => rule.match(/--[\w-]+/g) ?? []),
    );
    expect(asked.filter((name) => !known.includes(`@custom-media ${name} `))).toEqual([]);
    expect(
      sheets.filter(({ text }) => /@media \(--/.test(text) && !/@import ".*media\.css"/.test(text)),
    ).toEqual([]);
    expect(
      [...known.matchAll(/@custom-media (--[\w-]+)/g)]
        .map(([, name]) => name)
        .filter((name) => !asked.includes(name)),
    ).toEqual([]);
  });

  it('take colours, sizes of type, layers and durations from theme.css', () => {
    expect(lines(/#[\da-f]{3,8}\b|\b(rgb|hsl|oklch)\(/i, 'ui/theme.css')).toEqual([]);
    expect(lines(/\b(font|font-size): [\d.]+(rem|px)/, 'ui/theme.css')).toEqual([]);
    // Within a component, 1 lifts one part above the others.
    expect(lines(/z-index: (?!1;|var\(--layer-)/)).toEqual([]);
    expect(lines(/(transition|animation)[\w-]*:.*\d(ms|s)\b/)).toEqual([]);
  });

  it('leave a scrollbar its room: what is as wide as the window is 100 % wide', () => {
    const whole = /\bwidth: [^;]*\b100vw\b(?! -)/;
    expect(lines(whole)).toEqual([]);
    expect(sources.filter(({ name, text }) => !name.includes('.test.') && whole.test(text))).toEqual([]);
  });

  it('use the variables that there are', () => {
    const set = new Set(
      [...sheets, ...sources].flatMap(({ text }) =>
        [...text.matchAll(/(--[\w-]+)['"]?:/g)].map(([, name]) => name),
      ),
    );
    const used = sheets.flatMap(({ name, text }) =>
      [...text.matchAll(/var\((--[\w-]+)\)/g)].map(([, it]) => `${name} ${it}`),
    );
    expect(used.filter((entry) => !set.has(entry.split(' ')[1]))).toEqual([]);
  });

  it('have the classes that components use, and no others', () => {
    const missing: string[] = [];
    const used = new Map(sheets.map(({ name }) => [name, new Set<string>()]));
    for (const { name, text } of sources) {
      const code = text.replace(/^import .*$/gm, '');
      for (const [, local, address] of text.matchAll(/^import (?:(\w+) from )?'(\.[^']*\.css)';$/gm)) {
        const sheet = join(dirname(name), address).replaceAll('\\', '/');
        if (!existsSync(join(SRC, sheet))) missing.push(`${name} imports ${address}`);
        if (!local || !used.has(sheet)) continue;
        const have = classesOf(sheets.find((one) => one.name === sheet)!.text);
        const asked = [...code.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, 'g'))].map(([, one]) => one);
        // css[name]: the names are words of the file or of the data.
        if (new RegExp(`\\b${local}\\[`).test(code)) asked.push(...have);
        for (const one of asked)
          if (have.has(one)) used.get(sheet)?.add(one);
          else missing.push(`${name}: ${local}.${one}`);
      }
    }
    const unused = sheets
      .filter(({ name }) => !GLOBAL.includes(name))
      .flatMap(({ name, text }) =>
        [...classesOf(text)].filter((one) => !used.get(name)?.has(one)).map((one) => `${name}: .${one}`),
      );
    expect(missing).toEqual([]);
    expect(unused).toEqual([]);
  });

  it('of the whole page have the classes that are written as words', () => {
    const have = classesOf(read('ui/base.css'));
    const words = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/className=(?:"([^"]+)"|\{`([^`$]+))/g)].flatMap(([, plain, start]) =>
        (plain ?? start)
          .split(' ')
          .filter((one) => one && !have.has(one))
          .map((one) => `${name}: ${one}`),
      ),
    );
    expect(words).toEqual([]);
  });
});
