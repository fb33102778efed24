import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Inlined, singleFile } from './inline.ts';

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'single-'));
  mkdirSync(join(dist, 'assets'));
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="script-src 'self'">
    <meta charset="utf-8" />
    <script>(()=>{s.src=\`not-started.js\`})()</script>
    <script type="module" crossorigin src="./assets/main-1.js"></script>
    <link rel="icon" type="image/svg+xml" href="./icon.svg">
    <link rel="stylesheet" crossorigin href="./assets/first.css" disabled>
    <link rel="modulepreload" crossorigin href="./assets/main-1.js">
    <link rel="manifest" href="./manifest.webmanifest">
  </head>
  <body></body>
</html>`;
  const files = {
    'index.html': page,
    'icon.svg': '<svg/>',
    'not-started.js': '"</script>"',
    'assets/first.css': 'a{}',
    'assets/later.css': 'b{src:url(./font.woff2) format("woff2"),url(./font.woff) format("woff")}',
    'assets/font.woff2': 'font',
    'assets/font.woff': 'font',
    'assets/part-2.js': 'export const part = 1;',
    'assets/own.worker-3.js':
      'import{k}from"./part-2.js";fetch(new URL(new URL(`k-4.wasm`,import.meta.url).href,``+import.meta.url))',
    'assets/k-4.wasm': '\0asm',
    'assets/main-1.js':
      'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./later.css"])))=>i.map(i=>d[i]);\nimport{part}from"./part-2.js";p(()=>import(`./part-2.js`),__vite__mapDeps([0]),import.meta.url);let w=new URL(`own.worker-3.js`,import.meta.url).href,again=e=>import(e);',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
});
afterEach(() => rmSync(dist, { recursive: true }));

const written = (name: string, text: string) => writeFileSync(join(dist, name), text);

it('holds every file that the page asks for, and allows nothing else', async () => {
  const html = await singleFile(dist);
  const [, packed] = /id="archive">([^<]+)</.exec(html) ?? [];
  const archive: Record<string, Inlined> = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
  expect(Object.keys(archive).sort()).toEqual(['k-4.wasm', 'main-1.js', 'own.worker-3.js', 'part-2.js']);
  expect(archive['main-1.js'].text).toBe(
    'const __vite__mapDeps=()=>[];\nimport{part}from"\ue000part-2.js\ue000";p(()=>import(fileAddress(`part-2.js`)),__vite__mapDeps([0]),import.meta.url);let w=fileAddress(`own.worker-3.js`),again=e=>import(e);',
  );
  expect(archive['own.worker-3.js']).toMatchObject({ worker: true, needs: ['part-2.js', 'k-4.wasm'] });
  expect(archive['k-4.wasm']).toEqual({ type: 'application/wasm', base64: 'AGFzbQ==', needs: [] });
  expect(html).toContain('<html data-one-file lang="en">');
  expect(html).toContain('<style>b{src:url(data:font/woff2;base64,Zm9udA==) format("woff2")}</style>');
  // The first view's styles stand in the page already; nothing has an address.
  expect(html).not.toMatch(/a\{\}|(?:src|href)="\.|`not-started\.js`|rel="manifest"/);

  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(html.match(/Content-Security-Policy/g)).toHaveLength(1);
  expect(policy).not.toMatch(/self|http|unsafe-eval(?<!wasm-unsafe-eval)/);
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script);
  expect(scripts).toHaveLength(2);
  for (const script of scripts)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
});

it.each([
  [
    'a module that is not there',
    'assets/main-1.js',
    'import"./none-9.js"',
    'main-1.js asks for none-9.js, which is not there',
  ],
  [
    'a module of another site',
    'assets/main-1.js',
    'import"https://a.org/x.js"',
    'imports https://a.org/x.js, which is not inlined',
  ],
  [
    'an address that is put together',
    'assets/main-1.js',
    'load("k-4.wasm")',
    'main-1.js asks for k-4.wasm in a way that is not followed',
  ],
  [
    'a picture in a style',
    'assets/later.css',
    'b{background:url(./p.png)}',
    'asks for ./p.png, which is not inlined',
  ],
  [
    'a kind of file that it has no place for',
    'assets/main-1.js',
    'new URL(`first.css`,import.meta.url).href',
    'first.css: a single file has no place',
  ],
])('refuses %s, by its name', async (_, file, text, message) => {
  written(file, text);
  await expect(singleFile(dist)).rejects.toThrow(message);
});

it('refuses a page that is none, or that asks for more', async () => {
  const html = '<html><script type="module" src="./assets/main-1.js"></script><img src="./a.png">';
  written('index.html', html);
  await expect(singleFile(dist)).rejects.toThrow('index.html asks for ./a.png');
  written('index.html', '<html></html>');
  await expect(singleFile(dist)).rejects.toThrow('no module that the page starts with');
  await expect(singleFile(join(dist, 'none'))).rejects.toThrow('There is no built page in');
});
