import { join } from 'node:path';
import {
  build,
  createServer,
  type HtmlTagDescriptor,
  type IndexHtmlTransformContext,
  type Plugin,
  type Rolldown,
} from 'vite';
import { LINK_KEYS } from '../state/url.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const PLACE = '<!-- first view -->';
/** What the first view shows: modules whose styles it needs. */
const PARTS = ['boot/main.tsx', 'NetworkPanel.tsx', 'SpikesPanel.tsx', 'SurrogatePanel.tsx'];

/** Vite plugins that put the page's first script into its head and, when it is built, the first view into its body. */
export function firstPaint(): Plugin[] {
  return [
    {
      name: 'first-script',
      transformIndexHtml: {
        order: 'pre',
        handler: async () => [{ tag: 'script', children: await firstScript(), injectTo: 'head' }],
      },
    },
    {
      name: 'first-view',
      apply: 'build',
      transformIndexHtml: {
        order: 'post',
        async handler(html, { bundle = {} }) {
          if (!html.includes(PLACE)) throw new Error(`index.html has no place ${PLACE}`);
          const [wide, narrow] = await renderViews();
          const view = {
            tag: 'template',
            attrs: { id: 'first-view-narrow' },
            children: narrow,
            injectTo: 'body' as const,
          };
          return { html: html.replace(PLACE, () => wide), tags: [...tagsOf(bundle), view] };
        },
      },
    },
  ];
}

/** HTML of the first view, for wide and for narrow windows. */
async function renderViews(): Promise<readonly [wide: string, narrow: string]> {
  const server = await createServer({
    // By the page's own configuration: its style sheets' names are the built page's.
    root: ROOT,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    const { renderFirstView } = (await server.ssrLoadModule(
      join(HERE, 'prerender.tsx'),
    )) as typeof import('./prerender.tsx');
    return [await renderFirstView(false), await renderFirstView(true)];
  } finally {
    await server.close();
  }
}

/** head.ts with all that it imports, as one text. */
async function firstScript(): Promise<string> {
  const [{ output }] = (await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    define: { LINK_KEYS: JSON.stringify(LINK_KEYS) },
    build: {
      write: false,
      target: 'es2020',
      lib: { entry: join(HERE, 'head.ts'), formats: ['iife'], name: 'head' },
    },
  })) as Rolldown.RolldownOutput[];
  return output[0].code.trim();
}

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/**
 * The scripts that the page starts with, which are fetched while the first view is read, and all styles of the first view: nothing
 * is painted without them, so they stand in the page.
 */
function tagsOf(bundle: Bundle): HtmlTagDescriptor[] {
  const parts = PARTS.map((part) => chunksOf(part, bundle));
  const styles = new Set(parts.flat().flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
  const link = (rel: string, file: string, attrs = {}) => ({
    tag: 'link',
    attrs: { rel, crossorigin: true, href: `./${file}`, ...attrs },
  });
  return [
    ...parts[0].map(({ fileName }) => link('modulepreload', fileName)),
    ...[...styles].flatMap((file) => [
      { tag: 'style', children: styleOf(file, bundle) },
      // Never fetched: a part that is loaded later finds by it that its styles are there.
      link('stylesheet', file, { disabled: true }),
    ]),
  ].map((tag) => ({ ...tag, injectTo: 'head' as const }));
}

/** The chunk of a module and those that it imports statically. */
function chunksOf(part: string, bundle: Bundle): Rolldown.OutputChunk[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const chunksOfPart = new Set(chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.endsWith(part))));
  if (chunksOfPart.size === 0) throw new Error(`${part} is in no chunk`);
  for (const { imports } of chunksOfPart)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) chunksOfPart.add(chunk);
  return [...chunksOfPart];
}

/** @throws Error when the sheet is not there or has addresses, which are others inside the page. */
function styleOf(file: string, bundle: Bundle): string {
  const sheet = bundle[file];
  if (sheet?.type !== 'asset') throw new Error(`${file} is no style sheet of the build`);
  const text = String(sheet.source).trim();
  if (/url\(|@import|<\//.test(text)) throw new Error(`${file} cannot stand in the page: it has addresses`);
  return text;
}
