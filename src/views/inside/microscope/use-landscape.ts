import { useEffect, useState } from 'react';
import type { Landscape } from '../../../training/landscape.ts';
import type { MicroscopeSetup } from '../../../worker/lane-microscope.ts';
import { useScopeLane } from './scope-lane.ts';

/** Nodes along each side of the plane, and points along the direction. */
export const SIDE = 33;
export const POINTS = 241;

interface LandscapeView {
  readonly landscape?: Landscape;
  /** Losses on the plane of half-width `radius`, those that are known so far: [along v][along u]. */
  readonly plane: readonly number[];
  readonly radius: number;
  /** Losses along δθ from -range to range. */
  readonly line: readonly number[];
  readonly range: number;
}

/** The loss around the weights under the microscope, a piece at a time; begins once `ready`. */
export function useLandscape(
  setup: MicroscopeSetup | undefined,
  ready: boolean,
  radius: number,
): LandscapeView {
  const { ask } = useScopeLane();
  const [view, setView] = useState<LandscapeView & { of?: MicroscopeSetup }>({
    plane: [],
    radius,
    line: [],
    range: 1,
  });

  useEffect(() => {
    if (!setup || !ready) return;
    let current = true;
    const survey = async () => {
      const landscape = await ask({ part: 'landscape' });
      const range = 4 * landscape.epsilon;
      if (!current) return;
      setView((old) => ({
        of: setup,
        landscape,
        radius,
        plane: [],
        range,
        line: old.of === setup ? old.line : [],
      }));
      for (let line: readonly number[] = []; current && line.length < POINTS; ) {
        const piece = await ask({ part: 'line', range, points: POINTS, from: line.length });
        line = [...line, ...piece.losses];
        if (current) setView((old) => ({ ...old, line }));
      }
      for (let plane: readonly number[] = []; current && plane.length < SIDE * SIDE; ) {
        const piece = await ask({ part: 'plane', radius, side: SIDE, from: plane.length });
        plane = [...plane, ...piece.losses];
        if (current) setView((old) => ({ ...old, plane }));
      }
    };
    // Another look replaces the weights: what is still asked of the old ones does not matter.
    survey().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [ask, setup, ready, radius]);
  return view;
}
