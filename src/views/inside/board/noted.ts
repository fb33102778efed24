import { store, stored } from '../../../io/storage.ts';

const KEY = 'board-open';

/** Whether this browser keeps a board that is not finished: known without loading the board. */
export function boardNoted(): boolean {
  return stored(KEY) !== null;
}

export function noteBoard(open: boolean): void {
  // Where the browser forbids it, the board is found again when its view is opened.
  store(KEY, open ? '1' : undefined);
}
