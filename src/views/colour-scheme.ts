import { create } from 'zustand';
import { store, stored } from '../io/storage.ts';
import { GROUNDS, SCHEME_ATTRIBUTE, SCHEME_KEY } from '../ui/scheme.ts';

type Scheme = 'light' | 'dark';

interface SchemeState {
  /** What the user chose; undefined follows the system. */
  readonly chosen?: Scheme;
  readonly system: Scheme;
  /** Of the kind of view, whatever was chosen: kept as long as the view is open. */
  readonly forced?: Scheme;
  /** While the page is printed. */
  readonly printed?: boolean;
}

export const useScheme = create<SchemeState>(() => ({ system: 'light' }));

export const shownScheme = ({ chosen, system, forced, printed }: SchemeState): Scheme =>
  printed ? 'light' : (forced ?? chosen ?? system);

/** Whether what was chosen last is kept; where storage is forbidden it lasts as long as the page. */
let storageWorks = true;

/** Chooses a theme; back at what the system wants, the page follows the system again. */
export function chooseScheme(next: Scheme): void {
  const { forced, system } = useScheme.getState();
  if (forced) {
    useScheme.setState({ forced: next });
    return;
  }
  const chosen = next === system ? undefined : next;
  useScheme.setState({ chosen });
  store(SCHEME_KEY, chosen);
  storageWorks = stored(SCHEME_KEY) === (chosen ?? null);
}

/** Keeps the page in the theme that was chosen here or in another tab, else in the system's. */
export function followScheme(): void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const read = () => useScheme.setState({ chosen: storedScheme(), system: query.matches ? 'dark' : 'light' });
  const colours = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  useScheme.subscribe((state) => {
    const scheme = shownScheme(state);
    document.documentElement.setAttribute(SCHEME_ATTRIBUTE, scheme);
    for (const colour of colours) colour.content = GROUNDS[scheme];
  });
  query.addEventListener('change', read);
  addEventListener('storage', read);
  read();
}

function storedScheme(): Scheme | undefined {
  if (!storageWorks) return useScheme.getState().chosen;
  const scheme = stored(SCHEME_KEY);
  return scheme === 'light' || scheme === 'dark' ? scheme : undefined;
}
