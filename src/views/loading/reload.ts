import { keepNow } from '../../state/kept/keep-now.ts';

/** Opens the page anew; its run is kept where that can be done, and offered again. */
export async function reload(): Promise<void> {
  await keepNow();
  location.reload();
}
