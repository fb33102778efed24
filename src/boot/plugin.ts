// Vite plugin: renders the first view into the built page, so that it is painted before React and the rest have loaded.
import { createServer, type IndexHtmlTransformContext, type Plugin } from 'vite';
import { ROOT } from '../../scripts/setup.mjs';

/** Modules of the first view: the page holds their styles, and loads the first one's scripts right after the first paint. */
const PARTS = ['boot/main.tsx', 'NetworkPanel.tsx', 'SpikesPanel.tsx', 'SurrogatePanel.tsx'];
const PLACE = '<div id="root"><!-- first view --></div>';
/** Runs as soon as the first view has been read. */
const START = /\n *<script src="([^"]*start\.js)"><\/script>/;
/** Nothing is painted before the element that this link names. */
const EXPECTED = /<link rel="expect" href="#([^"]*)"/;
/**
 * Figures that wait for a frame of their own, one group after another: the bars and the sentence are there at once, and a few small
 * layouts hold the page up less than one large one.
 */
const GROUPS = [
  ['figure-prediction'],
  ['figure-network', 'figure-curves'],
  ['figure-spikes', 'figure-surrogate'],
];
/** `data-waits` is the number of groups that wait, see public/start.js, or all. Selectors end in ids: no other style is found anew. */
const WAITS = `<style>[data-waits=all] #root,${GROUPS.flatMap((_, i) =>
  GROUPS.slice(i)
    .flat()
    .map((id) => `[data-waits="${GROUPS.length - i}"] #${id}`),
).join()}{display:none}</style>`;

export function firstView(): Plugin {
  return {
    name: 'first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!html.includes(PLACE)) return;
        if (!html.includes(`'all' : '${GROUPS.length}'`))
          throw new Error(`index.html does not let ${GROUPS.length} groups wait`);
        const [wide, narrow] = await render();
        for (const id of [EXPECTED.exec(html)?.[1], ...GROUPS.flat()])
          if (!wide.includes(` id="${id}"`)) throw new Error(`The first view has no element "${id}".`);
        const scripts = new Set<string>();
        const sheets = new Set<string>();
        for (const [i, part] of PARTS.entries()) {
          const files = filesOf(part, bundle ?? {});
          for (const file of files.styles) sheets.add(file);
          if (i === 0) for (const file of files.scripts) scripts.add(file);
        }
        // Nothing is painted without styles, so they are in the page itself. The links are never fetched: a part that is
        // loaded later finds by them that its styles are there.
        const styles = [...sheets].flatMap((file) => [
          `<style>${sheetOf(file, bundle ?? {})}</style>`,
          `<link rel="stylesheet" disabled crossorigin href="./${file}">`,
        ]);
        const start = START.exec(html);
        if (!start) throw new Error('index.html does not load start.js');
        const modules: string[] = [];
        const take = (tag: string) => {
          modules.push(tag.trim());
          return '';
        };
        const rest = html
          .replace(START, '')
          .replace(/ *<link rel="stylesheet"[^>]*>\n/g, '')
          .replace(/ *<script type="module"[^>]*><\/script>\n/g, take)
          .replace(/ *<link rel="modulepreload"[^>]*>\n/g, take);
        for (const file of scripts) {
          const tag = `<link rel="modulepreload" crossorigin href="./${file}">`;
          if (!modules.includes(tag)) modules.push(tag);
        }
        return rest
          .replace('</head>', () => `  ${[...styles, WAITS].join('\n    ')}\n  </head>`)
          .replace(PLACE, () =>
            [
              `<div id="root">${wide}</div>`,
              `<template id="modules">${modules.join('')}</template>`,
              `<script src="${start[1]}"></script><first-view></first-view>`,
              `<template id="first-view-narrow">${narrow}</template>`,
            ].join('\n'),
          );
      },
    },
  };
}

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/** @throws Error when the sheet is not there or has addresses, which are others inside the page. */
function sheetOf(file: string, bundle: Bundle): string {
  const sheet = bundle[file];
  if (sheet?.type !== 'asset') throw new Error(`${file} is no style sheet of the build`);
  const text = String(sheet.source).trim();
  if (/url\(|@import|<\//.test(text)) throw new Error(`${file} cannot stand in the page: it has addresses`);
  return text;
}

/** HTML of the first view, for wide and for narrow windows. */
async function render(): Promise<readonly [wide: string, narrow: string]> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    const { renderFirstView } = (await server.ssrLoadModule(
      '/src/boot/prerender.tsx',
    )) as typeof import('./prerender.tsx');
    return [await renderFirstView(false), await renderFirstView(true)];
  } finally {
    await server.close();
  }
}

/** Styles and scripts of a module and of all that it imports statically, in the order of the imports. */
function filesOf(part: string, bundle: Bundle): { styles: string[]; scripts: string[] } {
  const start = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith(part)),
  );
  if (!start) throw new Error(`${part} is in no chunk`);
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string) => {
    const file = bundle[name];
    if (file?.type !== 'chunk' || scripts.has(name)) return;
    scripts.add(name);
    file.imports.forEach(visit);
    for (const style of file.viteMetadata?.importedCss ?? []) styles.add(style);
  };
  visit(start.fileName);
  return { styles: [...styles], scripts: [...scripts] };
}
