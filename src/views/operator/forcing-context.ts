import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createForcing, type Forcing, type ForcingState } from '../../state/forcing.ts';
import type { Playground } from '../../state/playground.ts';
import { usePlayground } from '../context.ts';

const forcings = new WeakMap<Playground, Forcing>();

/** The forcing shown on the page: one for each playground. */
export function useForcing(): Forcing {
  const playground = usePlayground();
  let forcing = forcings.get(playground);
  if (!forcing) {
    forcing = createForcing(playground);
    forcings.set(playground, forcing);
  }
  return forcing;
}

/** A part of the forcing's state. */
export function useForcingState<T>(select: (state: ForcingState) => T): T {
  return useStore(useForcing().store, useShallow(select));
}
