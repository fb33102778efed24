import { keepNow } from '../../state/kept/keep-now.ts';

let letIn = async (_renewed: boolean): Promise<void> => undefined;

/** Before the page is opened anew, `by` lets a new version in that waits; told whether one was found on the server. */
export function beforeReload(by: typeof letIn): void {
  letIn = by;
}

/**
 * Opens the page anew; its run is kept where that can be done, and offered again.
 * @param renewed there is a new version on the server
 */
export async function reload(renewed = false): Promise<void> {
  await keepNow();
  await letIn(renewed).catch(() => undefined);
  location.reload();
}
