import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Playground } from '../../../state/playground.ts';
import { useLane, usePlayground } from '../../context.ts';
import { latestWins } from '../../latest-wins.ts';

export type Point = readonly [x: number, y: number];

/** Where the pointer is on any of the maps, and the probe while it is being dragged. */
export const pointing = createStore<{ readonly hover?: Point; readonly dragged?: Point }>(() => ({}));

/** The probe as it is shown: where it is dragged to, else what the network is asked for. */
export function probeOf({ lane }: Playground): Point | undefined {
  const row = pointing.getState().dragged ?? lane.getState().view.probe[0];
  return row?.length === 2 ? [row[0], row[1]] : undefined;
}

/** `probeOf` for components: they render again when the probe moves. */
export function useProbe(): Point | undefined {
  const probe = useLane((lane) => lane.view.probe[0]);
  const dragged = useStore(pointing, (state) => state.dragged);
  const row = dragged ?? probe;
  return row?.length === 2 ? [row[0], row[1]] : undefined;
}

/** Moves the probe; while the network is busy with one point only the latest waits. */
export function useMoveProbe(): (point: Point) => void {
  const { actions } = usePlayground();
  return useMemo(() => {
    const send = latestWins(async (point: Point) => {
      await actions.setProbe(point);
      if (pointing.getState().dragged === point) pointing.setState({ dragged: undefined });
    });
    return (point) => {
      const inside: Point = [toGrid(point[0]), toGrid(point[1])];
      pointing.setState({ dragged: inside });
      send(inside);
    };
  }, [actions]);
}

/** Probes lie on hundredths: what is read off is what is computed. */
function toGrid(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100 + 0;
}
