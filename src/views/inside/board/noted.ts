const KEY = 'board-open';

/** Whether this browser keeps a board that is not finished: known without loading the board. */
export function boardNoted(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function noteBoard(open: boolean): void {
  try {
    if (open) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // The browser forbids it: the board is found again when its view is opened.
  }
}
