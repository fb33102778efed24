import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { LaneState, LaneStore } from '../../state/lane-store.ts';
import type { Config } from '../../training/config.ts';
import { useApp } from '../context.ts';
import type { Source } from '../figures/use-figure.ts';
import { runName } from '../run-words.ts';
import { runOf, type ShownLane, shownLanes } from './lane-names.ts';

/** A part of one lane's state; the component renders again when that part changes. */
export function useLaneOf<T>(lane: LaneStore, select: (state: LaneState) => T): T {
  return useStore(lane, useShallow(select));
}

/** The lanes of the comparison, named and in order. */
export function useShownLanes(): ShownLane[] {
  const { lanes, specs, blind, slots } = useApp((state) => ({
    lanes: state.lanes,
    specs: state.comparison.lanes,
    blind: state.comparison.blind,
    slots: state.comparison.slots,
  }));
  const configs = useConfigs(lanes);
  return useMemo(
    () => shownLanes(lanes, configs, { lanes: specs, blind, slots }),
    [lanes, configs, specs, blind, slots],
  );
}

const configsOf = (lanes: readonly LaneStore[]) => lanes.map((lane) => lane.getState().config);

/** Names follow the configuration and the methods before it. */
const runsOf = (lanes: readonly LaneStore[]) =>
  lanes.map((lane) => runName(runOf(lane, lane.getState().config)));

/** Configurations in force, by lane; another list whenever one of them or a run's methods change. */
function useConfigs(lanes: readonly LaneStore[]): readonly Config[] {
  const [snapshot, setSnapshot] = useState(() => ({ lanes, configs: configsOf(lanes), runs: runsOf(lanes) }));
  useEffect(() => {
    const follow = () =>
      setSnapshot((old) => {
        const configs = configsOf(lanes);
        const runs = runsOf(lanes);
        const same =
          old.lanes === lanes &&
          configs.every((config, i) => config === old.configs[i] && runs[i] === old.runs[i]);
        return same ? old : { lanes, configs, runs };
      });
    follow();
    const stops = lanes.map((lane) =>
      lane.subscribe((state, before) => {
        const moved = state.config !== before.config || state.log !== before.log || state.step < before.step;
        if (moved) follow();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [lanes]);
  return snapshot.lanes === lanes ? snapshot.configs : configsOf(lanes);
}

/** Tells when any of the lanes changed, at most every `rest` ms. */
export function useAnyLane(lanes: readonly ShownLane[], rest: number): Source {
  return useMemo(
    () => ({
      subscribe(listener) {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const soon = () => {
          timer ??= setTimeout(() => {
            timer = undefined;
            listener();
          }, rest);
        };
        const stops = lanes.map(({ lane }) => lane.subscribe(soon));
        return () => {
          clearTimeout(timer);
          for (const stop of stops) stop();
        };
      },
    }),
    [lanes, rest],
  );
}
