import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { LaneState } from '../state/lane-store.ts';
import type { Playground, PlaygroundState } from '../state/playground.ts';

export const PlaygroundContext = createContext<Playground | undefined>(undefined);

/** The playground that the page shows. @throws Error outside its provider. */
export function usePlayground(): Playground {
  const playground = useContext(PlaygroundContext);
  if (!playground) throw new Error('usePlayground: no <PlaygroundContext value={…}> above this component');
  return playground;
}

/** A part of the shared state; the component renders again when that part changes. */
export function useApp<T>(select: (state: PlaygroundState) => T): T {
  return useStore(usePlayground().app, useShallow(select));
}

/** A part of the lane's state. */
export function useLane<T>(select: (state: LaneState) => T): T {
  return useStore(usePlayground().lane, useShallow(select));
}
