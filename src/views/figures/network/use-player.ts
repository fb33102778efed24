import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { selection, useSelection } from '../selection.ts';

const STILL = '(prefers-reduced-motion: reduce)';
const isStill = () => matchMedia(STILL).matches;
function onMotion(listener: () => void): () => void {
  const query = matchMedia(STILL);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether reduced motion is preferred: nothing moves by itself. */
export const useStill = () => useSyncExternalStore(onMotion, isStill, () => false);

const STEPS_A_SECOND = 6;

export interface Player {
  /** How far the wave of spikes has come in the present time step, 0 … 1; 1 while the cursor rests. */
  readonly phase: RefObject<number>;
  readonly playing: boolean;
  /** The time cursor does not move by itself where reduced motion is preferred. */
  readonly still: boolean;
}

/** Moves the time cursor on, from 1 to T and over again, while the selection is playing. `onFrame` follows the phase. */
export function usePlayer(T: number, onFrame: () => void): Player {
  const still = useStill();
  const on = useSelection((state) => state.playing);
  const playing = on && !still;
  const phase = useRef(1);
  const latest = useRef(onFrame);
  useEffect(() => {
    latest.current = onFrame;
  });

  useEffect(() => {
    if (!playing) return;
    let request = 0;
    let before = performance.now();
    phase.current = 0;
    const frame = (now: number) => {
      // A page that was hidden goes on where it was.
      phase.current += Math.min(0.1, (now - before) / 1000) * STEPS_A_SECOND;
      before = now;
      if (phase.current >= 1) {
        phase.current -= 1;
        const { time } = selection.getState();
        selection.setState({ time: time >= T ? 1 : time + 1 });
      }
      latest.current();
      request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
    return () => {
      cancelAnimationFrame(request);
      phase.current = 1;
      latest.current();
    };
  }, [playing, T]);
  return { phase, playing, still };
}
