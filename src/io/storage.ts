let forbidden = false;
let tell: (() => void) | undefined;

/** What is to be told, once, when the browser keeps nothing for this page although it was asked to. */
export function onForbidden(telling: () => void): void {
  tell = telling;
}

/** Whether anything can be kept. */
export function canStore(): boolean {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

/** What localStorage keeps under a key; null where there is nothing or where it is forbidden. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text under a key; undefined forgets it. What is forbidden lasts as long as the page, which says so once. */
export function store(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    tellForbidden();
  }
}

/** Calls `take` with what another tab keeps under a key from now on, so that this one does not write over it with less. */
export function onStored(key: string, take: (text: string | null) => void): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) take(event.newValue);
  });
}

/** Something that was to be kept was not: the page says so, once. */
export function tellForbidden(): void {
  if (forbidden) return;
  forbidden = true;
  tell?.();
}
