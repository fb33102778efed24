import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { init, parse } from 'es-module-lexer';
import { importingScript } from '../../src/kernels/start-worker.ts';

/** A file of the build inside the single file. */
export interface Inlined {
  readonly type: string;
  /** Of a script; names of modules that it imports at once stand between U+E000. */
  readonly text?: string;
  /** Of anything else. */
  readonly base64?: string;
  /** A worker's first script. */
  readonly worker?: boolean;
  /** Names of the files that it asks for in any way. */
  readonly needs: readonly string[];
}

/** As text: what runs the tests may write a function anew. */
const SERVE = readFileSync(new URL('serve.js', import.meta.url), 'utf8').replace(/^.*?export /s, '');

/** Nothing but what stands in the file: no address of any server is allowed. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "blob: 'wasm-unsafe-eval'",
  'worker-src': 'blob:',
  'connect-src': 'blob:',
  'img-src': 'data: blob:',
  'style-src': "'unsafe-inline'",
  'font-src': 'data:',
  'base-uri': "'none'",
  'form-action': "'none'",
};

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const typeOf = (name: string) => {
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`${name}: a single file has no place for files of this kind`);
  return type;
};

/**
 * The built page as one HTML file: scripts, workers and kernels in a compressed archive, styles and fonts in place.
 * @param dist folder of the built page
 * @throws Error that names a file which the page asks for in a way that is not followed
 */
export async function singleFile(dist: string): Promise<string> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`There is no built page in ${dist}.`);
  const assets = join(dist, 'assets');
  const names = readdirSync(assets);
  const text = (name: string) => readFileSync(join(assets, name), 'utf8');
  const files: Record<string, Inlined> = {};
  await init;
  for (const name of names.filter((one) => one.endsWith('.js')))
    files[name] = {
      ...rewritten(name, text(name), names),
      type: typeOf(name),
      ...(/\.worker-/.test(name) && { worker: true }),
    };
  for (const name of new Set(Object.values(files).flatMap(({ needs }) => needs)))
    files[name] ??= { type: typeOf(name), base64: readFileSync(join(assets, name), 'base64'), needs: [] };

  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const entry = /<script type="module"[^>]* src="\.\/assets\/([^"]+)"><\/script>/.exec(page);
  if (!entry) throw new Error('index.html has no module that the page starts with.');
  const placed = new Set(
    [...page.matchAll(/href="\.\/assets\/([^"]+\.css)" disabled/g)].map(([, name]) => name),
  );
  const styles = names.filter((name) => name.endsWith('.css') && !placed.has(name));
  const icon = `data:image/svg+xml;base64,${readFileSync(join(dist, 'icon.svg'), 'base64')}`;
  const fault = readFileSync(join(dist, 'not-started.js'), 'utf8');
  const archive = gzipSync(JSON.stringify(files)).toString('base64');

  const html = page
    .replace('<html ', '<html data-one-file ')
    .replace(/\s*<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace(entry[0], '')
    .replace(/\s*<link rel="(?:modulepreload|stylesheet|manifest|apple-touch-icon)"[^>]*>/g, '')
    .replace('./icon.svg', icon)
    .replace(
      '`not-started.js`',
      () => `URL.createObjectURL(new Blob([${inScript(fault)}],{type:'text/javascript'}))`,
    )
    .replace(
      '</head>',
      () => `${styles.map((name) => `<style>${styleOf(text(name), assets)}</style>`).join('\n')}</head>`,
    )
    .replace(
      '</body>',
      () => `<script type="text/plain" id="archive">${archive}</script>
<script>${starting(entry[1])}</script></body>`,
    );
  for (const [, address] of html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g))
    throw new Error(`index.html asks for ${address}, which is not inlined.`);
  return html.replace('<head>', () => `<head>\n    ${policyFor(html)}`);
}

/** A text as a literal in an inline script. */
const inScript = (content: string) => JSON.stringify(content).replaceAll('<', '\\u003c');

/** What the page begins with: unpacks the archive and imports the first module. */
const starting = (entry: string) => `(async () => {
  const packed = Uint8Array.from(atob(document.getElementById('archive').textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  (${SERVE})(await new Response(stream).json(), ${inScript(importingScript('ADDRESS'))});
  await import(fileAddress(${inScript(entry)}));
})().catch((error) => dispatchEvent(new CustomEvent('not-started', { detail: error })));`;

function policyFor(html: string): string {
  const hashes = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script]) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const content = Object.entries(POLICY)
    .map(([name, sources]) => `${name} ${sources}${name === 'script-src' ? hashes.join('') : ''}`)
    .join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${content}">`;
}

/** A style sheet with its fonts inside, in the one format that all browsers with modules read. */
function styleOf(sheet: string, assets: string): string {
  const inlined = sheet
    .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '')
    .replace(/url\((?:\.\/)?([\w.-]+\.woff2)\)/g, (_, name: string) => {
      const content = readFileSync(join(assets, name), 'base64');
      return `url(data:${typeOf(name)};base64,${content})`;
    });
  const [, left] = /url\((?!data:|["']?#|["']data:)([^)]*)\)/.exec(inlined) ?? [];
  if (left !== undefined) throw new Error(`A style sheet asks for ${left}, which is not inlined.`);
  if (inlined.includes('</')) throw new Error('A style sheet cannot stand in the page: it has “</”.');
  return inlined.trim();
}

/** A script that asks `fileAddress` for the other files. */
function rewritten(name: string, source: string, names: readonly string[]): Pick<Inlined, 'text' | 'needs'> {
  const needs = new Set<string>();
  const need = (file: string) => {
    if (!names.includes(file)) throw new Error(`${name} asks for ${file}, which is not there.`);
    needs.add(file);
    return file;
  };
  let text = '';
  let at = 0;
  for (const { d: dynamic, s: from, e: to } of parse(source)[0]) {
    // import.meta
    if (dynamic === -2) continue;
    const written = source.slice(from, to);
    const [, file] = /^["'`]?\.\/([\w.-]+)["'`]?$/.exec(written) ?? [];
    // A variable: src/problems/arriving.ts asks again for what did not arrive.
    if (file === undefined && dynamic >= 0 && /^[\w$]+$/.test(written)) continue;
    if (file === undefined) throw new Error(`${name} imports ${written}, which is not inlined.`);
    text +=
      source.slice(at, from) +
      (dynamic >= 0 ? `fileAddress(\`${need(file)}\`)` : `\ue000${need(file)}\ue000`);
    at = to;
  }
  text = (text + source.slice(at))
    // Styles are there from the start.
    .replace(/^(const __vite__mapDeps=).*?;\n/, '$1()=>[];\n')
    .replace(
      /new URL\(["'`]([\w.-]+)["'`],import\.meta\.url\)\.href/g,
      (_, file) => `fileAddress(\`${need(file)}\`)`,
    );
  const rest = text.replaceAll(/fileAddress\(`[^`]*`\)|\ue000[^\ue000]*\ue000/g, '');
  const unfollowed = rest
    .match(/[\w.-]+\.(?:js|css|wasm|woff2?|ttf)\b/g)
    ?.find((file) => names.includes(file));
  if (unfollowed) throw new Error(`${name} asks for ${unfollowed} in a way that is not followed.`);
  return { text, needs: [...needs] };
}
