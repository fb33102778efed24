import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { BoardKeeper } from './board-state.ts';

const KEY = 'board';

/** Keeps the board in IndexedDB. Rejects where the browser forbids it, as some do in private windows. */
export function browserKeeper(): BoardKeeper {
  let database: UseStore | undefined;
  const store = () => {
    database ??= createStore('spiking-playground', 'boards');
    return database;
  };
  return {
    load: async () => get<unknown>(KEY, store()),
    save: async (kept) => (kept ? set(KEY, kept, store()) : del(KEY, store())),
  };
}
