import { createContext, useContext } from 'react';
import type { LaneState, LaneStore } from '../../../state/lane-store.ts';
import type { Playground } from '../../../state/playground.ts';
import { useLaneOf } from '../../compare/use-lanes.ts';

/** The lane that lies under the microscope. */
export interface ScopeLane {
  readonly lane: LaneStore;
  /** Asks for a piece; the same function as long as it is the same lane. */
  readonly ask: ReturnType<Playground['actions']['microscopeOf']>;
}

export const ScopeLaneContext = createContext<ScopeLane | undefined>(undefined);

/** @throws Error outside its provider. */
export function useScopeLane(): ScopeLane {
  const scope = useContext(ScopeLaneContext);
  if (!scope) throw new Error('useScopeLane: no <ScopeLaneContext value={…}> above this component');
  return scope;
}

/** A part of the state of the lane under the microscope. */
export function useScoped<T>(select: (state: LaneState) => T): T {
  return useLaneOf(useScopeLane().lane, select);
}
