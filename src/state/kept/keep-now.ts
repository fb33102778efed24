let keep: (() => Promise<boolean>) | undefined;

/** Who keeps the run of this page; undefined: nobody. */
export function keepsNow(by: (() => Promise<boolean>) | undefined): void {
  keep = by;
}

/**
 * Keeps the page's run beyond the page as it stands; at its end, where it was moved back. Resolves to true once it is kept; to false where there is nothing to keep or
 * the browser does not allow it. Never rejects.
 */
export async function keepNow(): Promise<boolean> {
  try {
    return (await keep?.()) ?? false;
  } catch {
    return false;
  }
}
