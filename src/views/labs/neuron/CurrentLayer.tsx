import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { NEURON_FIELDS } from '../../../state/labs/neuron.ts';
import type { Box } from '../../figures/canvas/surface.ts';
import { formatNumber } from '../../figures/canvas/ticks.ts';
import { timeScale } from '../../figures/canvas/time-axis.ts';
import { useDrag } from '../../figures/drag.ts';
import type { Range } from '../../figures/spikes/membrane.ts';
import { placeOn } from '../../figures/use-size.ts';
import { drawnOver } from './drawing.ts';
import css from './Traces.module.css';
import { currentScale } from './traces.ts';

interface CurrentLayerProps {
  readonly box: Box;
  readonly range: Range;
  readonly currents: readonly number[];
  readonly time: number;
  readonly onTime: (time: number) => void;
  /** A pointer begins to draw, or ends. */
  readonly onHold: (held: boolean) => void;
  readonly onDraw: (currents: readonly number[]) => void;
}

const { min, max } = NEURON_FIELDS.current.bounds;
/** Currents that keys and pointer set are multiples of this. */
const STEP = 0.05;
const FINE = 0.01;

/** Over the current: a pointer draws it; left and right choose a time step, up and down change the current there. */
export function CurrentLayer({ box, range, currents, time, onTime, onHold, onDraw }: CurrentLayerProps) {
  const T = currents.length;
  /** What is drawn, and where the pointer was last. */
  const stroke = useRef<{
    readonly at: readonly [time: number, current: number];
    readonly currents: readonly number[];
  }>(undefined);

  const placeOf = (event: PointerEvent): [time: number, current: number] => {
    const { x, y } = placeOn(event.currentTarget, event);
    const time = timeScale(T, { ...box, left: 0 }).invert(x);
    const current = currentScale(range, { ...box, top: 0 }).invert(y);
    return [Math.min(T, Math.max(1, Math.round(time))), Math.min(max, Math.max(min, current))];
  };
  const pull = (event: PointerEvent) => {
    const to = placeOf(event);
    const { at, currents: before } = stroke.current ?? { at: to, currents };
    const next = drawnOver(before, at, to, STEP);
    stroke.current = { at: to, currents: next };
    onTime(to[0]);
    onDraw(next);
  };
  const drag = useDrag({
    onStart(event) {
      onHold(true);
      pull(event);
    },
    onMove: pull,
    onEnd() {
      stroke.current = undefined;
      onHold(false);
    },
  });
  const press = (event: KeyboardEvent) => {
    const jump = { ArrowLeft: time - 1, ArrowRight: time + 1, Home: 1, End: T }[event.key];
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const zero = event.key === 'Delete' || event.key === 'Backspace' || event.key === '0';
    if (jump !== undefined) onTime(Math.min(T, Math.max(1, jump)));
    else if (way !== undefined || zero) {
      const step = event.shiftKey ? FINE : STEP;
      const from = zero ? 0 : currents[time - 1] + (way ?? 0) * step;
      const at: [number, number] = [time, Math.min(max, Math.max(min, from))];
      onDraw(drawnOver(currents, at, at, event.shiftKey ? FINE : STEP));
      onTime(time);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={css.current}
      style={box}
      aria-label="Current over time"
      aria-description="Left and right choose a time step, up and down change the current there, Delete sets it to zero; a pointer draws"
      aria-orientation="vertical"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={currents[time - 1]}
      aria-valuetext={`${formatNumber(currents[time - 1])} at time step ${time} of ${T}`}
      data-testid="lab-current"
      onKeyDown={press}
      {...drag}
    />
  );
}
