import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useStill } from '../figures/network/use-player.ts';

const STEPS_A_SECOND = 6;
/** A long simulation runs faster: it takes so many seconds at most. */
const LONGEST_S = 9;

export interface Playback {
  /** Time step at which the lab is looked at, 1 … T. */
  readonly time: number;
  /** The simulation runs, or was stopped on its way: what is still to come is not shown. */
  readonly underWay: boolean;
  readonly playing: boolean;
  /** Nothing moves by itself where reduced motion is preferred: a press goes on by one step. */
  readonly still: boolean;
  /** How far it has come, between two steps too. */
  readonly now: RefObject<number>;
  /** Begins, goes on or stops. */
  toggle(): void;
  /** Moves the time cursor by hand: all is shown. */
  point(time: number): void;
}

/** Lets a simulation of T steps run before the eyes. `onFrame` follows what moves. */
export function usePlayback(T: number, onFrame: () => void): Playback {
  const still = useStill();
  const [state, setState] = useState({ time: 1, underWay: false, playing: false });
  const now = useRef(1);
  const latest = useRef(onFrame);
  useEffect(() => {
    latest.current = onFrame;
  });
  const time = Math.min(state.time, T);
  const playing = state.playing && !still;

  useEffect(() => {
    if (!playing) return;
    let request = 0;
    let before = performance.now();
    const rate = Math.max(STEPS_A_SECOND, T / LONGEST_S);
    const frame = (at: number) => {
      // A page that was hidden goes on where it was.
      now.current = Math.min(T, now.current + Math.min(0.1, (at - before) / 1000) * rate);
      before = at;
      const done = now.current >= T;
      setState({ time: Math.max(1, Math.floor(now.current)), underWay: !done, playing: !done });
      latest.current();
      if (!done) request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
    return () => cancelAnimationFrame(request);
  }, [playing, T]);

  const begin = useCallback((from: number, playing: boolean) => {
    now.current = from;
    setState({ time: Math.max(1, Math.floor(from)), underWay: true, playing });
  }, []);
  return {
    ...state,
    time,
    playing,
    still,
    now,
    toggle: () => {
      if (still) {
        const next = state.underWay ? time + 1 : 1;
        now.current = next;
        setState({ time: Math.min(next, T), underWay: next < T, playing: false });
      } else if (state.playing) setState({ ...state, playing: false });
      else begin(state.underWay ? now.current : 0, true);
    },
    point: (to) => {
      const time = Math.min(T, Math.max(1, Math.round(to)));
      now.current = time;
      setState({ time, underWay: false, playing: false });
    },
  };
}
