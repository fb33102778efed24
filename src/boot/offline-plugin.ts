import type { HtmlTagDescriptor, Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { GROUNDS } from '../ui/scheme.ts';

/** In an address, a question to the server and not to what the browser keeps; see src/views/loading/missing.ts. */
const ASKS_SERVER = 'version';

/** What the page says of itself to the system: its mark, and the colours around it. */
const head: Plugin = {
  name: 'page-head',
  transformIndexHtml: () =>
    [
      ...Object.entries(GROUNDS).map(([scheme, content]) => ({
        tag: 'meta',
        attrs: { name: 'theme-color', media: `(prefers-color-scheme: ${scheme})`, content },
      })),
      { tag: 'link', attrs: { rel: 'icon', type: 'image/svg+xml', href: './icon.svg' } },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icon-apple-180.png' } },
    ].map((tag): HtmlTagDescriptor => ({ ...tag, injectTo: 'head' })),
};

/**
 * Vite plugins that make the page one that can be installed and that works without a connection: the web app manifest, and the
 * service worker `sw.js`, which keeps every file of the build. src/page/offline.ts starts it.
 */
export function offline(): Plugin[] {
  return [
    head,
    ...VitePWA({
      // By src/page/offline.ts, once the page is idle.
      injectRegister: null,
      registerType: 'prompt',
      manifest: {
        name: 'Spiking Playground',
        short_name: 'Spiking',
        description: 'See how spiking neural networks learn, with and without back-propagation.',
        lang: 'en',
        display: 'standalone',
        // Everything is relative to the manifest: the page may lie at any address.
        id: './',
        start_url: './',
        scope: './',
        theme_color: GROUNDS.light,
        background_color: GROUNDS.light,
        categories: ['education', 'science'],
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      includeManifestIcons: false,
      workbox: {
        inlineWorkboxRuntime: true,
        sourcemap: false,
        // Fonts of KaTeX in the one format that every browser with service workers reads.
        globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,png}'],
        // The library for HDF5 is the largest.
        maximumFileSizeToCacheInBytes: 8e6,
        // Files are fetched one after another, the page first: where a new version is put in its place meanwhile, the others are
        // missing, and nothing is kept of either.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.sort((a, b) => Number(b.url === 'index.html') - Number(a.url === 'index.html')),
          }),
        ],
        // `/?gradient=RFG` is the page, and `?again=1` (src/problems/arriving.ts) the same file.
        ignoreURLParametersMatching: [new RegExp(`^(?!${ASKS_SERVER}$)`)],
        // Other pages may lie below this one.
        navigateFallback: null,
        clientsClaim: true,
        skipWaiting: false,
      },
    }),
  ];
}
