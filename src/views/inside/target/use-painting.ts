import { useRef, useState } from 'react';
import { PAINT_NODES } from '../../../problems/targets.ts';
import { type Place, painted, pull, type Stroke, stamp, startStroke } from './painting.ts';

const MOST_UNDO = 50;

/** A painting with its past: strokes by pointer or key, undo, clear. */
export function usePainting(start: () => Float32Array) {
  const [values, setValues] = useState(start);
  const [past, setPast] = useState<readonly Float32Array[]>([]);
  const stroke = useRef<{ stroke: Stroke; last: Place } | undefined>(undefined);

  const remember = () => setPast((steps) => [...steps.slice(1 - MOST_UNDO), values]);
  return {
    values,
    canUndo: past.length > 0,
    /** Presses the brush at a place: a stroke begins. */
    begin(place: Place, size: number, value: number) {
      remember();
      const next = startStroke(values);
      stamp(next, place, size);
      stroke.current = { stroke: next, last: place };
      setValues(painted(next, value));
    },
    pull(place: Place, size: number, value: number) {
      if (!stroke.current) return;
      pull(stroke.current.stroke, stroke.current.last, place, size);
      stroke.current.last = place;
      setValues(painted(stroke.current.stroke, value));
    },
    end() {
      stroke.current = undefined;
    },
    clear() {
      remember();
      setValues(new Float32Array(PAINT_NODES ** 2));
    },
    undo() {
      const before = past.at(-1);
      if (!before) return;
      setPast(past.slice(0, -1));
      setValues(before);
    },
  };
}
