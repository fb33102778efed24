import type { CSSOptions } from 'vite';

/** How style sheets are read, for the page and for its first view alike: their class names have to be the same. */
export const CSS: CSSOptions = {
  transformer: 'lightningcss',
  // Breakpoints have names: src/ui/media.css.
  lightningcss: { drafts: { customMedia: true }, cssModules: { grid: false } },
};
