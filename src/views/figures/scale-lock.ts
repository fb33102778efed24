import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Whether errors are drawn on one scale for the whole run, that of the target, or on their own as they shrink. */
export const scaleLock = createStore<{ readonly locked: boolean }>(() => ({ locked: false }));

export function useScaleLocked(): boolean {
  return useStore(scaleLock, (state) => state.locked);
}

/** Bound of an error's range: its own, or the target's while the scale is locked. */
export function errorRange(own: number, target: number): number {
  return scaleLock.getState().locked ? target : own;
}
