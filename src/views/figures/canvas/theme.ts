import type { Scheme } from './colour-map.ts';

/** Colours and font of a figure, from the page's CSS custom properties. */
export interface FigureTheme {
  readonly scheme: Scheme;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly panel: string;
  readonly accent: string;
  /** Membrane traces. */
  readonly trace: string;
  /** Strong ends of the signed scale, for lines and marks. */
  readonly positive: string;
  readonly negative: string;
  /** Histogram bars and other quiet areas. */
  readonly fill: string;
  readonly fillStrong: string;
  /** Size of the text in px: 11.5, and larger where the page's own text is, or what --figure-text says. */
  readonly fontSize: number;
  /** CSS pixels for each unit of a drawing: above 1 where figures are looked at from far away. */
  readonly scale: number;
  readonly font: string;
  readonly fontBold: string;
}

let version = 0;
const listeners = new Set<() => void>();
const themes = new WeakMap<Element, { version: number; theme: FigureTheme }>();

/** Calls `listener` when colours or the size of the text may have changed. */
export const themeChanges = {
  subscribe(listener: () => void): () => void {
    if (listeners.size === 0) watch();
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Themes are read anew, and figures drawn with them. */
export function forgetThemes(): void {
  version++;
  for (const listener of listeners) listener();
}

let watching = false;
function watch(): void {
  if (watching) return;
  watching = true;
  new MutationObserver(forgetThemes).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-scheme', 'class', 'style'],
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forgetThemes);
  // The size of the text depends on that of the window.
  addEventListener('resize', forgetThemes);
}

/** The theme where `element` stands. */
export function themeOf(element: Element): FigureTheme {
  const cached = themes.get(element);
  if (cached?.version === version) return cached.theme;
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const family = style.fontFamily || 'sans-serif';
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const fontSize = Number.parseFloat(read('--figure-text')) || (11.5 / 16) * root;
  const theme: FigureTheme = {
    scheme: style.colorScheme === 'dark' ? 'dark' : 'light',
    ink: read('--text'),
    muted: read('--dim'),
    line: read('--line'),
    panel: read('--panel'),
    accent: read('--accent'),
    trace: read('--trace'),
    positive: read('--positive'),
    negative: read('--negative'),
    fill: read('--fill'),
    fillStrong: read('--fill-strong'),
    fontSize,
    scale: Number(read('--figure-scale')) || 1,
    font: `${fontSize}px ${family}`,
    fontBold: `600 ${fontSize}px ${family}`,
  };
  themes.set(element, { version, theme });
  return theme;
}
