import { create } from 'zustand';

export type Scheme = 'light' | 'dark';

/** Key of localStorage for the theme; public/start.js reads it too, before the first paint. */
const SCHEME_KEY = 'spiking-playground.scheme';
/** Read by the style sheets, Mantine's among them. */
const ATTRIBUTE = 'data-mantine-color-scheme';

interface SchemeState {
  /** What the user chose; undefined follows the system. */
  readonly chosen?: Scheme;
  readonly system: Scheme;
  /** Set by the kind of view, whatever was chosen. */
  readonly forced?: Scheme;
}

export const useScheme = create<SchemeState>(() => ({ system: 'light' }));

export const shownScheme = ({ chosen, system, forced }: SchemeState): Scheme => forced ?? chosen ?? system;

/** Chooses a theme; undefined follows the system again. */
export function chooseScheme(chosen: Scheme | undefined): void {
  useScheme.setState({ chosen });
  try {
    if (chosen) localStorage.setItem(SCHEME_KEY, chosen);
    else localStorage.removeItem(SCHEME_KEY);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
}

/** Keeps the page in the theme that was chosen here or in another tab, else in the system's. */
export function followScheme(): void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const read = () => useScheme.setState({ chosen: stored(), system: query.matches ? 'dark' : 'light' });
  useScheme.subscribe((state) => document.documentElement.setAttribute(ATTRIBUTE, shownScheme(state)));
  query.addEventListener('change', read);
  addEventListener('storage', read);
  read();
}

function stored(): Scheme | undefined {
  try {
    const scheme = localStorage.getItem(SCHEME_KEY);
    return scheme === 'light' || scheme === 'dark' ? scheme : undefined;
  } catch {
    return useScheme.getState().chosen;
  }
}
