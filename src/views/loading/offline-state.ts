import { create } from 'zustand';

interface OfflineState {
  /**
   * Whether the browser keeps the page's files: not here (another kind of window, origin or browser), not unless it is asked to (a
   * connection that saves data), on their way, or all of them.
   */
  readonly state: 'absent' | 'asks' | 'keeping' | 'kept';
  /** Has it keep them, where it waits to be asked. */
  readonly keep?: () => void;
  /** A new version of the page is there; this one goes on until the page is opened anew. */
  readonly renewed: boolean;
}

/** What the browser keeps of the page itself, see src/page/offline.ts. */
export const useOffline = create<OfflineState>(() => ({ state: 'absent', renewed: false }));
