// Vite plugin: renders the first view into the built page, so that it is painted before React and the rest have loaded.
import { createServer, type IndexHtmlTransformContext, type Plugin } from 'vite';
import { ROOT } from './setup.mjs';

/** Modules of the first view: the page links their styles, and loads the first one's scripts early. */
const PARTS = ['src/main.tsx', 'NetworkPanel.tsx', 'SpikesPanel.tsx', 'SurrogatePanel.tsx'];
const PLACE = '<!-- first view -->';

export function firstView(): Plugin {
  return {
    name: 'first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!html.includes(PLACE)) return;
        const views = await render();
        const tags: string[] = [];
        const sheets = new Set<string>();
        for (const [i, part] of PARTS.entries()) {
          const { styles, scripts } = filesOf(part, bundle ?? {});
          for (const file of styles) sheets.add(file);
          if (i > 0) continue;
          tags.push(...scripts.map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`));
        }
        const others = [...new Set(tags)].filter((tag) => !html.includes(tag));
        // Nothing is painted without styles, so they are in the page itself. The links are never fetched: a part that is
        // loaded later finds by them that its styles are there.
        const styles = [...sheets].flatMap((file) => [
          `<style>${sheetOf(file, bundle ?? {})}</style>`,
          `<link rel="stylesheet" disabled crossorigin href="./${file}">`,
        ]);
        const module = '<script type="module"';
        return html
          .replace(/ *<link rel="stylesheet"[^>]*>\n/g, '')
          .replace(module, () => `${styles.join('\n    ')}\n    ${module}`)
          .replace('</head>', () => `  ${others.join('\n    ')}\n  </head>`)
          .replace(PLACE, () => `${views.join('\n')}\n    <first-view></first-view>`);
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

/** The first views as templates, of which public/start.js takes the one that fits. */
async function render(): Promise<string[]> {
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
      '/src/prerender.tsx',
    )) as typeof import('../src/prerender.tsx');
    const views: string[] = [];
    for (const width of ['wide', 'narrow'])
      views.push(
        `<template id="first-view-${width}">${await renderFirstView(width === 'narrow')}</template>`,
      );
    return views;
  } finally {
    await server.close();
  }
}

/** Styles and scripts of a module and of all that it imports statically, in the order of the imports. */
function filesOf(part: string, bundle: Bundle): { styles: string[]; scripts: string[] } {
  const start = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(part),
  );
  if (!start) throw new Error(`${part} is no chunk of its own`);
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
