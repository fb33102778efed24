import { useRef } from 'react';
import { stableBound } from '../figures/canvas/stable-bound.ts';

/** Bound of a symmetric range that follows a size in rare steps; `reset` (any value) starts it anew when it changes. */
export function useStableBound(reset: unknown): (size: number) => number {
  const held = useRef<{ reset: unknown; bound?: number }>({ reset });
  return (size) => {
    if (held.current.reset !== reset) held.current = { reset };
    held.current.bound = stableBound(held.current.bound, Math.max(size, 1e-6));
    return held.current.bound;
  };
}
