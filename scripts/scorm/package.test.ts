import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/lessons/catalogue.ts';
import { manifest } from './manifest.ts';
import { ownLesson, pageLessons, scormPackage } from './package.ts';

const LESSON = `# A “short” one & more

About nothing.

## Look

[One neuron](#lab=neuron)

- [ ] Wait. \`T > 0\`
`;

let folder: string;
const dist = () => join(folder, 'dist');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scorm-'));
  mkdirSync(join(dist(), 'assets'), { recursive: true });
  mkdirSync(join(dist(), 'schema'));
  const page =
    '<!doctype html><html><head><meta charset="utf-8" /><link rel="manifest" href="./manifest.webmanifest"></head></html>';
  for (const [name, text] of [
    ['index.html', page],
    ['sw.js', 'sw'],
    ['manifest.webmanifest', '{}'],
    ['not-started.js', 'say'],
    ['icon-192.png', 'png'],
    ['schema/run.schema.json', '{}'],
    ['assets/main-x y.js', 'main'],
    ['assets/font.ttf', 'font'],
    ['assets/font.woff2', 'font'],
  ])
    writeFileSync(join(dist(), name), text);
  writeFileSync(join(folder, 'own.md'), LESSON);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Elements of a manifest with their attributes, in their order, each with the names of those around it. */
function elementsOf(xml: string) {
  const path: string[] = [];
  const elements: { path: string; attributes: Record<string, string> }[] = [];
  for (const [, end, name, rest] of xml.matchAll(/<(\/?)([\w:]+)([^>]*)>/g)) {
    if (end) expect(path.pop()).toBe(name);
    else {
      const attributes = Object.fromEntries(
        [...rest.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      );
      elements.push({ path: [...path, name].join('/'), attributes });
      if (!rest.endsWith('/')) path.push(name);
    }
  }
  expect(path).toEqual([]);
  return elements;
}

describe('a SCORM package', () => {
  it('has what SCORM 1.2 demands of a manifest, and every file that it names', async () => {
    const lessons = pageLessons();
    expect(lessons.map(({ lesson }) => lesson)).toEqual(CATALOGUE.map(({ number }) => number));
    const files = unzipSync(scormPackage(dist(), lessons, 'scenes'));
    const xml = strFromU8(files['imsmanifest.xml']);
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<manifest ')).toBe(true);
    const elements = elementsOf(xml.replace(/^<\?.*\?>/, ''));
    const at = (path: string) => elements.filter((element) => element.path === path);
    expect(xml).toContain('<schema>ADL SCORM</schema>\n    <schemaversion>1.2</schemaversion>');
    // In this order, each once.
    const top = elements.map(({ path }) => path).filter((path) => path.split('/').length === 2);
    expect(top).toEqual(['manifest/metadata', 'manifest/organizations', 'manifest/resources']);
    const [{ attributes: organizations }] = at('manifest/organizations');
    expect(at('manifest/organizations/organization').map(({ attributes }) => attributes.identifier)).toEqual([
      organizations.default,
    ]);

    const identifiers = elements.flatMap(({ attributes }) => attributes.identifier ?? []);
    expect(new Set(identifiers).size).toBe(identifiers.length);
    for (const name of identifiers) expect(name).toMatch(/^[A-Za-z_][\w.-]*$/);
    const resources = at('manifest/resources/resource').map(({ attributes }) => attributes);
    const items = at('manifest/organizations/organization/item').map(({ attributes }) => attributes);
    expect(items).toHaveLength(lessons.length);
    for (const { identifierref } of items) {
      const resource = resources.find(({ identifier }) => identifier === identifierref);
      expect(resource).toMatchObject({ type: 'webcontent', 'adlcp:scormtype': 'sco' });
      expect(files[resource?.href ?? '']).toBeDefined();
    }
    for (const { attributes } of at('manifest/resources/resource/dependency'))
      expect(resources.find(({ identifier }) => identifier === attributes.identifierref)).toMatchObject({
        'adlcp:scormtype': 'asset',
      });

    const named = at('manifest/resources/resource/file').map(({ attributes }) => decodeURI(attributes.href));
    expect([...named, 'imsmanifest.xml'].sort()).toEqual(Object.keys(files).sort());
    expect(named).toContain('assets/main-x y.js');
    expect(named.join()).not.toMatch(/sw\.js|webmanifest|icon-|schema|ttf|index\.html/);
  });

  it('starts each lesson by the script that reports it, without what keeps a page offline', async () => {
    const [lesson] = pageLessons('3');
    const files = unzipSync(scormPackage(dist(), [lesson], 'predictions'));
    const page = strFromU8(files['lesson-3.html']);
    expect(page).toContain(
      '<script src="./sco.js" data-lesson="3" data-text="" data-score="predictions"></script>',
    );
    expect(page).not.toContain('rel="manifest"');
    expect(strFromU8(files['sco.js'])).toContain('LMSInitialize');
    expect(strFromU8(files['imsmanifest.xml'])).toContain('<title>Many neurons draw a picture</title>');
  });

  it('is made of a lesson of one’s own, whose text it carries', async () => {
    const own = await ownLesson(join(folder, 'own.md'));
    const files = unzipSync(scormPackage(dist(), [own], 'scenes'));
    expect(strFromU8(files['lesson-own.html'])).toMatch(/data-lesson="own" data-text="[\w-]{50,}"/);
    expect(strFromU8(files['imsmanifest.xml'])).toContain('<title>A “short” one &#38; more</title>');
  });

  it('is refused with the reason', async () => {
    const count = CATALOGUE.length;
    expect(() => pageLessons(`${count + 1}`)).toThrow(
      `--lesson ${count + 1}: there is no such lesson; allowed: 1 to ${count}`,
    );
    expect(() => pageLessons('x')).toThrow('--lesson x');
    await expect(ownLesson('none.md')).rejects.toThrow('--own none.md: there is no such file');
    writeFileSync(join(folder, 'faulty.md'), LESSON.replace('T > 0', 'what > 0'));
    await expect(ownLesson(join(folder, 'faulty.md'))).rejects.toThrow(/faulty\.md:9: .*what/);
    const lessons = pageLessons('1');
    expect(() => scormPackage(folder, lessons, 'scenes')).toThrow('There is no built page in');
    cpSync(dist(), join(folder, 'other'), { recursive: true });
    writeFileSync(join(folder, 'other', 'index.html'), '<html></html>');
    expect(() => scormPackage(join(folder, 'other'), lessons, 'scenes')).toThrow(
      'has no place for the script',
    );
  });

  it('escapes what a title holds', () => {
    const xml = manifest('<b> "&"\u0007', 'id', [{ id: 'a', title: "it's", href: 'a.html' }], ['b&c d.js']);
    expect(xml).toContain('<title>&#60;b&#62; &#34;&#38;&#34; </title>');
    expect(xml).toContain('<title>it&#39;s</title>');
    expect(xml).toContain('<file href="b&#38;c%20d.js"/>');
  });
});
