import { createStore, delMany, get, promisifyRequest, type UseStore } from 'idb-keyval';
import { browserLocks } from '../locks.ts';
import type { KeptNote, KeptSession } from './kept.ts';

/** Keeps runs beyond the page. Every method may reject; what comes back may be of another version, or damaged. */
export interface RunStore {
  /** Notes of all runs that are kept, in any order. */
  list(): Promise<readonly unknown[]>;
  load(id: string): Promise<unknown>;
  /** In place of what was kept under the note's id, and under another one's: all of it is done, or nothing. */
  save(note: KeptNote, run: KeptSession, replaced?: string): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Which runs are those of pages that are open. */
export interface RunClaim {
  /** Takes a run for this page; what it resolves to gives it up. Undefined when another page has it. */
  take(id: string): Promise<(() => void) | undefined>;
  /** Runs of pages that are open, this one's included. */
  taken(): Promise<ReadonlySet<string>>;
}

const NOTE = 'note:';
const RUN = 'run:';
const keysOf = (id: string) => [NOTE + id, RUN + id];

/** Keeps runs in IndexedDB. */
export function browserRuns(): RunStore {
  let database: UseStore | undefined;
  const store = () => {
    database ??= createStore('spiking-playground-runs', 'runs');
    return database;
  };
  return {
    list: async () =>
      store()('readonly', (runs) =>
        promisifyRequest<unknown[]>(runs.getAll(IDBKeyRange.bound(NOTE, `${NOTE}\uffff`))),
      ),
    load: async (id) => get<unknown>(RUN + id, store()),
    save: async (note, run, replaced) =>
      store()('readwrite', (runs) => {
        if (replaced !== undefined) for (const key of keysOf(replaced)) runs.delete(key);
        runs.put(note, NOTE + note.id);
        runs.put(run, RUN + note.id);
        const written = promisifyRequest<undefined>(runs.transaction);
        // The page may be gone before the browser would do so by itself.
        runs.transaction.commit?.();
        return written;
      }),
    remove: async (ids) => delMany(ids.flatMap(keysOf), store()),
  };
}

const LOCK = 'spiking-playground-run:';

/** By the Web Locks API: the browser frees the lock of a page that closes or crashes. Without it every run is free. */
export function browserRunClaim(locks = browserLocks()): RunClaim {
  const free: RunClaim = { take: async () => () => undefined, taken: async () => new Set() };
  if (!locks) return free;
  return {
    take: (id) =>
      new Promise<(() => void) | undefined>((resolve) => {
        locks
          .request(LOCK + id, { ifAvailable: true }, (lock) => {
            if (!lock) return resolve(undefined);
            return new Promise<void>((giveUp) => resolve(giveUp));
          })
          .catch(() => resolve(() => undefined));
      }).catch(free.take),
    taken: async () => {
      const { held = [] } = await Promise.resolve()
        .then(() => locks.query())
        .catch((): LockManagerSnapshot => ({}));
      return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
    },
  };
}

const LAST = 'spiking-playground.run';

const LEFT = 'spiking-playground.left';

/** Which run this tab kept last: the one that is offered first, and after a reload gone on with. */
export const tabMemory = {
  get left(): boolean {
    try {
      return sessionStorage.getItem(LEFT) !== null;
    } catch {
      return false;
    }
  },
  set left(left: boolean) {
    try {
      if (left) sessionStorage.setItem(LEFT, '1');
      else sessionStorage.removeItem(LEFT);
    } catch {
      // The run is offered then.
    }
  },
  get last(): string | undefined {
    try {
      return sessionStorage.getItem(LAST) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set last(id: string | undefined) {
    try {
      if (id) sessionStorage.setItem(LAST, id);
    } catch {
      // The newest run is offered first then.
    }
  },
};
