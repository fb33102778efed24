import type { KeyboardEvent, PointerEvent } from 'react';
import type { Box } from '../../figures/canvas/surface.ts';
import { timeScale } from '../../figures/canvas/time-axis.ts';
import { useDrag } from '../../figures/drag.ts';
import { placeOn } from '../../figures/use-size.ts';
import css from './Traces.module.css';

interface TimeStripProps {
  readonly box: Box;
  readonly T: number;
  readonly time: number;
  readonly onTime: (time: number) => void;
}

/** Over membrane and spikes: a pressed pointer and the arrow keys move the time cursor. */
export function TimeStrip({ box, T, time, onTime }: TimeStripProps) {
  const point = (event: PointerEvent) =>
    onTime(timeScale(T, { ...box, left: 0 }).invert(placeOn(event.currentTarget, event).x));
  const press = (event: KeyboardEvent) => {
    const to = { ArrowLeft: time - 1, ArrowRight: time + 1, Home: 1, End: T }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onTime(to);
  };
  const drag = useDrag({ scrolls: true, onMove: point });
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.time}
      style={box}
      aria-label="Time step, on the membrane"
      aria-valuemin={1}
      aria-valuemax={T}
      aria-valuenow={time}
      aria-valuetext={`time step ${time} of ${T}`}
      onKeyDown={press}
      {...drag}
    />
  );
}
