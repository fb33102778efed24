import type { KeyboardEvent, PointerEvent } from 'react';
import type { Box } from '../canvas/surface.ts';
import { timeScale } from '../canvas/time-axis.ts';
import { useDrag } from '../drag.ts';
import { clampTime, pointAtTime, selection, useSelection } from '../selection.ts';
import { placeOn } from '../use-size.ts';
import css from './TimeLayer.module.css';

interface TimeLayerProps {
  readonly label: string;
  readonly box: Box;
  readonly T: number;
  /** A click at height `y` of the box. */
  readonly onPick?: (y: number) => void;
  /** Arrow up (-1) and down (1). */
  readonly onStep?: (offset: 1 | -1) => void;
}

/** Transparent layer over a plot whose x axis is time: pointer and arrow keys move the shared time cursor. */
export function TimeLayer({ label, box, T, onPick, onStep }: TimeLayerProps) {
  const time = clampTime(
    useSelection((state) => state.time),
    T,
  );
  const timeAt = (event: PointerEvent) => {
    const { x } = placeOn(event.currentTarget, event);
    return clampTime(timeScale(T, { ...box, left: 0 }).invert(x), T);
  };
  const press = (event: KeyboardEvent) => {
    const jump = { ArrowLeft: time - 1, ArrowRight: time + 1, Home: 1, End: T }[event.key];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (jump !== undefined) pointAtTime(jump, T);
    else if (step !== undefined && onStep) onStep(step);
    else return;
    event.preventDefault();
  };
  const { onPointerMove, ...drag } = useDrag({
    scrolls: true,
    onStart(event) {
      pointAtTime(timeAt(event), T);
      onPick?.(placeOn(event.currentTarget, event).y);
    },
    onMove: (event) => pointAtTime(timeAt(event), T),
  });
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.layer}
      style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
      aria-label={label}
      aria-description={`Left and right move the time step${onStep ? ', up and down select a neuron' : ''}`}
      aria-valuemin={1}
      aria-valuemax={T}
      aria-valuenow={time}
      aria-valuetext={`time step ${time} of ${T}`}
      onKeyDown={press}
      {...drag}
      onPointerMove={(event) => {
        onPointerMove(event);
        // A mouse that only passes over does not stop a cursor that moves by itself.
        const passes = event.pointerType === 'mouse' && event.buttons === 0;
        if (passes && !selection.getState().playing) pointAtTime(timeAt(event), T);
      }}
    />
  );
}
